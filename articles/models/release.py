"""When an approved revision is published, and until when it stays."""

from django.db import models
from django.db.models import F, Q


class Release(models.Model):
    """An order to publish one approved revision at one time; done once, whoever runs it.

    Its order never changes, and it is done or cancelled once: another time needs another release of the same
    decision. Only the worker's notes (attempts, retry_at, error) may be rewritten. The database enforces this
    too (`approvals.immutable`).
    """

    decision = models.ForeignKey(
        "articles.ReviewDecision", models.PROTECT, related_name="releases", verbose_name="quyết định duyệt"
    )
    due_at = models.DateTimeField("đăng lúc")
    until = models.DateTimeField("đăng đến", null=True, blank=True)
    done_at = models.DateTimeField("đã đăng lúc", null=True, editable=False)
    cancelled_at = models.DateTimeField("đã bỏ lúc", null=True, editable=False)
    # The page's state before this release (`articles.approval.page_state`), needed to take it back.
    before = models.JSONField("trước đó", null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("số lần hỏng", default=0, editable=False)
    retry_at = models.DateTimeField("thử lại lúc", null=True, editable=False)
    error = models.CharField("lỗi gần nhất", max_length=500, blank=True, editable=False)

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
            ),
            models.CheckConstraint(
                name="release_ends_after_it_begins", condition=Q(until=None) | Q(until__gt=F("due_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}"
