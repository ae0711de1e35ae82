"""Print templates in millimetres, and how far each printer shifts what it prints."""

import secrets
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from departments.models import Department
from foundation.language.fields import NormalCharField, NormalTextField
from press.enums import Align, BoxKind, Face, Fit, Grows
from press.presets import LARGEST, SMALLEST

_SIZE = [MinValueValidator(SMALLEST), MaxValueValidator(LARGEST)]
_PLACE = [MinValueValidator(Decimal(0)), MaxValueValidator(LARGEST)]
_POINTS = [MinValueValidator(Decimal(5)), MaxValueValidator(Decimal(200))]
_SHIFT = [MinValueValidator(Decimal(-30)), MaxValueValidator(Decimal(30))]
_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Màu ghi dạng #rrggbb, ví dụ #b3261e.")


def background_name(template: "PrintTemplate", filename: str) -> str:
    """Return a new name each time, so that a run in progress keeps the picture it began with."""
    return f"press/nen/{secrets.token_hex(16)}.jpg"


class PrintTemplate(models.Model):
    """How a sheet of one subject looks: its size, its background, its boxes."""

    name = NormalCharField("tên mẫu", max_length=120)
    subject = models.CharField("dùng cho", max_length=40)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="print_templates", verbose_name="đơn vị giữ mẫu"
    )
    width = models.DecimalField("rộng (mm)", max_digits=5, decimal_places=1, validators=_SIZE)
    height = models.DecimalField("cao (mm)", max_digits=5, decimal_places=1, validators=_SIZE)
    background = models.FileField("ảnh nền", upload_to=background_name, blank=True, editable=False)
    has_frame = models.BooleanField("kẻ khung quanh tờ", default=False)
    on_stock = models.BooleanField(
        "thường in lên phôi",
        default=False,
        help_text="Chỉ in chữ; nền, khung và các ô “có sẵn trên phôi” không in.",
    )
    note = NormalTextField("ghi chú", blank=True)
    confirmed_on = models.DateField("cơ quan xác nhận mẫu ngày", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người xác nhận",
    )

    owner_field = "department_id"  # the unit that owns the record (departments.access)

    class Meta:
        verbose_name = "mẫu in"
        verbose_name_plural = "mẫu in"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "name"],
                name="template_named_once",
                violation_error_message="Đơn vị đã có mẫu in mang tên này.",
            ),
            models.CheckConstraint(
                name="confirmed_by_somebody",
                condition=Q(confirmed_on=None, confirmed_by=None)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size_words(self) -> str:
        return f"{_plain(self.width)} × {_plain(self.height)} mm"


class PrintBox(models.Model):
    """One box of a template: words with fields in braces, or the QR code.

    `x`, `y` are millimetres from the left and upper edge of the sheet. Of words, `y` is the baseline: of the
    last line if the box grows upwards, of the first if it grows downwards. Of a code, `y` is its upper edge
    and `width` its side.
    """

    template = models.ForeignKey(PrintTemplate, models.CASCADE, related_name="boxes", verbose_name="mẫu in")
    name = NormalCharField("ô", max_length=60)
    kind = models.CharField("trong ô là", max_length=8, choices=BoxKind, default=BoxKind.WORDS)
    words = NormalTextField("chữ", max_length=500, blank=True)
    x = models.DecimalField("cách trái (mm)", max_digits=5, decimal_places=1, validators=_PLACE)
    y = models.DecimalField("cách trên (mm)", max_digits=5, decimal_places=1, validators=_PLACE)
    width = models.DecimalField(
        "rộng (mm)",
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(Decimal(5)), MaxValueValidator(LARGEST)],
    )
    face = models.CharField("kiểu chữ", max_length=8, choices=Face, default=Face.TEXT)
    size = models.DecimalField(
        "cỡ (pt)", max_digits=4, decimal_places=1, default=Decimal(14), validators=_POINTS
    )
    least = models.DecimalField(
        "cỡ nhỏ nhất (pt)", max_digits=4, decimal_places=1, default=Decimal(11), validators=_POINTS
    )
    colour = models.CharField("màu", max_length=7, default="#000000", validators=[_COLOUR])
    align = models.CharField("canh", max_length=6, choices=Align, default=Align.CENTER)
    lines = models.PositiveSmallIntegerField(
        "nhiều nhất (dòng)", default=1, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    fit = models.CharField("khi chữ dài", max_length=12, choices=Fit, default=Fit.SHRINK)
    grows = models.CharField("dòng thứ hai", max_length=4, choices=Grows, default=Grows.UP)
    pitch = models.DecimalField(
        "giãn dòng",
        max_digits=3,
        decimal_places=2,
        default=Decimal("1.25"),
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(3))],
    )
    on_stock = models.BooleanField("có sẵn trên phôi", default=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "ô"
        verbose_name_plural = "các ô"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="least_size_is_not_larger",
                condition=Q(least__lte=models.F("size")),
                violation_error_message="Cỡ nhỏ nhất không được lớn hơn cỡ chữ.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Printer(models.Model):
    """A printer of a unit, and by how much it must shift the words so that they meet the stock."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="printers", verbose_name="đơn vị")
    name = NormalCharField("máy in", max_length=80)
    dx = models.DecimalField(
        "dịch ngang (mm)",
        max_digits=4,
        decimal_places=1,
        default=Decimal(0),
        validators=_SHIFT,
        help_text="Số dương dịch chữ sang phải.",
    )
    dy = models.DecimalField(
        "dịch dọc (mm)",
        max_digits=4,
        decimal_places=1,
        default=Decimal(0),
        validators=_SHIFT,
        help_text="Số dương dịch chữ xuống dưới.",
    )
    calibrated_on = models.DateField("căn lần cuối", null=True, blank=True)

    owner_field = "department_id"  # the unit that owns the record (departments.access)

    class Meta:
        verbose_name = "máy in"
        verbose_name_plural = "máy in"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "name"],
                name="printer_named_once",
                violation_error_message="Đơn vị đã có máy in mang tên này.",
            )
        ]

    def __str__(self) -> str:
        return self.name


def _plain(number: Decimal) -> str:
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")
