"""What one administrator asks for and another must confirm before it happens."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.language.fields import NormalCharField


class TwoAdminAct(models.TextChoices):
    """What happens when the second administrator confirms; `accounts.two_admins.declare` says how."""

    PRINTED_CODE = "printed_code", "In mã đặt lại mật khẩu"
    NEW_EMAIL = "new_email", "Đổi thư điện tử"
    NEW_DEVICE = "new_device", "Cấp lại lối vào"


class TwoAdminQuerySet(models.QuerySet):
    """Requests."""

    def open(self) -> Self:
        """Return the requests that may still be answered."""
        return self.filter(answered_at=None, ends_at__gt=timezone.now())


class TwoAdminRequest(models.Model):
    """One act about one account: asked by one administrator, answered by another, never by the same.

    `answered_by` stays empty where the person of the account answered from their own old mail address.
    """

    act = models.CharField("việc", max_length=20, choices=TwoAdminAct)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="tài khoản"
    )
    reason = NormalCharField("lý do", max_length=200)
    # What the act needs: the new address. And whether the administrator who asked took it back.
    facts = models.JSONField("chi tiết", default=dict, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    asked_at = models.DateTimeField("yêu cầu lúc", default=timezone.now)
    ends_at = models.DateTimeField("chờ đến")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    is_confirmed = models.BooleanField("đã đồng ý", default=False)

    objects = TwoAdminQuerySet.as_manager()

    class Meta:
        verbose_name = "việc cần hai quản trị viên"
        verbose_name_plural = "việc cần hai quản trị viên"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="two_different_administrators",
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="nobody_confirms_about_themselves",
                condition=Q(answered_by=None) | Q(is_confirmed=False) | ~Q(answered_by=F("about")),
            ),
            models.UniqueConstraint(
                fields=["act", "about"], condition=Q(answered_at=None), name="one_open_request_an_act"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.about}"

    @property
    def outcome(self) -> str:
        """How an answered request ended, in words."""
        if self.answered_by:
            return f"{self.answered_by} {'xác nhận' if self.is_confirmed else 'từ chối'}"
        if self.is_confirmed:
            return "chủ tài khoản đồng ý"
        if self.ends_at == self.answered_at:
            return "đã thay bằng yêu cầu khác"
        return "người yêu cầu rút lại" if self.facts.get("withdrawn") else "chủ tài khoản từ chối"
