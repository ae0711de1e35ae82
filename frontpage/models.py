"""Which story stands where on the front page, and when."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models import PublishedArticle
from frontpage.enums import Slot


class Placement(models.Model):
    slot = models.CharField("vị trí", max_length=12, choices=Slot)
    article = models.ForeignKey(
        PublishedArticle, models.CASCADE, related_name="placements", verbose_name="bài"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    starts_at = models.DateTimeField("từ lúc", default=timezone.now)
    ends_at = models.DateTimeField("đến lúc", null=True, blank=True)

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
