"""Answers to findings of the pre-flight list about a working copy. Staff only."""

from django.conf import settings
from django.db import models

from foundation.language.fields import NormalCharField, NormalTextField


class CheckAnswer(models.Model):
    """One line in answer to one finding; `key` (`Finding.key`) names the rule and the words.

    A submission freezes the answers that still apply (`Revision.check_answers`).
    """

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="check_answers", verbose_name="bài viết"
    )
    key = models.CharField("mục kiểm", max_length=80)
    said = NormalTextField("hệ thống nhắc")
    reason = NormalCharField("lý do", max_length=200)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "lời trả lời mục kiểm"
        verbose_name_plural = "các lời trả lời mục kiểm"
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="check_answered_once")]

    def __str__(self) -> str:
        return self.reason
