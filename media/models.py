"""Photos: one file by content, its words, its rights, where it may be seen."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from departments.models import Department
from language.fields import DerivedField, NormalCharField, NormalTextField
from language.vietnamese import fold


class Rights(models.TextChoices):
    OWN = "own", "Ảnh của đơn vị"
    PROVIDED = "provided", "Nhân vật cung cấp"
    PRESS = "press", "Báo chí, đã được phép"
    DRAWING = "drawing", "Tranh vẽ, đồ họa"


class Photo(models.Model):
    """A picture of the library. The file never changes: other bytes are another photo."""

    content_hash = models.CharField("dấu vân tay", max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField("rộng", editable=False)
    height = models.PositiveIntegerField("cao", editable=False)
    file_size = models.PositiveIntegerField("dung lượng tệp gốc", editable=False)
    original_name = NormalCharField("tên tệp khi tải lên", max_length=200, blank=True, editable=False)
    # [[format, width, height, bytes], …], smallest first: what the page may ask for.
    renditions = models.JSONField("các cỡ ảnh", default=list, editable=False)
    caption = NormalTextField("chú thích", blank=True, help_text="Ai, ở đâu, đang làm gì.")
    alt_text = NormalTextField(
        "mô tả ảnh",
        blank=True,
        help_text="Tả điều nhìn thấy, khác với chú thích. Cần cho người dùng trình đọc màn hình.",
    )
    is_decorative = models.BooleanField(
        "ảnh trang trí", default=False, help_text="Ảnh không mang thông tin, trình đọc màn hình bỏ qua."
    )
    credit = NormalCharField("ảnh của", max_length=120, blank=True, help_text="Ví dụ: Nguyễn Văn A; NTCC.")
    place = NormalCharField("nơi chụp", max_length=150, blank=True)
    taken_on = models.DateField("ngày chụp", null=True, blank=True)
    rights = models.CharField("quyền sử dụng", max_length=12, choices=Rights, default=Rights.OWN)
    rights_until = models.DateField("được dùng đến hết ngày", null=True, blank=True)
    focal_x = models.PositiveSmallIntegerField("điểm chính, ngang (%)", default=50)
    focal_y = models.PositiveSmallIntegerField("điểm chính, dọc (%)", default=40)
    department = models.ForeignKey(Department, models.PROTECT, related_name="photos", verbose_name="đơn vị")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="người tải lên",
    )
    uploaded_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    search_key = DerivedField(source="caption", derive=fold)

    owner_field = "department_id"  # whose work it is: departments.access

    class Meta:
        verbose_name = "ảnh"
        verbose_name_plural = "kho ảnh"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="focal_point_is_inside",
                condition=Q(focal_x__lte=100) & Q(focal_y__lte=100),
                violation_error_message="Điểm chính của ảnh phải nằm trong ảnh.",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.original_name or f"Ảnh {self.pk}"


class PhotoExposure(models.Model):
    """One public thing that shows a photo. A photo without any is reachable by staff only."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="exposures")
    subject = models.CharField(max_length=60)  # "article:12", "event:3"

    class Meta:
        verbose_name = "nơi hiện ảnh"
        verbose_name_plural = "nơi hiện ảnh"
        constraints = [
            models.UniqueConstraint(fields=["photo", "subject"], name="photo_exposed_once_a_subject")
        ]
        indexes = [models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.subject}"
