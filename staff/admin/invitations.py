"""The accounts that nobody has entered yet: invited by mail together, or printed together."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.confirming import ask_again
from accounts.models import Ticket, User
from accounts.models.user import not_entered
from departments.models import Position
from staff.admin.printing import print_page
from staff.admin.reach import context_of, require_administrator
from staff.letting_in import mail_links, print_invitations

MOST_SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
def invitations_page(request: HttpRequest) -> HttpResponse:
    """Show the accounts with their last invitation; on POST mail or print for the chosen ones."""
    require_administrator(request)
    if request.method == "POST":
        ask_again(request.user)  # who has the sheets comes in
        chosen = [int(pk) for pk in request.POST.getlist("account") if pk.isdecimal() and len(pk) < 19]
        users = list(waiting_accounts().filter(pk__in=chosen))
        if users:
            return _print(request, users) if "print" in request.POST else _mail(request, users)
        messages.error(request, "Chưa chọn tài khoản nào.")
    shown = list(waiting_accounts()[: MOST_SHOWN + 1])
    context = context_of(
        request,
        "Mời người mới vào",
        accounts=[_line(user) for user in shown[:MOST_SHOWN]],
        is_cut=len(shown) > MOST_SHOWN,
        with_mail=sum(bool(user.email) for user in shown),
    )
    return TemplateResponse(request, "admin/staff/invitations.html", context)


def waiting_accounts() -> QuerySet[User]:
    """Return the active accounts without a password, newest first, with their tickets and positions."""
    posts = Position.objects.on().select_related("department")
    users = User.objects.filter(not_entered(), is_active=True, is_superuser=False).select_related("person")
    return users.order_by("-pk").prefetch_related("tickets", Prefetch("person__positions", posts))


def _line(user: User) -> dict[str, object]:
    last: Ticket | None = next(iter(user.tickets.all()), None)
    posts = list(user.person.positions.all()) if hasattr(user, "person") else []
    return {"account": user, "last": last, "posts": posts, "is_live": bool(last and last.is_live)}


def _mail(request: HttpRequest, users: list[User]) -> HttpResponse:
    reached = [user for user in users if user.email]
    mail_links(reached, by=request.user)
    LogEntry.objects.log_actions(str(request.user.pk), reached, CHANGE, "Gửi lời mời.")
    left = len(users) - len(reached)
    note = f" {left} người chưa có thư điện tử: hãy in phiếu." if left else ""
    messages.success(request, f"{len(reached)} lời mời đang được gửi.{note}")
    return redirect("admin:staff_invitations")


def _print(request: HttpRequest, users: list[User]) -> HttpResponse:
    pairs = print_invitations(users, by=request.user)
    LogEntry.objects.log_actions(str(request.user.pk), users, CHANGE, "In phiếu vào lần đầu.")
    return print_page(request, pairs, back=reverse("admin:staff_invitations"))
