"""A one-use, dated right, carried by the link of a mail or by a code on paper."""

from typing import Self

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models.two_admins import TwoAdminRequest
from foundation.language.fields import NormalEmailField


class Purpose(models.TextChoices):
    """What the ticket lets its holder do."""

    INVITATION = "invitation", "Lời mời"
    RESET = "reset", "Đặt lại mật khẩu"
    NEW_EMAIL = "new_email", "Xác nhận đổi thư điện tử"
    NEW_DEVICE = "new_device", "Thêm cách xác nhận thay cái đã mất"


class TicketQuerySet(models.QuerySet):
    """Tickets."""

    def usable(self) -> Self:
        """Return the tickets that may be used now: unused, not expired, not held back, of an active account.

        A ticket that was mailed counts only while the account still has the address it went to; an invitation
        only until somebody has entered, also one that was printed at the same moment.
        """
        invited = models.Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        still_theirs = models.Q(email="") | models.Q(email=models.F("user__email"))
        rows = self.filter(still_theirs, used_at=None, is_held=False, ends_at__gt=timezone.now())
        return rows.filter(invited | ~models.Q(purpose=Purpose.INVITATION), user__is_active=True)


class Ticket(models.Model):
    """Lets the person of one account do one thing once (`purpose`), until `ends_at`.

    No secret is stored: the token of a mailed link is computed from the row and SECRET_KEY, of a printed code
    only a keyed hash is kept. Rows are deleted some days after use or expiry (`accounts.tickets`).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tickets", verbose_name="tài khoản"
    )
    purpose = models.CharField("để làm gì", max_length=12, choices=Purpose)
    email = NormalEmailField("gửi tới", blank=True)  # of a mailed link; empty for a printed code
    salt = models.CharField(max_length=32, editable=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    # A printed code that waits for the second administrator.
    is_held = models.BooleanField("chờ quản trị viên thứ hai", default=False)
    request = models.ForeignKey(
        TwoAdminRequest, models.CASCADE, null=True, related_name="tickets", verbose_name="yêu cầu"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người tạo"
    )
    made_at = models.DateTimeField("tạo lúc", default=timezone.now)
    ends_at = models.DateTimeField("dùng đến")
    used_at = models.DateTimeField("dùng lúc", null=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu vào cửa"
        verbose_name_plural = "phiếu vào cửa"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.user}"

    @property
    def is_live(self) -> bool:
        """Whether it was neither used nor has it expired."""
        return self.used_at is None and self.ends_at > timezone.now()

    @property
    def token(self) -> str:
        """The secret part of the link's address; the same each time, so a mail sent twice has one link."""
        told = f"{self.pk}:{self.user_id}:{self.purpose}:{self.salt}"
        return f"{self.pk}-{salted_hmac('accounts.Ticket', told, algorithm='sha256').hexdigest()}"
