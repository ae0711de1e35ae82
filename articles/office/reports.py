"""Reports: what was public at a moment, what waits how long, the audit book as a file."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from approvals.auditing import audit_act
from approvals.models import AuditEntry
from articles.office import public_on
from articles.office import waits as waiting
from foundation.exporting.files import XLSX, csv_lines, xlsx_bytes

SHOWN = 200
PUBLIC_HEADINGS = (
    "Số bài",
    "Tiêu đề",
    "Đơn vị",
    "Chuyên mục",
    "Bản",
    "Mã băm",
    "Bạn đọc thấy từ",
    "Người duyệt, tư cách",
)
WAIT_HEADINGS = (
    "Đơn vị",
    "Tiêu đề",
    "Trạng thái",
    "Gửi lúc",
    "Đã chờ (giờ)",
    "Hạn trả lời",
    "Quá hạn",
    "Người giữ",
)
BOOK_HEADINGS = (
    "Dòng",
    "Lúc",
    "Người làm",
    "Tư cách",
    "Việc",
    "Hồ sơ",
    "Ghi chú",
    "Từ địa chỉ",
    "Mã niêm phong",
)


class ReportMomentForm(forms.Form):
    """A day and a time; the moment is the end of that minute."""

    luc = forms.DateTimeField(
        label="Ngày, giờ",
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local", "class": "input"}, "%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Hãy chọn ngày và giờ, ví dụ 20/11/2026 17:00."},
    )

    def clean_luc(self) -> datetime.datetime:
        return self.cleaned_data["luc"].replace(second=59, microsecond=999_999)


class DaysForm(forms.Form):
    """A first and a last day, both optional."""

    tu = forms.DateField(
        label="Từ ngày", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    den = forms.DateField(
        label="Đến ngày", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


def _auditor(request: HttpRequest) -> None:
    if not request.user.has_perm("approvals.view_auditentry"):
        raise PermissionDenied


@never_cache
@require_safe
def public_moment(request: HttpRequest) -> HttpResponse:
    """What was public at a moment: the first SHOWN rows on the page, all in the file."""
    _auditor(request)
    form = ReportMomentForm({"luc": request.GET.get("luc") or f"{timezone.localtime():%Y-%m-%dT%H:%M}"})
    shown = public_on.public_at(form.cleaned_data["luc"]) if form.is_valid() else []
    if form.is_valid() and request.GET.get("tep"):
        words = f"Bài công khai lúc {timezone.localtime(form.cleaned_data['luc']):%H:%M %d/%m/%Y}"
        return table_file(request, "cong-khai", words, PUBLIC_HEADINGS, public_on.rows_of(shown))
    more = {"form": form, "count": len(shown), "rows": public_on.rows_of(shown[:SHOWN])}
    return _page(request, "public_moment", "Công khai ngày nào", PUBLIC_HEADINGS, more)


@never_cache
@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """What waits in the units this person watches."""
    if not waiting.units_watched_by(request.user):
        raise PermissionDenied
    units = waiting.waits(request.user)
    if request.GET.get("tep"):
        return table_file(request, "dang-cho", "Bài đang chờ", WAIT_HEADINGS, waiting.rows_of(units))
    return _page(request, "waits", "Đang chờ bao lâu", WAIT_HEADINGS, {"units": units})


@never_cache
@require_safe
def audit_book(request: HttpRequest) -> HttpResponse:
    """The audit book between two days, as a file, oldest first, so that the seals can be checked."""
    _auditor(request)
    form = DaysForm(request.GET)
    days = form.cleaned_data if form.is_valid() else {}
    entries = AuditEntry.objects.select_related("seal").order_by("pk")
    if days.get("tu"):
        entries = entries.filter(at__gte=_midnight(days["tu"]))
    if days.get("den"):
        entries = entries.filter(at__lt=_midnight(days["den"] + datetime.timedelta(days=1)))
    rows = (_entry_cells(entry) for entry in entries.iterator(chunk_size=1000))
    return table_file(request, "so-kiem-tra", "Nhật ký kiểm toán", BOOK_HEADINGS, rows)


def _entry_cells(entry: AuditEntry) -> tuple[str, ...]:
    return (
        str(entry.pk),
        f"{timezone.localtime(entry.at):%H:%M:%S %d/%m/%Y}",
        entry.actor_name,
        entry.capacity,
        entry.action,
        entry.about,
        entry.note,
        entry.address,
        f"{entry.seal.number}:{entry.seal.sha256}" if hasattr(entry, "seal") else "",
    )


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def table_file(
    request: HttpRequest, name: str, words: str, headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> HttpResponse:
    """Returns the table as a file (xlsx or csv by `?tep=`) and writes an audit entry about it."""
    audit_act(f"Xuất: {words}", request.user)
    kind = "xlsx" if request.GET.get("tep") == "xlsx" else "csv"
    if kind == "xlsx":
        answer = HttpResponse(xlsx_bytes(headings, rows), content_type=XLSX)
    else:
        answer = StreamingHttpResponse(csv_lines(headings, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _page(
    request: HttpRequest, name: str, title: str, headings: Sequence[str], more: dict[str, Any]
) -> HttpResponse:
    context = admin.site.each_context(request) | {"title": title, "headings": headings} | more
    context["may_audit"] = request.user.has_perm("approvals.view_auditentry")
    return render(request, f"admin/articles/{name}.html", context)


def urls(site: admin.AdminSite) -> list:
    """Returns the admin URLs of the reports."""
    return [
        path("kiem-tra/cong-khai/", site.admin_view(public_moment), name="public_moment"),
        path("kiem-tra/dang-cho/", site.admin_view(waits), name="waits"),
        path("kiem-tra/so/", site.admin_view(audit_book), name="audit_book"),
    ]
