"""One award to one collective or person."""

import re

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from awards.enums import RecipientKind
from awards.fields import VerifyCodeField
from awards.models.decision import AwardKind, Decision
from awards.querysets import CommendationQuerySet
from departments.models import Department, Person
from departments.public.doors import unit_door
from foundation.language.fields import DerivedField, NormalCharField, NormalTextField
from foundation.language.numbers import format_number
from foundation.language.searching import search_text
from foundation.language.vietnamese import fold, initials


class Commendation(models.Model):
    """One award to one collective or person, in the words of the paper, with its verification code."""

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
        "là học sinh", default=False, help_text="Trang công khai chỉ hiện tên, lớp và trường."
    )
    achievement = NormalTextField(
        "thành tích",
        blank=True,
        validators=[
            MaxLengthValidator(2000, "Thành tích dài %(show_value)d ký tự, nhiều nhất %(limit_value)d.")
        ],
    )
    reward_amount = models.PositiveIntegerField("tiền thưởng (đồng)", null=True, blank=True)
    reward_reason = NormalCharField("lý do khác mức quy định", max_length=200, blank=True)
    book_number = NormalCharField("vào sổ số", max_length=40, blank=True)
    verify_code = VerifyCodeField("mã xác minh")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    search_key = DerivedField(source="recipient_name", derive=search_text, max_length=600)
    published_at = models.DateTimeField("công bố lần đầu lúc", null=True, editable=False)
    revoked_on = models.DateField("hủy bỏ ngày", null=True, editable=False)
    revocation_number = NormalCharField("quyết định hủy bỏ", max_length=80, blank=True, editable=False)
    revocation_reason = NormalTextField("lý do hủy bỏ", blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replaces",
        verbose_name="được thay bằng",
    )
    withheld_on = models.DateField("ẩn tên từ ngày", null=True, editable=False)
    # Set from the consent register (`awards.consent`); only for pupils.
    lacks_consent = models.BooleanField("chưa được nêu tên", default=False, editable=False)
    # Until the register was asked, a pupil is not named either.
    consent_asked = models.BooleanField("đã hỏi sổ đồng ý", default=False, editable=False)

    objects = CommendationQuerySet.as_manager()

    owner_field = "issuer_id"  # the unit that owns the record (departments.access)

    class Meta:
        verbose_name = "lượt khen"
        verbose_name_plural = "các lượt khen"
        ordering = ["recipient_kind", "position", "pk"]  # "collective" sorts before "individual"
        permissions = [("revoke_commendation", "Hủy bỏ giấy khen")]
        indexes = [
            models.Index(
                fields=["id"], name="pupils_not_asked_for", condition=Q(is_pupil=True, consent_asked=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="revocation_names_its_decision",
                condition=Q(revoked_on=None, revocation_number="")
                | Q(revoked_on__isnull=False) & ~Q(revocation_number="") & ~Q(revocation_reason=""),
                violation_error_message="Hủy bỏ phải kèm số, ngày quyết định hủy bỏ và lý do.",
            ),
            models.CheckConstraint(
                name="a_pupil_is_one_person",
                condition=Q(is_pupil=False) | Q(recipient_kind=RecipientKind.INDIVIDUAL),
                violation_error_message="Chỉ cá nhân mới đánh dấu là học sinh.",
            ),
        ]

    def as_recipient(self) -> dict[str, str]:
        """Returns the public name, title and unit for the giấy khen box, with a label when revoked."""
        return {
            "name": self.public_name,
            "url": self.name_url,
            "title": self.recipient_title,
            "unit": self.unit_name,
            "unit_url": self.unit_url,
            "day": self.decision.signed_on,
            "revoked_label": "Đã thu hồi" if self.revoked_on else "",
        }

    def __str__(self) -> str:
        return self.recipient_name

    @property
    def identity(self) -> tuple[str, ...]:
        """Rows of one decision with equal identity are the same award entered twice. Ignores accents and
        case.
        """
        words = (self.recipient_name, self.recipient_title, self.unit_name, self.achievement)
        return (self.recipient_kind, *map(fold, words))

    def get_absolute_url(self) -> str:
        return f"/khen-thuong/xac-minh/{self.verify_code}/"  # `reverse` takes 40 µs; a list has 50

    @property
    def unit_url(self) -> str:
        """The page of the unit as of the day of signing."""
        return unit_door(self.department_id, self.decision.signed_on)

    @property
    def name_url(self) -> str:
        """The page of a unit that was commended itself, the giấy khen of a named adult; never a pupil's."""
        if self.recipient_kind == RecipientKind.COLLECTIVE:
            return "" if self.unit_name else self.unit_url
        return "" if self.is_pupil or self.is_nameless else self.get_absolute_url()

    @property
    def issuer_id(self) -> int:
        return self.decision.issuer_id

    @property
    def public_name(self) -> str:
        """The name that readers see: initials when it is withheld (Luật BVDLCN 2025)."""
        return initials(self.recipient_name) if self.is_nameless else self.recipient_name

    @property
    def is_nameless(self) -> bool:
        """Whether readers see only initials. The same rule as `CommendationQuerySet.named_in_public`."""
        return bool(self.why_nameless)

    @property
    def why_nameless(self) -> str:
        """Why readers see initials, for the registrar; "" when they see the name."""
        if self.withheld_on:
            return f"Ẩn tên theo yêu cầu từ {self.withheld_on:%d/%m/%Y}"
        if self.lacks_consent:
            return "Chưa có đồng ý nêu tên trong sổ"
        return "Chưa hỏi sổ đồng ý" if self.is_pupil and not self.consent_asked else ""

    @property
    def public_achievement(self) -> str:
        """The achievement for readers, else the decision's summary, without a withheld name."""
        words = self.achievement or self.decision.summary
        if not self.is_nameless:
            return words
        return re.sub(re.escape(self.recipient_name), self.public_name, words, flags=re.IGNORECASE)

    @property
    def written_reward(self) -> str:
        return "" if self.reward_amount is None else format_number(self.reward_amount, unit="dong")

    @property
    def public_reward(self) -> str:
        """The sum, where the decision made its sums public, of what still stands; never a pupil's."""
        is_told = self.decision.shows_rewards and not self.is_pupil and self.revoked_on is None
        return self.written_reward if is_told and self.reward_amount else ""

    @property
    def line_under_name(self) -> str:
        """The line under the name in a table; for a collective it begins with “Tập thể”."""
        return ", ".join(filter(None, (self.word_under_name, self.unit_name)))

    @property
    def word_under_name(self) -> str:
        """The same without the unit, which is a link on public pages."""
        return "Tập thể" if self.recipient_kind == RecipientKind.COLLECTIVE else self.recipient_title

    @property
    def detail(self) -> str:
        """Title or class, and unit, as on the paper: “Giáo viên, Trường THPT Chu Văn An”."""
        return ", ".join(filter(None, (self.recipient_title, self.unit_name)))
