"""A month of fees: its works, who shares each, and corrections of months that are closed."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from articles.models import Revision
from fees.enums import MonthStatus, Part
from fees.models.payee import Payee, Payer
from fees.models.rates import LARGEST, FeeRate
from fees.querysets import MonthQuerySet
from foundation.language.fields import NormalCharField


class FeeMonth(models.Model):
    """The stories published in one month. `status` changes only through `fees.workflow`."""

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="months", editable=False)
    department = models.ForeignKey(
        "departments.Department", models.PROTECT, related_name="+", editable=False, verbose_name="cơ quan chi"
    )
    first_day = models.DateField("tháng", editable=False)
    paid_on = models.DateField(
        "ngày chi", help_text="Ngưỡng và thuế suất theo ngày chi, đơn giá theo ngày đăng bài."
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    # The sheet that is checked, approved and paid; none while the month is open.
    sheet = models.ForeignKey(
        "fees.PaySheet", models.PROTECT, null=True, related_name="+", editable=False, verbose_name="bảng kê"
    )
    status = models.CharField(
        "trạng thái", max_length=12, choices=MonthStatus, default=MonthStatus.OPEN, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MonthQuerySet.as_manager()

    owner_field = "department_id"

    class Meta:
        verbose_name = "tháng nhuận bút"
        verbose_name_plural = "các tháng nhuận bút"
        ordering = ["-first_day", "-pk"]
        permissions = [
            ("check_feemonth", "Kiểm tra bảng nhuận bút (kế toán)"),
            ("approve_feemonth", "Duyệt bảng nhuận bút (thủ trưởng)"),
            ("close_feemonth", "Ghi đã chi, đóng sổ nhuận bút"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["payer", "first_day"], name="one_fee_month_a_month"),
            models.CheckConstraint(
                name="shut_fee_month_has_a_sheet",
                condition=Q(status=MonthStatus.OPEN, sheet=None)
                | (~Q(status=MonthStatus.OPEN) & Q(sheet__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Nhuận bút tháng {self.first_day:%m/%Y}"


class Work(models.Model):
    """One published story of the month: its genre, what it is worth, why it is left out if it is.

    A story is paid once. Title and figures are those of `revision`, which readers were shown.
    """

    month = models.ForeignKey(FeeMonth, models.PROTECT, related_name="works", editable=False)
    story_id = models.PositiveBigIntegerField("bài", unique=True, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", editable=False)
    title = NormalCharField("tiêu đề", max_length=200, editable=False)
    kind = NormalCharField("loại bài", max_length=40, editable=False)
    unit_name = NormalCharField("đơn vị", max_length=200, editable=False)
    address = models.CharField("địa chỉ", max_length=200, editable=False)
    published_at = models.DateTimeField("đăng lúc", editable=False)
    word_count = models.PositiveIntegerField("số chữ", editable=False)
    photo_count = models.PositiveIntegerField("số ảnh", editable=False)
    # Names under the story that no payee stands for yet: [["Lê Lan", "Bài"], …].
    unknown_names = models.JSONField(default=list, editable=False)
    rate = models.ForeignKey(
        FeeRate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thể loại"
    )
    value = models.DecimalField(
        "hệ số hoặc số tiền",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(LARGEST)],
    )
    unit_price = models.PositiveIntegerField("đơn giá", null=True, editable=False)
    factor = models.DecimalField("hệ số của trang", max_digits=4, decimal_places=3, null=True, editable=False)
    amount = models.PositiveIntegerField("nhuận bút (đồng)", null=True, editable=False)
    encouragement = models.PositiveIntegerField(
        "khuyến khích (đồng)", default=0, validators=[MaxValueValidator(LARGEST)]
    )
    encouragement_reason = NormalCharField("lý do khuyến khích", max_length=200, blank=True)
    left_out_reason = NormalCharField(
        "lý do không tính",
        max_length=200,
        blank=True,
        help_text="Ghi vào đây thì bài này không tính nhuận bút.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "bài tính nhuận bút"
        verbose_name_plural = "các bài tính nhuận bút"
        ordering = ["published_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="encouragement_says_why",
                condition=Q(encouragement=0) | ~Q(encouragement_reason=""),
                violation_error_message="Có tiền khuyến khích thì ghi lý do.",
            )
        ]
        indexes = [models.Index(fields=["month", "published_at", "id"], name="fee_works_in_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_fixed(self) -> bool:
        """Whether somebody has said what it is worth, or that it is not paid."""
        return self.amount is not None or bool(self.left_out_reason)


class Share(models.Model):
    """What one person gets of a work; the shares of a work are 100 %."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="shares")
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="shares", verbose_name="người nhận")
    part = models.CharField("phần việc", max_length=12, choices=Part, default=Part.AUTHOR)
    percent = models.DecimalField("tỷ lệ (%)", max_digits=5, decimal_places=2)
    amount = models.PositiveIntegerField("thành tiền", default=0, editable=False)
    encouragement = models.PositiveIntegerField("khuyến khích", default=0, editable=False)

    class Meta:
        verbose_name = "phần chia"
        verbose_name_plural = "các phần chia"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["work", "payee", "part"], name="one_share_a_part"),
            models.CheckConstraint(
                name="fee_share_is_a_percentage", condition=Q(percent__gt=0, percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee}: {self.percent} %"


class Correction(models.Model):
    """A later line that makes good a share of a closed month; that month stays as it is."""

    month = models.ForeignKey(FeeMonth, models.PROTECT, related_name="corrections", editable=False)
    share = models.ForeignKey(Share, models.PROTECT, related_name="corrections", editable=False)
    amount = models.IntegerField(
        "số tiền (đồng)",
        validators=[MinValueValidator(-LARGEST), MaxValueValidator(LARGEST)],
        help_text="Chi thêm thì ghi số dương, thu lại thì ghi số âm, ví dụ -50000.",
    )
    reason = NormalCharField("lý do", max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="người ghi"
    )
    made_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "dòng điều chỉnh"
        verbose_name_plural = "các dòng điều chỉnh"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="fee_correction_is_something",
                condition=~Q(amount=0),
                violation_error_message="Số tiền điều chỉnh phải khác 0.",
            )
        ]

    def __str__(self) -> str:
        return f"Điều chỉnh {self.share.work}"
