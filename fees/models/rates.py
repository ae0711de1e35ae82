"""The law and the office's own rules in dated rows: rates by genre, price of a unit, tax held back.

There has been no national table since 1/9/2026 (Nghị định 287/2026/NĐ-CP): the head of the owning body
decides (Nghị định 224/2026/NĐ-CP, Điều 20). Rows of the office count before those that ship with the program.
"""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from fees.enums import Measure
from fees.querysets import LegalRowQuerySet
from foundation.language.fields import NormalCharField

LARGEST = 1_000_000_000  # đồng, of any one sum


class LegalRow(models.Model):
    """A row in force between two days, with the document it rests on and where that was read."""

    valid_from = models.DateField("áp dụng từ ngày")
    valid_until = models.DateField("đến hết ngày", null=True, blank=True)
    document = NormalCharField("văn bản (số, ngày)", max_length=200)
    source = NormalCharField("nguồn, ghi chú", max_length=300, blank=True)
    # Shipped with the program and unchanged here: a new version may bring it up to date (fees.law.pack).
    from_pack = models.BooleanField("kèm chương trình", default=False, editable=False)

    objects = LegalRowQuerySet.as_manager()

    class Meta:
        abstract = True


class FeeRate(LegalRow):
    """What one work of a genre may be worth: a coefficient, or a sum."""

    genre = NormalCharField("thể loại", max_length=80)
    measure = models.CharField("tính theo", max_length=12, choices=Measure, default=Measure.COEFFICIENT)
    usual = models.DecimalField(
        "mức thường",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Bài chọn thể loại này mà để trống hệ số, số tiền thì dùng mức này.",
    )
    highest = models.DecimalField(
        "mức cao nhất",
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(LARGEST)],
    )

    class Meta:
        verbose_name = "mức nhuận bút"
        verbose_name_plural = "mức nhuận bút"
        ordering = ["from_pack", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["genre", "valid_from", "from_pack"],
                name="one_fee_rate_a_day",
                violation_error_message="Thể loại này đã có mức từ ngày ấy.",
            ),
            models.CheckConstraint(
                name="fee_rate_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Ngày cuối phải bằng hoặc sau ngày đầu.",
            ),
            models.CheckConstraint(
                name="usual_fee_within_highest",
                condition=Q(usual=None) | Q(usual__lte=F("highest")),
                violation_error_message="Mức thường không được cao hơn mức cao nhất.",
            ),
        ]

    def __str__(self) -> str:
        return self.genre


class FeeTerms(LegalRow):
    """What one unit of coefficient is worth on this site: its price times the site's factor."""

    percent_of_salary = models.DecimalField(
        "đơn giá: % lương cơ sở", max_digits=5, decimal_places=2, null=True, blank=True
    )
    fixed_price = models.PositiveIntegerField("hoặc đơn giá cố định (đồng)", null=True, blank=True)
    factor = models.DecimalField(
        "hệ số của trang",
        max_digits=4,
        decimal_places=3,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.001")), MaxValueValidator(Decimal(5))],
        help_text="Ví dụ 0,2 khi trang của sở hưởng 20 % mức của cổng tỉnh.",
    )

    class Meta:
        verbose_name = "đơn giá, hệ số của trang"
        verbose_name_plural = "đơn giá, hệ số của trang"
        ordering = ["from_pack", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from", "from_pack"],
                name="one_fee_price_a_day",
                violation_error_message="Đơn giá từ ngày này đã có.",
            ),
            models.CheckConstraint(
                name="fee_price_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Ngày cuối phải bằng hoặc sau ngày đầu.",
            ),
            models.CheckConstraint(
                name="fee_price_is_percent_or_sum",
                condition=Q(percent_of_salary=None, fixed_price__isnull=False)
                | Q(percent_of_salary__isnull=False, fixed_price=None),
                violation_error_message="Ghi phần trăm lương cơ sở hoặc đơn giá cố định, không ghi cả hai.",
            ),
        ]

    def __str__(self) -> str:
        return f"Đơn giá từ {self.valid_from:%d/%m/%Y}"


class TaxRule(LegalRow):
    """The personal income tax that the payer holds back from one payment."""

    threshold = models.PositiveIntegerField("khấu trừ khi một lần chi từ (đồng)")
    resident_percent = models.DecimalField("thuế suất, cư trú (%)", max_digits=4, decimal_places=2)
    non_resident_percent = models.DecimalField("thuế suất, không cư trú (%)", max_digits=4, decimal_places=2)

    class Meta:
        verbose_name = "khấu trừ thuế TNCN"
        verbose_name_plural = "khấu trừ thuế TNCN"
        ordering = ["from_pack", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from", "from_pack"],
                name="one_tax_rule_a_day",
                violation_error_message="Quy định từ ngày này đã có.",
            ),
            models.CheckConstraint(
                name="tax_rule_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Ngày cuối phải bằng hoặc sau ngày đầu.",
            ),
            models.CheckConstraint(
                name="tax_is_a_share",
                condition=Q(resident_percent__gte=0, resident_percent__lte=50)
                & Q(non_resident_percent__gte=0, non_resident_percent__lte=50),
                violation_error_message="Thuế suất từ 0 đến 50 %.",
            ),
        ]

    def __str__(self) -> str:
        return f"Khấu trừ thuế từ {self.valid_from:%d/%m/%Y}"


class LoadedPack(models.Model):
    """A version of the shipped figures that was loaded here, by the digest of its file."""

    sha256 = models.CharField("mã băm", max_length=64, unique=True)
    loaded_at = models.DateTimeField("nạp lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần nạp mức nhuận bút"
        verbose_name_plural = "các lần nạp mức nhuận bút"

    def __str__(self) -> str:
        return self.sha256[:12]
