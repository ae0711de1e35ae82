"""Forms of award, and the signed decisions that give them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from approvals.enums import RecordStatus
from awards.enums import IssuerLevel, RecipientKind, SignerPrefix
from awards.querysets import DecisionQuerySet, NaturalKeyManager
from departments.models import Department, Person, SchoolYear
from documents.models import OfficialDocument
from documents.numbering import book_year, number_key
from events.models import Event
from foundation.language.fields import DerivedField, NormalCharField, NormalTextField
from foundation.language.numbers import format_number
from foundation.language.searching import search_text
from foundation.paging.addresses import address_of

SHOWN_IN_A_BOX = 100  # of each kind, beside a story or an event; the decision's own page has them all


class AwardKind(models.Model):
    """A form of award (hình thức khen thưởng): giấy khen, bằng khen …"""

    name = NormalCharField("hình thức", max_length=100, unique=True)
    issuer_level = models.CharField("cấp quyết định", max_length=12, choices=IssuerLevel)
    other_issuer_level = models.CharField(
        "cấp khác cũng quyết định", max_length=12, choices=IssuerLevel, blank=True
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=10)
    # Its name in the shipped figures, which find it by this when the office calls it otherwise.
    pack_name = models.CharField(max_length=100, blank=True, editable=False, db_index=True)

    objects = NaturalKeyManager()
    natural_fields = ("name",)

    class Meta:
        verbose_name = "hình thức khen thưởng"
        verbose_name_plural = "hình thức khen thưởng"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)

    @property
    def issuer_levels(self) -> set[str]:
        """Return the levels that may decide this form of award."""
        return {self.issuer_level, self.other_issuer_level} - {""}


class Decision(models.Model):
    """A signed commendation decision. `status` changes only through `awards.workflow`."""

    number = NormalCharField(
        "số quyết định", max_length=80, help_text="Ghi đúng như trên giấy, ví dụ 1247/QĐ-SGDĐT."
    )
    number_key = DerivedField(source="number", derive=number_key, max_length=80, db_index=True)
    slug = models.SlugField("địa chỉ trang", max_length=120, unique=True)
    signed_on = models.DateField("ngày ký")
    book_year = DerivedField(source="signed_on", derive=book_year, max_length=4)
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
    shows_rewards = models.BooleanField(
        "công khai tiền thưởng",
        default=False,
        help_text="Chỉ đánh dấu khi quyết định công khai mức thưởng: trang quyết định và trang xác minh ghi "
        "số tiền của từng tập thể, cá nhân. Của học sinh không bao giờ hiện.",
    )
    search_key = DerivedField(source="summary", derive=search_text, max_length=1000)
    status = models.CharField(
        "trạng thái", max_length=12, choices=RecordStatus, default=RecordStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        editable=False,
        verbose_name="người đã nhập",
        help_text="Ai đã nhập, sửa hoặc gửi thì không tự công bố.",
    )

    objects = DecisionQuerySet.as_manager()

    owner_field = "issuer_id"  # the unit that owns the record (departments.access)

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        ordering = ["-signed_on", "-pk"]
        permissions = [
            ("submit_decision", "Gửi quyết định khen thưởng"),
            ("publish_decision", "Công bố quyết định khen thưởng"),
            ("withdraw_decision", "Gỡ quyết định khen thưởng để sửa"),
            ("print_decision", "In giấy khen của quyết định"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number_key", "book_year"],
                name="decision_registered_once",
                violation_error_message="Số quyết định này của cơ quan đã có trong sổ của năm.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-signed_on", "-id"],
                name="public_decisions_newest",
                condition=Q(status=RecordStatus.PUBLIC),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return address_of("awards:decision_detail", self.slug)

    @property
    def signer_capacity(self) -> str:
        """The signer's title on that day and right: “Phó Giám đốc – KT. (ký thay)”."""
        right = self.get_signer_prefix_display() if self.signer_prefix else ""
        return " – ".join(filter(None, (self.signer_title, right)))

    def honour_groups(self) -> list[dict[str, Any]]:
        """Returns the recipients for the giấy khen box, collectives first. Makes one query.

        A group shows its first recipients; `more` says how many it has besides.
        """
        rows = list(self.commendations.all())
        groups = []
        for kind in RecipientKind:
            named = [row for row in rows if row.recipient_kind == kind]
            if named:
                shown = [row.as_recipient() for row in named[:SHOWN_IN_A_BOX]]
                label = f"{format_number(len(named))} {kind.label.lower()}"
                beyond = len(named) - len(shown)
                more = f"và {format_number(beyond)} {kind.label.lower()} nữa" if beyond else ""
                groups.append({"label": label, "recipients": shown, "more": more})
        return groups
