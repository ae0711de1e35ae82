"""A public page taken down at once by one person, and a second person's answer. Insert-only."""

from django.conf import settings
from django.db import models

from approvals.insert_only import InsertOnly
from foundation.language.fields import NormalTextField


class UrgentWithdrawal(InsertOnly):
    """Who took down which revision and why, and the page's state before."""

    page = models.ForeignKey(
        "articles.PublishedArticle",
        models.PROTECT,
        related_name="urgent_withdrawals",
        verbose_name="bài đã đăng",
    )
    revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, related_name="+", verbose_name="bản đang đăng"
    )
    before = models.JSONField("trước đó")  # of `page_state`, to be restored exactly
    reason = NormalTextField("lý do")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gỡ"
    )
    capacity = models.CharField("tư cách", max_length=300)
    withdrawn_at = models.DateTimeField("gỡ lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần gỡ khẩn"
        verbose_name_plural = "các lần gỡ khẩn"
        ordering = ["-withdrawn_at", "-pk"]

    def __str__(self) -> str:
        return f"Gỡ khẩn: {self.revision.content['title']}"


class UrgentAnswer(InsertOnly):
    """What the second person decided; one for each withdrawal."""

    withdrawal = models.OneToOneField(
        UrgentWithdrawal, models.PROTECT, related_name="answer", verbose_name="lần gỡ khẩn"
    )
    is_confirmed = models.BooleanField("xác nhận gỡ")  # else the page was restored
    note = NormalTextField("lời", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người quyết định"
    )
    capacity = models.CharField("tư cách", max_length=300)
    answered_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "trả lời gỡ khẩn"
        verbose_name_plural = "các trả lời gỡ khẩn"
        ordering = ["-answered_at", "-pk"]

    def __str__(self) -> str:
        return "Xác nhận gỡ" if self.is_confirmed else "Đăng lại"
