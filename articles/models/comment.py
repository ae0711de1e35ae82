"""What a head says about one place of a submitted text, and what happened to it. Insert-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from approvals.insert_only import InsertOnly
from articles.enums import CommentAct, CommentPlace
from foundation.language.fields import NormalTextField


class Comment(InsertOnly):
    """A comment on a title, a lead, part of a block or a figure of one frozen revision.

    `block` is the block's number in that revision's body, which never changes; `quote`, `before` and `after`
    are its words. `proposal` are words that the head would put in place of `quote`; "" for none. Only its
    writer sees it until it is sent with a decision (`articles.approval.commenting`).
    """

    revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, related_name="comments", verbose_name="bản"
    )
    sha256 = models.CharField("mã băm đã đọc", max_length=64)
    place = models.CharField("chỗ", max_length=6, choices=CommentPlace)
    block = models.PositiveIntegerField("đoạn thứ", null=True)
    quote = NormalTextField("câu được góp ý")
    before = NormalTextField("chữ đứng trước", blank=True)
    after = NormalTextField("chữ đứng sau", blank=True)
    words = NormalTextField("góp ý")
    proposal = NormalTextField("chữ đề nghị thay vào", blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người góp ý"
    )
    capacity = models.CharField("tư cách", max_length=300)
    written_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "góp ý"
        verbose_name_plural = "góp ý"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_names_its_block",
                condition=Q(place__in=(CommentPlace.TITLE, CommentPlace.LEAD), block=None)
                | Q(place__in=(CommentPlace.BODY, CommentPlace.FIGURE), block__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_proposes_for_words_alone",
                condition=Q(proposal="") | ~Q(place=CommentPlace.FIGURE),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def whole(self) -> str:
        """The words, with the proposal after them."""
        return f"{self.words} “{self.proposal}”" if self.proposal else self.words


class CommentStep(InsertOnly):
    """One act on a comment. The number is unique, so of two acts at the same moment one is refused."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="steps", verbose_name="góp ý")
    number = models.PositiveIntegerField("bước thứ")
    act = models.CharField("việc", max_length=10, choices=CommentAct)
    words = NormalTextField("lời", blank=True)
    decision = models.ForeignKey(
        "articles.ReviewDecision",
        models.PROTECT,
        null=True,
        related_name="comment_steps",
        verbose_name="quyết định",
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người làm"
    )
    capacity = models.CharField("tư cách", max_length=300, blank=True)
    taken_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bước của góp ý"
        verbose_name_plural = "các bước của góp ý"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="comment_step_numbered_once"),
            models.CheckConstraint(
                name="comment_sent_with_a_decision",
                condition=~Q(act__in=(CommentAct.SENT, CommentAct.RECALLED)) | Q(decision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_act_display()
