"""What has changed in public, written in the transaction that changed it."""

from django.db import models


class Purge(models.Model):
    """Tags whose pages every machine has to drop.

    Written with the change itself, so that a process killed between the commit and the dropping
    loses nothing: whoever looks next (`pagestore.purging.follow`) finds the row.
    """

    tags = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    # For the caches in front (`pagestore.edge`): when to tell them next, how often they were told.
    is_urgent = models.BooleanField("báo trước", default=False)
    edge_at = models.DateTimeField("báo máy chủ đệm lúc", null=True, db_index=True)
    edge_told = models.PositiveSmallIntegerField("số lần đã báo", default=0)
    edge_failures = models.PositiveSmallIntegerField("số lần báo hỏng", default=0)

    class Meta:
        verbose_name = "lệnh bỏ trang cũ"
        verbose_name_plural = "lệnh bỏ trang cũ"

    def __str__(self) -> str:
        return ", ".join(self.tags)
