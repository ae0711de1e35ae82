"""Photos: one file by content, its words, its rights, and where it is public."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from departments.models import Department
from foundation.language.fields import DerivedField, NormalCharField, NormalTextField
from foundation.language.searching import search_text
from media.enums import PhotoRights
from media.models.pupil import Pupil
from media.querysets import PhotoQuerySet


class Photo(models.Model):
    """A picture of the library. The file never changes: other bytes are another photo."""

    content_hash = models.CharField("dấu vân tay", max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField("rộng", editable=False)
    height = models.PositiveIntegerField("cao", editable=False)
    file_size = models.PositiveIntegerField("dung lượng tệp gốc", editable=False)
    original_name = NormalCharField("tên tệp khi tải lên", max_length=200, blank=True, editable=False)
    # [[format, width, height, bytes], …], smallest first: the available sizes.
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
    rights = models.CharField("quyền sử dụng", max_length=12, choices=PhotoRights, default=PhotoRights.OWN)
    rights_until = models.DateField("được dùng đến hết ngày", null=True, blank=True)
    pupils = models.ManyToManyField(
        Pupil,
        related_name="photos",
        blank=True,
        verbose_name="học sinh trong ảnh",
        help_text="Học sinh nhìn rõ mặt. Em nào chưa có sự đồng ý thì ảnh chưa đăng được.",
    )
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
    # Units that uploaded the same file, or whose story shows it: they see it, the owner keeps its words.
    shared_with = models.ManyToManyField(
        Department, related_name="shared_photos", blank=True, editable=False, verbose_name="đơn vị cùng dùng"
    )
    search_key = DerivedField(source="searched_words", derive=search_text, max_length=1500)

    objects = PhotoQuerySet.as_manager()

    owner_field = "department_id"  # the unit that owns the row: departments.access

    class Meta:
        verbose_name = "ảnh"
        verbose_name_plural = "kho ảnh"
        ordering = ["-pk"]  # the order of upload, and the key for paging
        constraints = [
            models.CheckConstraint(
                name="focal_point_is_inside",
                condition=Q(focal_x__lte=100) & Q(focal_y__lte=100),
                violation_error_message="Điểm chính của ảnh phải nằm trong ảnh.",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.original_name or f"Ảnh {self.pk}"

    def may_be_seen_by(self, user: Any) -> bool:
        """Return whether the user sees it: by permission over its unit, by sharing, or as public."""
        if user.has_perm("media.view_photo", self):
            return True
        return Photo.objects.visible_to(user).filter(pk=self.pk).exists()

    def why_kept_back(self) -> str:
        """Return why readers may not see it today, to follow “Ảnh …”; empty when they may."""
        if self.rights_until and self.rights_until < timezone.localdate():
            return f"đã hết hạn được dùng ({self.rights_until:%d/%m/%Y})"
        if pupil := self.pupils.withholding("picture").first():
            return f"có em {pupil}: {pupil.why_not('picture')}"
        return ""

    @property
    def searched_words(self) -> str:
        return "\n".join((self.caption, self.credit, self.place, self.alt_text, self.original_name))


class PhotoExposure(models.Model):
    """One public thing that shows a photo. A photo without any is visible to staff only."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="exposures")
    subject = models.CharField(max_length=60)  # "article:12", "event:3"
    # Whether the stored page of the thing shows it; False if the photo's rights had ended then.
    is_drawn = models.BooleanField(default=True)

    class Meta:
        verbose_name = "nơi hiện ảnh"
        verbose_name_plural = "nơi hiện ảnh"
        constraints = [
            models.UniqueConstraint(fields=["photo", "subject"], name="photo_exposed_once_a_subject")
        ]
        indexes = [models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.subject}"
