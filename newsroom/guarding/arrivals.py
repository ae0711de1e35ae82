"""What follows when somebody has signed in, or was refused: the device is noted, the person is told."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.devices import remember_device
from accounts.models import Device
from accounts.sessions import DEVICE
from foundation.limiting.limits import too_many
from inbox.telling import tell

KNOWN_AS = "device_with"  # in the session: the password's session hash with which the device was noted


class ArrivalsMiddleware:
    """Answer 429 when the brakes refused a try; note the device of who has just come in.

    It looks at the session and not at a form, so it holds for every way of signing in. A change of password
    notes the device anew, with a new secret.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if wait := getattr(request, "sign_in_wait", 0):
            return too_many(wait, "admin/locked_out.html", request=request)
        if request.session.modified and request.user.is_authenticated:
            _note_device(request, response)
        return response


def _note_device(request: Any, response: HttpResponse) -> None:
    session_hash = request.user.get_session_auth_hash()
    if request.session.get(KNOWN_AS) == session_hash:
        return
    device, is_new = remember_device(request, response, request.user)
    request.session[DEVICE], request.session[KNOWN_AS] = device.pk, session_hash
    if is_new:
        _tell_of(device)


def _tell_of(device: Device) -> None:
    tell(
        [device.user],
        "access",
        "Đăng nhập trên máy lạ",
        about=device.words,
        words="Tài khoản của bạn vừa được dùng trên một máy mà hệ thống chưa gặp. Nếu không phải bạn: "
        "đổi mật khẩu ngay, rồi mở “Thiết bị của tôi” để đăng xuất mọi nơi khác.",
        address=reverse("admin:devices"),
        once=f"device:{device.pk}",
        certain=True,
    )
