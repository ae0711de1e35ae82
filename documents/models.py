"""Official documents: the register and their files."""

import secrets
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from approvals.enums import RecordStatus
from departments.models import Department
from documents.enums import DocumentKind, Ending
from documents.numbering import book_year, number_key, number_order
from documents.querysets import OfficialDocumentQuerySet
from documents.sizes import size_words
from foundation.language.fields import DerivedField, NormalCharField, NormalTextField
from foundation.language.searching import search_text
from foundation.paging.addresses import address_of


def storage_name(document: "OfficialDocument", filename: str) -> str:
    """Return a random name, so that a file is only reached through its page and not by guessing."""
    return f"documents/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


class OfficialDocument(models.Model):
    """A numbered document of an issuer. Only `documents.workflow` changes `status`.

    `documents.files.attach` sets the file and its facts together.
    """

    number = NormalCharField(
        "số, ký hiệu", max_length=80, help_text="Ghi đúng như trên văn bản, ví dụ 1247/QĐ-SGDĐT."
    )
    number_key = DerivedField(source="number", derive=number_key, max_length=80, db_index=True)
    number_order = DerivedField(source="number", derive=number_order, max_length=24)
    summary = NormalTextField("trích yếu", help_text="Ghi như trên văn bản, ví dụ: Về việc khen thưởng …")
    gist = NormalTextField(
        "tóm tắt nội dung",
        blank=True,
        help_text="Vài câu nói văn bản quy định điều gì. Cần có khi tệp là bản quét hoặc chưa có tệp.",
    )
    kind = models.CharField("loại văn bản", max_length=12, choices=DocumentKind)
    issuer = models.ForeignKey(
        Department, models.PROTECT, related_name="documents", verbose_name="cơ quan ban hành"
    )
    signer = NormalCharField("người ký", max_length=150, blank=True)
    issued_on = models.DateField("ngày ban hành")
    book_year = DerivedField(source="issued_on", derive=book_year, max_length=4)
    effective_on = models.DateField(
        "ngày hiệu lực", null=True, blank=True, help_text="Để trống nếu có hiệu lực từ ngày ban hành."
    )
    expires_on = models.DateField(
        "hết hiệu lực sau ngày", null=True, blank=True, help_text="Để trống nếu không ghi thời hạn."
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="văn bản thay hoặc bãi bỏ",
    )
    ending = models.CharField(
        "văn bản ấy",
        max_length=8,
        choices=Ending,
        default=Ending.REPLACED,
        help_text="Bãi bỏ: hết hiệu lực mà không có văn bản nào thay.",
    )
    file = models.FileField("tệp", upload_to=storage_name, blank=True)
    file_name = NormalCharField("tên tệp", max_length=150, blank=True, editable=False)
    file_size = models.PositiveIntegerField("dung lượng", default=0, editable=False)
    file_type = models.CharField("kiểu tệp", max_length=8, blank=True, editable=False)
    slug = models.SlugField("địa chỉ trang", max_length=120, unique=True)
    search_key = DerivedField(source="summary", derive=search_text, max_length=1000)
    status = models.CharField(
        "trạng thái", max_length=12, choices=RecordStatus, default=RecordStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)

    objects = OfficialDocumentQuerySet.as_manager()

    owner_field = "issuer_id"  # the unit that owns the row: departments.access

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-issued_on", "-pk"]
        permissions = [
            ("publish_officialdocument", "Công bố văn bản"),
            ("withdraw_officialdocument", "Gỡ văn bản"),
        ]
        indexes = [
            models.Index(
                fields=["-issued_on", "-id"], name="public_documents_newest", condition=Q(status="public")
            ),
            models.Index(
                fields=["kind", "-issued_on", "-id"],
                name="public_documents_of_kind",
                condition=Q(status="public"),
            ),
            models.Index(
                fields=["number_order", "id"], name="public_documents_by_number", condition=Q(status="public")
            ),
            models.Index(
                fields=["kind", "number_order", "id"],
                name="public_documents_kind_number",
                condition=Q(status="public"),
            ),
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

    def get_absolute_url(self) -> str:
        return address_of("documents:document_detail", self.slug)

    @property
    def file_words(self) -> str:
        """“PDF, 412 KB”; "" without a file."""
        return f"{self.file_type}, {size_words(self.file_size)}" if self.file else ""

    def clean(self) -> None:
        """Check what an editor can correct, uniqueness included, because the keys are derived on saving."""
        super().clean()
        errors = self._date_errors() | self._replacement_errors()
        if self.number and self.issued_on and self.issuer_id and (twin := self._twin()):
            errors["number"] = (
                f"Số này đã có trong sổ năm {twin.issued_on.year} của cơ quan ban hành: "
                f"{twin.number}, {twin.summary}"
            )
        if errors:
            raise ValidationError(errors)

    def _date_errors(self) -> dict[str, str]:
        begins = self.effective_on or self.issued_on
        if self.expires_on and begins and self.expires_on < begins:
            return {"expires_on": "Ngày hết hiệu lực phải bằng hoặc sau ngày bắt đầu có hiệu lực."}
        return {}

    def _replacement_errors(self) -> dict[str, str]:
        newer, seen = self.replaced_by, {self.pk}
        if newer and self.issued_on and newer.issued_on < self.issued_on:
            return {"replaced_by": "Văn bản thay thế phải ban hành cùng ngày hoặc sau văn bản này."}
        path = [self.number]
        while newer and self.pk:
            path.append(newer.number)
            if newer.pk in seen:
                return {"replaced_by": f"Các văn bản không thể thay lẫn nhau: {' → '.join(path)}."}
            seen.add(newer.pk)
            newer = newer.replaced_by
        return {}

    def _twin(self) -> "OfficialDocument | None":
        return (
            OfficialDocument.objects.filter(
                issuer_id=self.issuer_id,
                kind=self.kind,
                number_key=number_key(self.number),
                book_year=book_year(self.issued_on),
            )
            .exclude(pk=self.pk)
            .first()
        )
