"""The pages of one account: let its person in, change its mail address."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.confirming import ask_again
from accounts.models import Ticket, TwoAdminAct, TwoAdminRequest, User
from accounts.tickets import FOR_A_PASSWORD
from accounts.two_admins import AskRefused
from staff.admin.printing import print_page
from staff.admin.reach import account_of, context_of
from staff.forms import EmailForm, ReasonForm
from staff.letting_in import Way, ask_for_email, mail_links, print_code, way_to_print


def log(request: HttpRequest, user: User, words: str) -> None:
    """Write what was done with an account in Django's log, from which the audit book takes it."""
    LogEntry.objects.log_actions(str(request.user.pk), [user], CHANGE, words)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_page(request: HttpRequest, id: int) -> HttpResponse:
    """Show how the person of an account comes in; on POST mail a link or print a code."""
    user = account_of(request, id)
    way = way_to_print(user)
    form = ReasonForm(request.POST if "print" in request.POST else None)
    if request.method == "POST" and user.is_active:
        ask_again(request.user)  # who has the sheet or the mail box comes in
        if "mail" in request.POST and user.email:
            return _mail(request, user)
        may_print = way is Way.ALONE or (way is Way.WITH_SECOND and form.is_valid())
        if "print" in request.POST and may_print and user != request.user:
            return _print(request, user, form.cleaned_data["reason"] if way is Way.WITH_SECOND else "")
    context = context_of(
        request,
        "Lời mời, mật khẩu",
        subtitle=str(user),
        account=user,
        form=form,
        tickets=Ticket.objects.filter(user=user, purpose__in=FOR_A_PASSWORD).select_related("made_by")[:5],
        needs_second=way is Way.WITH_SECOND,
        may_print=way is not Way.NEVER and user != request.user,
        open_request=TwoAdminRequest.objects.open().filter(act=TwoAdminAct.PRINTED_CODE, about=user).first(),
    )
    return TemplateResponse(request, "admin/staff/entry.html", context)


def _mail(request: HttpRequest, user: User) -> HttpResponse:
    mail_links([user], by=request.user)
    log(request, user, "Gửi đường dẫn đặt lại mật khẩu." if user.has_entered else "Gửi lời mời.")
    messages.success(request, f"Thư đang được gửi tới {user.email}.")
    return redirect("admin:staff_entry", user.pk)


def _print(request: HttpRequest, user: User, reason: str) -> HttpResponse:
    try:
        pair = print_code(user, by=request.user, reason=reason)
    except AskRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:staff_entry", user.pk)
    held = " (chờ quản trị viên thứ hai)" if reason else ""
    log(request, user, f"In mã đặt lại mật khẩu{held}." if user.has_entered else "In phiếu vào lần đầu.")
    return print_page(request, [pair], back=reverse("admin:staff_entry", args=[user.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def email_page(request: HttpRequest, id: int) -> HttpResponse:
    """Change the mail address of an account, or ask its owner and a second administrator to agree."""
    user = account_of(request, id)
    form = EmailForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_again(request.user)
        email, reason = form.cleaned_data["email"], form.cleaned_data["reason"]
        try:
            asked = ask_for_email(user, email, by=request.user, reason=reason)
        except AskRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:staff_email", user.pk)
        if asked:
            log(request, user, f"Yêu cầu đổi thư điện tử sang {email or 'để trống'}: {reason}")
            messages.success(request, _waits(user))
        else:
            log(request, user, f"Đổi thư điện tử sang {email or 'để trống'}: {reason}")
            messages.success(request, "Đã đổi thư điện tử.")
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[user.pk]))
    context = context_of(
        request,
        "Đổi thư điện tử",
        subtitle=str(user),
        account=user,
        form=form,
        open_request=TwoAdminRequest.objects.open().filter(act=TwoAdminAct.NEW_EMAIL, about=user).first(),
    )
    return TemplateResponse(request, "admin/staff/email.html", context)


def _waits(user: User) -> str:
    owner = f"chủ tài khoản đồng ý trong thư gửi tới {user.email}, hoặc " if user.email else ""
    return f"Địa chỉ đổi khi {owner}một quản trị viên khác xác nhận."
