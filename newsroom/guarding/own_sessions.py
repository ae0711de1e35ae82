"""“Đang đăng nhập ở đâu”: the person's own sessions, for the page of devices; ending one, or all others."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.confirming import ask_again
from accounts.ending import end_session, end_sessions, forget_devices, own_sessions, public_name
from accounts.sessions import DEVICE
from approvals.auditing import audit_act
from departments.access import administrators
from inbox.telling import tell

NEW = 24 * 3600  # seconds in which a device is said to be new
PHONES = ("iPhone", "Điện thoại")
NOT_ME = "Đăng xuất mọi nơi khác (không phải tôi)"


def list_own(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the person's sessions for the panel (admin/accounts/_sessions.html), this one first."""
    here = request.session.session_key
    rows = [
        {
            "name": public_name(session),
            "words": session.device.words if session.device else "Máy không rõ loại",
            "is_phone": session.device is not None and session.device.words.startswith(PHONES),
            "is_here": session.session_key == here,
            "is_new": _is_new(session),
            "began_at": session.began_at,
            "seen_at": session.seen_at,
        }
        for session in own_sessions(request.user)
    ]
    return sorted(rows, key=lambda row: not row["is_here"])


def _is_new(session: Any) -> bool:
    """The device was first seen within a day, and the person has others that are older."""
    device = session.device
    if device is None or (timezone.now() - device.first_at).total_seconds() > NEW:
        return False
    return session.user.devices.filter(first_at__lt=device.first_at).exists()


@require_POST
def end_one(request: HttpRequest, name: str) -> HttpResponse:
    """End one of one's own sessions."""
    if end_session(request.user, name):
        audit_act("Đăng xuất một nơi khác", request.user)
        messages.success(request, "Đã đăng xuất nơi ấy.")
    else:
        messages.info(request, "Phiên ấy đã hết từ trước.")
    return redirect("admin:devices")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """“Không phải tôi”: end all sessions but this one, make other devices strange, tell administrators."""
    person = request.user
    ask_again(person)
    with transaction.atomic():
        count = end_sessions(person, but=request.session.session_key)
        forget_devices(person, but=request.session.get(DEVICE))
        audit_act(NOT_ME, person, words=f"{count} phiên đã hết.")
        tell(
            administrators().exclude(pk=person.pk),
            "access",
            "Có người báo bị dùng tài khoản",
            about=f"{person} ({person.username})",
            words=f"{person} thấy một nơi đăng nhập không phải của mình, đã đăng xuất mọi nơi khác ({count} "
            "phiên). Hãy xem Nhật ký kiểm tra của tài khoản này và hỏi lại người ấy.",
            address=reverse("admin:accounts_user_change", args=[person.pk]),
            urgent=True,
        )
    messages.success(
        request, f"Đã đăng xuất mọi nơi khác ({count} phiên) và báo quản trị viên. Hãy đổi mật khẩu ngay."
    )
    return redirect("admin:devices")
