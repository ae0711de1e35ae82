"""Whose site this is: one record, dated, because who answers for the site changes and that day counts."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from foundation.language.dates import format_date
from foundation.language.fields import NormalCharField, NormalEmailField
from identity.colours import ENOUGH, HEX, nearest_readable, worst_ground
from identity.words import SiteWords

LONGEST = datetime.timedelta(days=30)  # of an alert: what is always there is read by nobody
PHONE = re.compile(r"[0-9+().\- ]{6,40}")


def check_colour(colour: str) -> None:
    """Refuse a colour in which letters are hard to read; names the contrast and the nearest that will do."""
    if not HEX.fullmatch(colour):
        raise ValidationError("Ghi mã màu gồm dấu # và sáu chữ số hoặc chữ a–f, ví dụ #8a2b18.")
    found, ground = worst_ground(colour)
    if found < ENOUGH:
        ratio = f"{int(found * 10) / 10:.1f}".replace(".", ",")
        raise ValidationError(
            f"Chữ màu này khó đọc: trên {ground} độ tương phản là {ratio}:1, cần ít nhất 4,5:1. "
            f"Màu gần nhất đọc được: {nearest_readable(colour)}."
        )


class IdentityQuerySet(models.QuerySet):
    """Doors to the records."""

    def at(self, day):
        """Return the records in force on a day, the one that counts first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")


class Level(models.TextChoices):
    """How pressing an alert is; the label stands before its words. The most pressing first."""

    URGENT = "1-urgent", "Khẩn cấp"
    WARNING = "2-warning", "Cảnh báo"
    NOTICE = "3-notice", "Thông báo"


class AlertQuerySet(models.QuerySet):
    """Doors to the alerts."""

    def unended(self, moment):
        """Return the alerts that are shown at the moment or will be, the most pressing first."""
        return self.filter(ends_at__gt=moment).order_by("level", "starts_at", "pk")


class Alert(models.Model):
    """A few words at the head of every public page between two moments: a storm, an exam, a closed school."""

    level = models.CharField("mức", max_length=12, choices=Level, default=Level.WARNING)
    text = NormalCharField(
        "nội dung",
        max_length=200,
        help_text="Một, hai câu nói ngay việc cần làm. Ví dụ: Học sinh các phường ven sông nghỉ học "
        "ngày 3/12 do mưa lũ.",
    )
    url = NormalCharField(
        "đường dẫn đọc thêm",
        max_length=300,
        blank=True,
        help_text="Không bắt buộc. Địa chỉ trên trang này (bắt đầu bằng dấu /) hoặc địa chỉ https:// của cơ "
        "quan khác.",
        validators=[
            RegexValidator(
                r"^(?:/(?!/)|https://[^/\s]+)[^\s]*$",
                "Ghi địa chỉ bắt đầu bằng / hoặc https://, không có dấu cách.",
            )
        ],
    )
    starts_at = models.DateTimeField("hiện từ lúc", default=timezone.now)
    ends_at = models.DateTimeField(
        "đến lúc", help_text="Đến giờ này thông báo tự rời mọi trang. Nhiều nhất 30 ngày."
    )

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo khẩn"
        verbose_name_plural = "thông báo khẩn"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="alert_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at - self.starts_at > LONGEST:
            raise ValidationError({"ends_at": "Nhiều nhất 30 ngày; cần hiện lâu hơn thì đăng bài."})


class SiteIdentity(models.Model):
    """What the site says of itself from a day on, until the day on which the next record begins."""

    valid_from = models.DateField(
        "từ ngày",
        unique=True,
        default=timezone.localdate,
        help_text="Đổi người chịu trách nhiệm, đổi tên: thêm một bản ghi từ ngày ấy, bản cũ vẫn còn.",
        error_messages={"unique": "Đã có một bản ghi từ ngày này."},
    )
    name = NormalCharField(
        "tên trang tin",
        max_length=60,
        help_text="Đứng ở đầu trang, ở kết quả tìm kiếm, ở nguồn tin và dưới hình chia sẻ.",
    )
    short_name = NormalCharField(
        "tên gọn", max_length=12, help_text="Dưới biểu tượng ở màn hình điện thoại: nhiều nhất 12 chữ."
    )
    organization = NormalCharField("cơ quan chủ quản", max_length=120)
    organization_short = NormalCharField(
        "cơ quan chủ quản, viết gọn", max_length=60, help_text="Ví dụ: Sở GD&ĐT, kèm tên tỉnh."
    )
    province = NormalCharField(
        "tỉnh, thành phố", max_length=40, help_text="Chỉ tên riêng, không có chữ “tỉnh”, “thành phố”."
    )
    description = NormalCharField(
        "một câu giới thiệu",
        max_length=160,
        blank=True,
        help_text="Ở kết quả tìm kiếm và khi chia sẻ. Để trống thì hệ thống tự viết theo tên tỉnh.",
    )
    responsible_name = NormalCharField("người chịu trách nhiệm nội dung", max_length=80, blank=True)
    responsible_title = NormalCharField("chức vụ", max_length=120, blank=True)
    address = NormalCharField("địa chỉ trụ sở", max_length=200, blank=True)
    phone = NormalCharField(
        "điện thoại",
        max_length=40,
        blank=True,
        validators=[RegexValidator(rf"^{PHONE.pattern}$", "Ghi số điện thoại, ví dụ 0260 3 862 000.")],
    )
    email = NormalEmailField("thư điện tử", blank=True)
    licence = NormalCharField(
        "giấy phép trang thông tin",
        max_length=200,
        blank=True,
        help_text="Số, ngày cấp, nơi cấp. Không có thì để trống; chân trang bỏ dòng này.",
    )
    code_prefix = NormalCharField(
        "hai chữ đầu của mã giấy khen",
        max_length=2,
        help_text="Giấy khen in từ nay mang hai chữ này; giấy đã in giữ mã cũ và vẫn tra được.",
        validators=[RegexValidator(r"^[A-Z]{2}$", "Hai chữ in hoa không dấu, từ A đến Z (Đ thì ghi D).")],
    )

    colour = NormalCharField(
        "màu của trang",
        max_length=7,
        blank=True,
        help_text="Của liên kết, tên mục, dấu đang chọn; ví dụ #1f4e8c. Khi bạn đọc chọn nền tối, hệ thống "
        "tự dùng sắc sáng hơn của màu ấy. Để trống thì giữ màu đỏ đất.",
        validators=[check_colour],
    )

    logo = NormalCharField("biểu trưng", max_length=64, blank=True, editable=False)  # the digest of the file

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = "danh tính của trang"
        verbose_name_plural = "danh tính của trang"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.name}, từ {format_date(self.valid_from, 'so')}"

    @property
    def words(self) -> SiteWords:
        """Return what pages say."""
        said = {
            field: getattr(self, field) for field in SiteWords.__dataclass_fields__ if hasattr(self, field)
        }
        return SiteWords(**said, is_said=True)
