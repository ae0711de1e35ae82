"""The log of steps, and the audit book with its chain of seals."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from approvals.insert_only import InsertOnly
from foundation.language.fields import NormalCharField, NormalTextField


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


class AuditEntry(InsertOnly):
    """One act of a person or the worker: a step, a change in the admin, a sign-in, an export.

    Names are stored as they were. The entry's `Seal` proves that it was not changed or removed.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="tài khoản"
    )
    actor_name = NormalCharField("người làm", max_length=200)
    action = models.CharField("việc", max_length=200)
    about = NormalCharField("hồ sơ", max_length=250, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, verbose_name="loại hồ sơ")
    object_id = models.CharField("số hồ sơ", max_length=60, blank=True)
    capacity = models.CharField("tư cách", max_length=300, blank=True)
    address = models.CharField("từ địa chỉ", max_length=60, blank=True)
    note = NormalTextField("ghi chú", blank=True)
    # The line of Django's log that this entry copies; unique, so that none is copied twice.
    log_number = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "dòng kiểm tra"
        verbose_name_plural = "nhật ký kiểm toán"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="audit_record")]

    def __str__(self) -> str:
        return f"{self.action}: {self.about}" if self.about else self.action


class Seal(InsertOnly):
    """A link of the chain: `sha256` covers the entry and the previous seal (`approvals.sealing`)."""

    number = models.PositiveBigIntegerField("số", primary_key=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="seal", verbose_name="dòng")
    sha256 = models.CharField("mã băm", max_length=64)

    class Meta:
        verbose_name = "mã niêm phong"
        verbose_name_plural = "các mã niêm phong"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.sha256[:12]}"


class UsedForm(models.Model):
    """A form that has made its record or taken its step, and does so no second time (`approvals.once`)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=36)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "biểu mẫu đã lưu"
        verbose_name_plural = "biểu mẫu đã lưu"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_used_once")]
