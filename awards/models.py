"""The register of commendations: decisions, forms of award, those commended."""

from django.db import models
from django.db.models import Q

from approvals.enums import RecordStatus
from awards.enums import IssuerLevel, RecipientKind, SignerPrefix
from departments.models import Department, Person, SchoolYear
from documents.models import OfficialDocument
from events.models import Event
from language.fields import DerivedField, NormalCharField, NormalTextField
from language.vietnamese import fold


class AwardKind(models.Model):
    """A form of award (hình thức khen thưởng): giấy khen, bằng khen …"""

    name = NormalCharField("hình thức", max_length=100, unique=True)
    issuer_level = models.CharField("cấp quyết định", max_length=12, choices=IssuerLevel)
    order = models.PositiveSmallIntegerField("thứ tự", default=10)

    class Meta:
        verbose_name = "hình thức khen thưởng"
        verbose_name_plural = "hình thức khen thưởng"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """A signed commendation decision. `status` moves only through `awards.workflow`."""

    number = NormalCharField(
        "số quyết định", max_length=80, help_text="Ghi đúng như trên giấy, ví dụ 1247/QĐ-SGDĐT."
    )
    number_key = DerivedField(source="number", derive=fold, max_length=80, db_index=True)
    slug = models.SlugField("địa chỉ trang", max_length=120, unique=True)
    signed_on = models.DateField("ngày ký")
    issuer = models.ForeignKey(
        Department, models.PROTECT, related_name="commendation_decisions", verbose_name="cơ quan quyết định"
    )
    signer = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_decisions",
        verbose_name="người ký (danh bạ)",
    )
    signer_prefix = models.CharField(
        "tư cách ký", max_length=6, choices=SignerPrefix, blank=True, default=SignerPrefix.NONE
    )
    signer_name = NormalCharField("tên người ký", max_length=150)
    signer_title = NormalCharField("chức danh người ký", max_length=200)
    grounds = NormalTextField("căn cứ", blank=True)
    summary = NormalTextField("nội dung khen", help_text="Ví dụ: Công tác truyền thông năm 2017.")
    school_year = models.ForeignKey(
        SchoolYear,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commendation_decisions",
        verbose_name="năm học",
    )
    event = models.ForeignKey(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commendation_decisions",
        verbose_name="trao tại sự kiện",
    )
    document = models.ForeignKey(
        OfficialDocument,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commendation_decisions",
        verbose_name="văn bản",
    )
    search_key = DerivedField(source="summary", derive=fold, max_length=1000)
    status = models.CharField(
        "trạng thái", max_length=12, choices=RecordStatus, default=RecordStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)

    owner_field = "issuer_id"  # whose work it is: departments.access

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        ordering = ["-signed_on", "-pk"]
        permissions = [
            ("submit_decision", "Gửi quyết định khen thưởng"),
            ("publish_decision", "Công bố quyết định khen thưởng"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number_key", "signed_on"],
                name="decision_registered_once",
                violation_error_message="Quyết định này đã có trong sổ.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Commendation(models.Model):
    """One award to one collective or person, printed as on the paper, with its verification code."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="commendations", verbose_name="quyết định"
    )
    award_kind = models.ForeignKey(
        AwardKind, models.PROTECT, related_name="commendations", verbose_name="hình thức"
    )
    recipient_kind = models.CharField("đối tượng", max_length=12, choices=RecipientKind)
    recipient_name = NormalCharField("tập thể, cá nhân được khen", max_length=200)
    recipient_title = NormalCharField("chức vụ hoặc lớp hôm đó", max_length=150, blank=True)
    unit_name = NormalCharField("đơn vị ghi trên giấy khen", max_length=200, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="commendations", verbose_name="đơn vị"
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commendations",
        verbose_name="người trong danh bạ",
    )
    is_pupil = models.BooleanField(
        "là học sinh", default=False, help_text="Trang công khai chỉ hiện tên và trường."
    )
    achievement = NormalTextField("thành tích", blank=True)
    reward_amount = models.PositiveIntegerField("tiền thưởng (đồng)", null=True, blank=True)
    book_number = NormalCharField("vào sổ số", max_length=40, blank=True)
    verify_code = models.CharField("mã xác minh", max_length=20, unique=True, editable=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    search_key = DerivedField(source="recipient_name", derive=fold, db_index=True)
    revoked_on = models.DateField("hủy bỏ ngày", null=True, editable=False)
    revocation_number = NormalCharField("quyết định hủy bỏ", max_length=80, blank=True, editable=False)
    revocation_reason = NormalTextField("lý do hủy bỏ", blank=True, editable=False)

    @property
    def issuer_id(self) -> int:
        return self.decision.issuer_id

    owner_field = "issuer_id"  # whose work it is: departments.access

    class Meta:
        verbose_name = "lượt khen"
        verbose_name_plural = "các lượt khen"
        ordering = ["recipient_kind", "position", "pk"]  # "collective" sorts before "individual"
        permissions = [("revoke_commendation", "Hủy bỏ giấy khen")]
        constraints = [
            models.CheckConstraint(
                name="revocation_names_its_decision",
                condition=Q(revoked_on=None) | ~Q(revocation_number=""),
                violation_error_message="Hủy bỏ phải kèm số quyết định hủy bỏ.",
            ),
        ]

    def __str__(self) -> str:
        return self.recipient_name
