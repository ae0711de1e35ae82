"""The list of what waits for a second administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.confirming import ask_again
from accounts.models import TwoAdminRequest
from accounts.two_admins import AnswerRefused, answer
from staff.admin.entry import log
from staff.admin.reach import account_of, context_of, require_administrator
from staff.administrators import WAIT, may_confirm


@require_http_methods(["GET", "HEAD", "POST"])
def requests_page(request: HttpRequest) -> HttpResponse:
    """Show the open requests; on POST confirm, refuse or withdraw one."""
    require_administrator(request)
    if request.method == "POST":
        _answer(request)
        return redirect("admin:staff_requests")
    found = TwoAdminRequest.objects.open().select_related("about", "asked_by")
    past = TwoAdminRequest.objects.exclude(answered_at=None).select_related(
        "about", "asked_by", "answered_by"
    )
    context = context_of(request, "Chờ quản trị viên thứ hai", requests=found, past=past[:20])
    return TemplateResponse(request, "admin/staff/requests.html", context)


def _answer(request: HttpRequest) -> None:
    number = request.POST.get("request", "")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    asked = TwoAdminRequest.objects.filter(pk=pk).select_related("about").first()
    if asked is None:
        messages.error(request, "Việc này không còn trong danh sách.")
        return
    account_of(request, asked.about_id)
    confirms = "yes" in request.POST
    if confirms and not may_confirm(request.user):
        messages.error(request, f"Bạn mới làm quản trị viên: sau {WAIT.days} ngày mới xác nhận được.")
        return
    if confirms:
        ask_again(request.user)
    try:
        answer(asked, by=request.user, confirms=confirms)
    except AnswerRefused as refusal:
        messages.error(request, str(refusal))
        return
    log(request, asked.about, f"{'Xác nhận' if confirms else 'Không xác nhận'}: {asked.get_act_display()}.")
    messages.success(request, f"{'Đã xác nhận' if confirms else 'Đã từ chối'}: {asked}.")
