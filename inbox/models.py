"""What a person was told, in the inbox and by mail, and how they want to get mail."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from accounts.models import Ticket
from foundation.language.fields import NormalCharField, NormalEmailField, NormalTextField


class Notice(models.Model):
    """One message to one person: a line in their inbox, and the mail about it if one is due.

    Written in the transaction of the event it reports (`inbox.telling`), sent after the commit
    (`inbox.posting`). The link leads to `address`. It works, and the mail is sent, only while the person has
    `permission` on the record.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người nhận"
    )
    kind = models.CharField("loại", max_length=30)
    heading = NormalCharField("việc", max_length=100)
    about = NormalCharField("về", max_length=250)
    words = NormalTextField("thông báo", blank=True)
    address = models.CharField("địa chỉ", max_length=250)
    permission = models.CharField("quyền cần có", max_length=100, blank=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, verbose_name="loại hồ sơ")
    object_id = models.PositiveBigIntegerField("số hồ sơ", null=True)
    record = GenericForeignKey()
    # Unique for what must be told once: a second worker or turn then finds the row.
    key = models.CharField("khóa", max_length=150, null=True, unique=True)
    told_at = models.DateTimeField("lúc", auto_now_add=True)
    read_at = models.DateTimeField("đã đọc lúc", null=True)
    # A letter whose link is this ticket: only mailed, in no inbox.
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, null=True, related_name="+", verbose_name="phiếu vào cửa"
    )
    # Only mailed, to somebody who may have no account; the recipient is who answers for it.
    is_letter = models.BooleanField("thư gửi người ngoài", default=False)
    # Where the mail goes if not to the account's address of the day it is sent.
    mail_to = NormalEmailField("gửi tới", blank=True)
    # The mail: when it is due, whether in the daily digest, claimed until, sent at, number of attempts.
    mail_at = models.DateTimeField("gửi thư lúc", null=True)
    in_digest = models.BooleanField("trong thư tổng hợp", default=False)
    claim = models.CharField("tiến trình đang gửi", max_length=32, blank=True)
    claimed_until = models.DateTimeField("giữ đến", null=True)
    mailed_at = models.DateTimeField("thư đã gửi lúc", null=True)
    attempts = models.PositiveSmallIntegerField("số lần hỏng", default=0)
    error = models.CharField("lỗi gần nhất", max_length=300, blank=True)

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "hộp thư"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["recipient", "read_at"], name="notice_unread"),
            models.Index(
                fields=["mail_at"], name="notice_to_mail", condition=Q(mailed_at=None, mail_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.about}"


class Delivery(models.TextChoices):
    """When mail is sent to a person."""

    AT_ONCE = "at_once", "Ngay khi có việc"
    DAILY = "daily", "Mỗi sáng một thư tổng hợp"
    NEVER = "never", "Không gửi thư, tôi xem trong phòng biên tập"


class MailChoice(models.Model):
    """How a person wants to get mail; without a row, at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người nhận"
    )
    delivery = models.CharField("nhận thư", max_length=10, choices=Delivery, default=Delivery.AT_ONCE)

    class Meta:
        verbose_name = "cách nhận thư"
        verbose_name_plural = "cách nhận thư"

    def __str__(self) -> str:
        return self.get_delivery_display()
