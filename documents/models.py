"""Official documents: the register and their files."""

from django.db import models
from django.db.models import F, Q

from approvals.enums import RecordStatus
from departments.models import Department
from documents.enums import DocumentKind
from documents.numbering import book_year, number_key
from language.fields import DerivedField, NormalCharField, NormalTextField
from language.vietnamese import fold


class OfficialDocument(models.Model):
    """A numbered document of an issuer. `status` moves only through `documents.workflow`."""

    number = NormalCharField(
        "số, ký hiệu", max_length=80, help_text="Ghi đúng như trên văn bản, ví dụ 1247/QĐ-SGDĐT."
    )
    number_key = DerivedField(source="number", derive=number_key, max_length=80, db_index=True)
    summary = NormalTextField("trích yếu")
    kind = models.CharField("loại văn bản", max_length=12, choices=DocumentKind)
    issuer = models.ForeignKey(
        Department, models.PROTECT, related_name="documents", verbose_name="cơ quan ban hành"
    )
    signer = NormalCharField("người ký", max_length=150, blank=True)
    issued_on = models.DateField("ngày ban hành")
    book_year = DerivedField(source="issued_on", derive=book_year, max_length=4)
    effective_on = models.DateField("ngày hiệu lực", null=True, blank=True)
    expires_on = models.DateField("hết hiệu lực sau ngày", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="thay bằng"
    )
    file = models.FileField("tệp", upload_to="documents", blank=True)
    file_name = NormalCharField("tên tệp", max_length=150, blank=True, editable=False)
    file_size = models.PositiveIntegerField("dung lượng", default=0, editable=False)
    file_type = models.CharField("kiểu tệp", max_length=8, blank=True, editable=False)
    slug = models.SlugField("địa chỉ trang", max_length=120, unique=True)
    search_key = DerivedField(source="summary", derive=fold, max_length=1000)
    status = models.CharField(
        "trạng thái", max_length=12, choices=RecordStatus, default=RecordStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)

    owner_field = "issuer_id"  # whose work it is: departments.access

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-issued_on", "-pk"]
        permissions = [
            ("publish_officialdocument", "Công bố văn bản"),
            ("withdraw_officialdocument", "Gỡ văn bản"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "book_year", "kind", "number_key"],
                name="document_registered_once",
                violation_error_message="Văn bản này đã có trong sổ.",
            ),
            models.CheckConstraint(
                name="document_not_replaced_by_itself",
                condition=~Q(replaced_by=F("id")),
                violation_error_message="Văn bản không thể thay chính nó.",
            ),
        ]

    def __str__(self) -> str:
        return self.number
