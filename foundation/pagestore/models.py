"""What has changed in public, written in the transaction that changed it."""

from collections.abc import Iterable

from django.db import models


class Purge(models.Model):
    """Tags whose pages every machine has to drop.

    Written with the change itself, so that a process killed between the commit and the dropping
    loses nothing: whoever looks next (`foundation.pagestore.purging.follow`) finds the row.
    """

    tags = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    # For the caches in front (`foundation.pagestore.edge`): when to tell them next, how often they were told.
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
    """A machine that keeps pages, and how far it has heard. Written by its follower: `hearing`."""

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
        """Whether all these purges are applied there; a number between a gap's ends came too late so far."""
        return all(
            number <= self.newest and not any(after < number < before for after, before in self.gaps)
            for number in numbers
        )
