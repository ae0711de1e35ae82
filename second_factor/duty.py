"""Who must have a device besides the password, and who has one.

The roles with the duty are data: the setting SECOND_FACTOR_ROLES. Empty, as in the demo, nobody must; whoever
has a device is asked for it all the same.
"""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from accounts.models import User
from departments.access import rights


def must_have_device(user: Any) -> bool:
    """Whether a position in force today, or being a superuser, makes the second factor a duty."""
    duty = settings.SECOND_FACTOR_ROLES
    held = rights(user)
    return bool(duty and held and (user.is_superuser or any(p.role in duty for p in held.positions)))


def has_device(user: Any) -> bool:
    """Whether the account has a passkey or a code app. Recovery codes are no device. Makes one query."""
    apps = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    keys = WebAuthnCredential.objects.filter(user=OuterRef("pk"), confirmed=True)
    return User.objects.filter(Q(Exists(apps)) | Q(Exists(keys)), pk=user.pk).exists()
