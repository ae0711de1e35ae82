"""Where people are signed in, and on which devices."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from accounts.sessions import SessionStore


class Device(models.Model):
    """A browser on which a person has signed in: `accounts.devices` recognises it by its cookie."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices", verbose_name="tài khoản"
    )
    words = models.CharField("máy", max_length=80)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    # The session hash of the password with which it was used last; with another password it is a stranger's.
    auth_hash = models.CharField(max_length=128, editable=False)
    first_at = models.DateTimeField("thấy lần đầu", default=timezone.now)
    last_at = models.DateTimeField("đăng nhập lần cuối", default=timezone.now)

    class Meta:
        verbose_name = "máy đã đăng nhập"
        verbose_name_plural = "máy đã đăng nhập"

    def __str__(self) -> str:
        return self.words


class Session(AbstractBaseSession):
    """A session: where somebody is signed in. Written by `accounts.sessions.SessionStore` alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        db_constraint=False,  # the data of a session may name an account that was deleted meanwhile
        related_name="sessions",
        verbose_name="tài khoản",
    )
    device = models.ForeignKey(
        Device,
        models.SET_NULL,
        null=True,
        db_constraint=False,
        related_name="sessions",
        verbose_name="máy",
    )
    auth_hash = models.CharField(max_length=128, blank=True, editable=False)
    began_at = models.DateTimeField("đăng nhập lúc", default=timezone.now)
    seen_at = models.DateTimeField("hoạt động lần cuối", default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "phiên"
        verbose_name_plural = "phiên"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore
