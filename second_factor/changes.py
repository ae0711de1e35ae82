"""What follows when a device is added or removed: the audit book, and word to the person.

The mail goes out whatever the person has chosen to get: whoever took the account over would choose silence.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from approvals.auditing import audit_act
from inbox.telling import tell
from second_factor.duty import has_device
from second_factor.recovery import remove_codes
from second_factor.resets import finish_reset
from second_factor.standing import RESET, pass_second_factor, who_is_at_door

NOT_YOU = (
    "Nếu không phải bạn làm, hãy đổi mật khẩu ngay, mở “Thiết bị của tôi” để gỡ điều lạ, và gọi quản trị "
    "của Sở."
)


def note_added(request: HttpRequest, person: Any, device: Device, what: str) -> None:
    """Note a new device, let in who was at the door with it, end a reset that it answers."""
    reset = request.session.pop(RESET, None) if who_is_at_door(request) else None
    if reset:
        remove_devices(person, but=device)
        finish_reset(reset, person)
    pass_second_factor(request, device)
    note_change(person, f"Thêm {what}")


def note_change(person: Any, act: str) -> None:
    """Write the act in the audit book and tell the person in the office and by mail."""
    audit_act(act, person, about=person)
    tell(
        [person],
        "access",
        "Cách xác nhận khi đăng nhập",
        about=act,
        words=f"{act}, trong tài khoản {person.username}. {NOT_YOU}",
        address=reverse("admin:devices"),
        certain=True,
    )


def remove_devices(person: Any, *, but: Device | None = None) -> None:
    """Remove all devices of the person and their recovery codes, except the one just added."""
    for kind in (TOTPDevice, WebAuthnCredential):
        kept = but.pk if isinstance(but, kind) else None
        kind.objects.filter(user=person).exclude(pk=kept).delete()
    remove_codes(person)


def remove_device(person: Any, device: Device, what: str) -> None:
    """Remove one; with the last one the recovery codes go too, as they open nothing alone."""
    device.delete()
    if not has_device(person):
        remove_codes(person)
    note_change(person, f"Gỡ {what}")
