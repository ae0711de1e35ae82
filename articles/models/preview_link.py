"""A private address that shows one state of a story without an account, for some days."""

from django.conf import settings
from django.db import models


class PreviewLink(models.Model):
    """Shows the content frozen when the link was made. Only a hash of the address is stored."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="+", verbose_name="bài viết")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    content = models.JSONField("nội dung", editable=False)  # shape of `freezing.content_of`
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tạo"
    )
    made_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    ends_at = models.DateTimeField("dùng đến")
    revoked_at = models.DateTimeField("thu lại lúc", null=True)
    opened_at = models.DateTimeField("mở lần cuối", null=True)

    class Meta:
        verbose_name = "đường dẫn xem trước"
        verbose_name_plural = "đường dẫn xem trước"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Đường dẫn xem trước của bài {self.article_id}"
