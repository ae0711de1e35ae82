"""The law in dated rows with a legal basis: its versions, and what a form of award is worth."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.enums import RecipientKind, Rounding
from awards.models.decision import AwardKind
from awards.querysets import NaturalKeyManager
from foundation.language.fields import NormalCharField


class BaseSalary(models.Model):
    """The base salary (lương cơ sở) from a day on. Rewards are multiples of the one on the day of signing."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    amount = models.PositiveIntegerField("mức lương cơ sở (đồng)")
    document = NormalCharField("căn cứ", max_length=200)
    # Shipped with the program and unchanged here: a new version may bring it up to date (awards.law.pack).
    from_pack = models.BooleanField("kèm chương trình", default=False, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("valid_from",)

    class Meta:
        verbose_name = "mức lương cơ sở"
        verbose_name_plural = "lương cơ sở"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.amount} đồng từ {self.valid_from:%d/%m/%Y}"

    def natural_key(self) -> tuple[str]:
        return (self.valid_from.isoformat(),)


class RewardRate(models.Model):
    """The reward of a form of award from a day on: a multiple of the base salary, or a fixed sum."""

    award_kind = models.ForeignKey(
        AwardKind, models.CASCADE, related_name="reward_rates", verbose_name="hình thức"
    )
    recipient_kind = models.CharField("đối tượng", max_length=12, choices=RecipientKind)
    valid_from = models.DateField("áp dụng từ ngày")
    multiple = models.DecimalField(
        "số lần lương cơ sở", max_digits=6, decimal_places=3, null=True, blank=True
    )
    fixed_amount = models.PositiveIntegerField("hoặc số tiền cố định (đồng)", null=True, blank=True)
    rounding = models.CharField("làm tròn", max_length=8, choices=Rounding, default=Rounding.UP)
    rounding_step = models.PositiveIntegerField("làm tròn tới (đồng)", default=10_000)
    document = NormalCharField("căn cứ", max_length=200)
    from_pack = models.BooleanField("kèm chương trình", default=False, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("award_kind__name", "recipient_kind", "valid_from")

    class Meta:
        verbose_name = "mức thưởng"
        verbose_name_plural = "mức thưởng"
        ordering = ["award_kind", "recipient_kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["award_kind", "recipient_kind", "valid_from"],
                name="one_rate_a_day",
                violation_error_message="Mức thưởng từ ngày này đã có.",
            ),
            models.CheckConstraint(
                name="rate_is_multiple_or_sum",
                condition=Q(multiple=None, fixed_amount__isnull=False)
                | Q(multiple__isnull=False, fixed_amount=None),
                violation_error_message="Ghi số lần lương cơ sở hoặc số tiền cố định, không ghi cả hai.",
            ),
            models.CheckConstraint(
                name="rounding_step_is_positive",
                condition=Q(rounding_step__gt=0),
                violation_error_message="Mức làm tròn phải lớn hơn 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_recipient_kind_display()}, từ {self.valid_from:%d/%m/%Y}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.award_kind.name, self.recipient_kind, self.valid_from.isoformat())

    natural_key.dependencies = ["awards.awardkind"]


class LawCheck(models.Model):
    """Somebody compared the figures with the law; without a person: who made the program did."""

    checked_on = models.DateField("đối chiếu đến ngày")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người đối chiếu"
    )

    class Meta:
        verbose_name = "lần đối chiếu văn bản"
        verbose_name_plural = "các lần đối chiếu văn bản"
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checked_on"], condition=Q(checked_by=None), name="one_shipped_check_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.checked_on:%d/%m/%Y}, {self.checked_by or 'kèm chương trình'}"


class LawVersions(NaturalKeyManager):
    """Versions of the law, by day."""

    def on(self, day: datetime.date) -> "LawVersion | None":
        """Return the version in force on the day; None before the first."""
        return self.filter(valid_from__lte=day).first()


class LawVersion(models.Model):
    """The law on commendation from a day on. The version of the day a file was received rules the file."""

    valid_from = models.DateField("hiệu lực từ ngày", unique=True)
    document = NormalCharField("văn bản", max_length=200)
    knows_thematic = models.BooleanField("có loại hình khen thưởng chuyên đề", default=False)
    from_pack = models.BooleanField("kèm chương trình", default=False, editable=False)

    objects = LawVersions()
    natural_fields = ("valid_from",)

    class Meta:
        verbose_name = "luật khen thưởng"
        verbose_name_plural = "luật khen thưởng"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.document} (từ {self.valid_from:%d/%m/%Y})"
