"""The pages outside the door: the link of a letter, a printed code, a new password, a forgotten one."""

import time
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.devices import remember_device
from accounts.models import Purpose, Ticket, User
from accounts.tickets import TicketSpent, choose_password, find_ticket, spend
from accounts.two_admins import AnswerRefused, answer
from approvals.auditing import audit_act
from foundation.limiting.limits import count_ask, too_many
from foundation.limiting.visitors import network_of
from staff.forgotten import send_resets
from staff.forms import ChoosePasswordForm, CodeForm, ForgottenForm
from staff.letting_in import tell_password_chosen

HELD = "ticket"  # in the session: the token, so that it leaves the address bar


def _page(request: HttpRequest, name: str, title: str, status: int = 200, **words: Any) -> HttpResponse:
    context = admin.site.each_context(request) | {"title": title} | words
    return TemplateResponse(request, f"admin/staff/{name}.html", context, status=status)


@require_safe
def enter_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the link's token in the session and lead on. Looking uses nothing up: mail scanners look too."""
    ticket = find_ticket(token)
    if ticket is None:
        return _spent(request)
    return _lead_on(request, ticket)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_by_code(request: HttpRequest) -> HttpResponse:
    """Ask for the name and the code of a printed sheet."""
    if request.method == "POST" and (wait := count_ask("entry_code", network_of(request))):
        return too_many(wait)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.ticket:
        return _lead_on(request, form.ticket)
    return _page(request, "enter_by_code", "Vào bằng mã trên phiếu", form=form)


def _lead_on(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    request.session.cycle_key()  # whoever planted the cookie before does not hold the ticket as well
    request.session[HELD] = ticket.token
    return redirect("admin:confirm_email" if ticket.purpose == Purpose.NEW_EMAIL else "admin:choose_password")


def _held(request: HttpRequest, *purposes: Purpose) -> Ticket | None:
    ticket = find_ticket(request.session.get(HELD, ""))
    return ticket if ticket and ticket.purpose in purposes else None


def _spent(request: HttpRequest) -> HttpResponse:
    return _page(request, "spent", "Đường dẫn không còn dùng được", status=410)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password_page(request: HttpRequest) -> HttpResponse:
    """Let the holder of a ticket choose the password. They sign in afterwards like everybody."""
    ticket = _held(request, Purpose.INVITATION, Purpose.RESET)
    if ticket is None:
        return _spent(request)
    form = ChoosePasswordForm(ticket.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _choose(ticket, form.cleaned_data["new_password1"])
        except TicketSpent:
            return _spent(request)
        del request.session[HELD]
        entered = _page(request, "entered", "Đã đặt mật khẩu", account=user)
        remember_device(request, entered, user)  # strangers who guess at the name do not lock it here
        return entered
    title = "Chọn mật khẩu" if ticket.purpose == Purpose.INVITATION else "Chọn mật khẩu mới"
    return _page(request, "choose_password", title, form=form, account=ticket.user)


@transaction.atomic
def _choose(ticket: Ticket, password: str) -> User:
    is_first = not ticket.user.has_entered
    user = choose_password(ticket, password)
    done = "Chọn mật khẩu lần đầu" if is_first else "Đặt lại mật khẩu"
    audit_act(f"{done} bằng {'thư' if ticket.email else 'mã in'}", user, about=user)
    tell_password_chosen(user, is_first=is_first)
    return user


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email_page(request: HttpRequest) -> HttpResponse:
    """Let the owner of the old address agree to the new one, or refuse."""
    ticket = _held(request, Purpose.NEW_EMAIL)
    asked = ticket.request if ticket else None
    if ticket is None or asked is None:
        return _spent(request)
    if request.method != "POST":
        return _page(request, "confirm_email", "Đổi thư điện tử", asked=asked, account=ticket.user)
    agrees = "yes" in request.POST
    try:
        with transaction.atomic():
            spend(ticket)
            answer(asked, by=None, confirms=agrees)
            said = "đồng ý" if agrees else "không đồng ý"
            audit_act(f"Chủ tài khoản {said} đổi thư điện tử", None, about=ticket.user)
    except (TicketSpent, AnswerRefused):
        return _spent(request)
    del request.session[HELD]
    return _page(request, "email_answered", "Đã trả lời", agrees=agrees, email=asked.facts["email"])


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_page(request: HttpRequest) -> HttpResponse:
    """Ask whose password is forgotten; the answer is the same for every name."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := count_ask("password_reset", network_of(request)):
            return too_many(wait)
        began = time.monotonic()
        send_resets(form.cleaned_data["name"])
        # Writing letters takes a while, longer than nothing: both are answered at the same moment.
        time.sleep(max(0, began + settings.FORGOTTEN_SECONDS - time.monotonic()))
        return _page(
            request, "forgotten_sent", "Xem hộp thư của bạn", from_address=settings.DEFAULT_FROM_EMAIL
        )
    return _page(request, "forgotten", "Quên mật khẩu", form=form)
