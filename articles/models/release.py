"""When an approved revision goes out."""

from django.db import models
from django.db.models import Q


class Release(models.Model):
    """An order to publish one approved revision at one time; done once, whoever runs it."""

    decision = models.OneToOneField(
        "articles.ReviewDecision", models.PROTECT, related_name="release", verbose_name="quyết định duyệt"
    )
    due_at = models.DateTimeField("đăng lúc")
    done_at = models.DateTimeField("đã đăng lúc", null=True, editable=False)
    cancelled_at = models.DateTimeField("đã bỏ lúc", null=True, editable=False)

    class Meta:
        verbose_name = "lệnh đăng"
        verbose_name_plural = "các lệnh đăng"
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"], name="release_waiting", condition=Q(done_at=None, cancelled_at=None)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="release_done_or_cancelled", condition=Q(done_at=None) | Q(cancelled_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}"
