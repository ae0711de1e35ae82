"""Which story is placed where on the front page, and when."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.enums import PublicState
from articles.models import PublishedArticle
from frontpage.enums import Slot
from frontpage.querysets import PlacementQuerySet


class Placement(models.Model):
    """A story in a slot of the front page between two moments."""

    slot = models.CharField("vị trí", max_length=12, choices=Slot)
    article = models.ForeignKey(
        PublishedArticle,
        models.CASCADE,
        related_name="placements",
        limit_choices_to={"state": PublicState.LIVE},
        verbose_name="bài",
        help_text="Chỉ bài đang đăng. Gõ vài chữ trong tiêu đề để tìm.",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=1, help_text="Số nhỏ đứng trước.")
    starts_at = models.DateTimeField("từ lúc", default=timezone.now)
    ends_at = models.DateTimeField("đến lúc", null=True, blank=True, help_text="Để trống: cho đến khi bỏ.")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí trang chủ"
        verbose_name_plural = "vị trí trang chủ"
        ordering = ["slot", "position", "-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="placement_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}: {self.article}"
