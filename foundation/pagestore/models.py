"""Which public pages changed, written in the transaction of the change."""

from collections.abc import Iterable

from django.db import models


class Purge(models.Model):
    """Tags whose pages every machine has to drop.

    Written with the change itself, so that nothing is lost when a process dies between the commit and the
    drop: the next call of `foundation.pagestore.purging.follow` finds the row.
    """

    tags = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    # For the caches in front (`foundation.pagestore.edge`): when to send it next, how often it was sent.
    is_urgent = models.BooleanField("báo trước", default=False)
    edge_at = models.DateTimeField("báo máy chủ đệm lúc", null=True, db_index=True)
    edge_told = models.PositiveSmallIntegerField("số lần đã báo", default=0)
    edge_failures = models.PositiveSmallIntegerField("số lần báo hỏng", default=0)

    class Meta:
        verbose_name = "lệnh bỏ trang cũ"
        verbose_name_plural = "lệnh bỏ trang cũ"

    def __str__(self) -> str:
        return ", ".join(self.tags)


class Node(models.Model):
    """A machine that keeps pages, and up to which purge it has applied. Written by `hearing`."""

    name = models.CharField("kho trang", max_length=16, primary_key=True)
    newest = models.BigIntegerField("đã nghe đến lệnh số")
    gaps = models.JSONField("những khoảng số còn chờ", default=list)
    heard_at = models.DateTimeField("nghe lần cuối lúc")

    class Meta:
        verbose_name = "máy cùng phục vụ"
        verbose_name_plural = "máy cùng phục vụ"

    def __str__(self) -> str:
        return self.name

    def has_heard(self, numbers: Iterable[int]) -> bool:
        """Return whether all these purges were applied there; those inside a gap were not."""
        return all(
            number <= self.newest and not any(after < number < before for after, before in self.gaps)
            for number in numbers
        )
