"""The administrator's page of what is missing, with a button for what the site can do by itself."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from approvals.auditing import audit_act
from foundation.language.school_years import school_year_on
from inbox.telling import tell
from newsroom.first_day import steps
from newsroom.first_day.missing import what_is_missing


def _make_sections(request: HttpRequest) -> str:
    made = steps.make_sections()
    return f"Đã lập {made} chuyên mục; sửa tên ở mục Chuyên mục, thẻ." if made else "Đã có chuyên mục."


def _make_year(request: HttpRequest) -> str:
    made = steps.make_school_year()
    days = steps.make_days_off(steps.fixed_days_off(school_year_on(timezone.localdate())))
    words = f"Đã lập năm học {made}" if made else "Năm học đã có"
    return f"{words}, thêm {days} ngày nghỉ cố định. Tết, Giỗ Tổ theo âm lịch: hãy ghi ở mục Ngày nghỉ."


def _send_trial(request: HttpRequest) -> str:
    email = getattr(request.user, "email", "")
    if not email:
        return "Tài khoản của bạn chưa có thư điện tử: hãy ghi rồi gửi thử lại."
    words = "Thư này cho biết máy chủ thư nhận thư của hệ thống."
    about = f"thư từ {settings.DEFAULT_FROM_EMAIL}"
    tell([request.user], "mail_trial", "Thư thử", about=about, words=words, address=_page(), certain=True)
    return f"Thư thử đang đi tới {email}; trong một phút, điều “Gửi thư” hết là máy chủ đã nhận."


ACTS: dict[str, tuple[str, Callable[[HttpRequest], str]]] = {
    "sections": ("Lập bốn chuyên mục đề nghị", _make_sections),
    "year": ("Lập năm học này và ngày nghỉ cố định", _make_year),
    "mail": ("Gửi thư thử cho tôi", _send_trial),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def missing_page(request: HttpRequest) -> HttpResponse:
    """Show what is missing; a button does one thing and comes back."""
    if not request.user.has_perm("accounts.change_user"):
        raise PermissionDenied
    if request.method == "POST":
        label, act = ACTS.get(request.POST.get("act", ""), ("", None))
        if act is None:
            raise BadRequest("unknown act")
        messages.success(request, act(request))
        audit_act(f"Dựng trang: {label}", request.user)
        return redirect(_page())
    found = [(one, ACTS[one.act][0] if one.act else "") for one in what_is_missing()]
    context = admin.site.each_context(request) | {
        "title": "Còn thiếu gì",
        "stopping": [pair for pair in found if pair[0].stops],
        "advice": [pair for pair in found if not pair[0].stops],
    }
    return render(request, "admin/first_day/missing.html", context)


def _page() -> str:
    return reverse("admin:missing")
