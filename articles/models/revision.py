"""What was submitted, frozen exactly, and what was decided about it. Insert-only."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from approvals.insert_only import InsertOnly, InsertOnlyQuerySet
from articles.enums import Verdict
from foundation.language.fields import NormalTextField


class RevisionQuerySet(InsertOnlyQuerySet):
    """What was frozen, by how."""

    def sent(self) -> Self:
        """Revisions that somebody of ours submitted, not those of an import from another site."""
        imported = ReviewDecision.objects.filter(revision=OuterRef("pk"), verdict=Verdict.IMPORTED)
        return self.filter(~Exists(imported))


class Revision(InsertOnly):
    """A story at one moment: `content` is everything a reader will see, `sha256` is its digest.

    `content` has the shape of `articles.approval.freezing.content_of`.
    """

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, related_name="revisions", verbose_name="bài viết"
    )
    number = models.PositiveIntegerField("bản số")
    content = models.JSONField("nội dung")
    sha256 = models.CharField("mã băm", max_length=64)
    editor_ids = models.JSONField("những người đã sửa", default=list)
    # Answers to findings: for the head, not for readers, so the digest does not include them.
    check_answers = models.JSONField("lời trả lời mục kiểm", default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    created_at = models.DateTimeField("gửi lúc", auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "bản gửi duyệt"
        verbose_name_plural = "các bản gửi duyệt"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_numbered_once")]
        indexes = [
            # With the story, so that counting reads no row: a row has the whole text.
            models.Index(fields=["created_by", "created_at", "article"], name="revision_of_person"),
            models.Index(fields=["created_at", "article"], name="revision_sent"),
        ]

    def __str__(self) -> str:
        return f"Bản {self.number}"


class SavedCopy(InsertOnly):
    """The working copy as its writer saved it on purpose, to compare with or go back to."""

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, related_name="saved_copies", verbose_name="bài viết"
    )
    content = models.JSONField("nội dung")  # the shape of `articles.approval.freezing.content_of`
    sha256 = models.CharField("mã băm", max_length=64)
    reason = models.CharField("dịp lưu", max_length=80, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lưu"
    )
    saved_at = models.DateTimeField("lưu lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bản đã lưu"
        verbose_name_plural = "các bản đã lưu"
        ordering = ["-saved_at", "-pk"]

    def __str__(self) -> str:
        return f"Bản lưu của bài {self.article_id}"


class ReviewDecision(InsertOnly):
    """What a head decided about one exact revision, and in what capacity."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="decisions", verbose_name="bản")
    sha256 = models.CharField("mã băm đã đọc", max_length=64)
    verdict = models.CharField("quyết định", max_length=10, choices=Verdict)
    note = NormalTextField("lời nhắn", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người quyết định"
    )
    capacity = models.CharField("tư cách", max_length=300)
    decided_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "quyết định duyệt"
        verbose_name_plural = "các quyết định duyệt"
        ordering = ["-decided_at", "-pk"]
        indexes = [
            models.Index(fields=["decided_by", "decided_at"], name="verdict_of_person"),
            models.Index(fields=["verdict", "decided_at"], name="verdict_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.revision}"
