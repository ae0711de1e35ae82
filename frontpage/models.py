"""Which story is placed where on the front page, and when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models import PublishedArticle
from frontpage.enums import Slot
from frontpage.querysets import PlacementQuerySet


class Placement(models.Model):
    """A story in a slot of the front page between two moments.

    The story may be one that is approved and not public yet: its page comes later, under the same key, so the
    database does not ask for it now. Readers see the place once the page is live.
    """

    slot = models.CharField("vị trí", max_length=12, choices=Slot)
    article = models.ForeignKey(
        PublishedArticle,
        models.CASCADE,
        related_name="placements",
        db_constraint=False,
        verbose_name="bài",
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
        return f"{self.get_slot_display()}: bài {self.article_id}"


class Edition(models.Model):
    """One saving of the front page. Its number is the version that the next editor must have seen."""

    number = models.PositiveIntegerField("lần lưu", primary_key=True)
    saved_at = models.DateTimeField("lưu lúc", auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lưu"
    )

    class Meta:
        verbose_name = "lần lưu trang chủ"
        verbose_name_plural = "các lần lưu trang chủ"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Trang chủ, lần lưu {self.number}"
