"""Who moved what, when, in what capacity and why."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from approvals.insert_only import InsertOnly
from language.fields import NormalTextField


class StatusChange(InsertOnly):
    """One step taken by one person on one record."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="loại")
    object_id = models.PositiveBigIntegerField("số")
    record = GenericForeignKey()
    step = models.CharField("bước", max_length=40)
    label = models.CharField("tên bước", max_length=80)
    old_status = models.CharField("từ trạng thái", max_length=20)
    new_status = models.CharField("sang trạng thái", max_length=20)
    version = models.PositiveIntegerField("phiên bản đã đọc")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="người thực hiện"
    )
    capacity = models.CharField("tư cách", max_length=300, blank=True)
    note = NormalTextField("lời nhắn", blank=True)
    taken_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bước đã làm"
        verbose_name_plural = "nhật ký duyệt"
        ordering = ["-taken_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.label}: {self.old_status} → {self.new_status}"
