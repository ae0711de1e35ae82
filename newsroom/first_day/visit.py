"""The first visit: a code, whose site it is and who administers it, then the administrator's password."""

from typing import Any

from django.contrib import admin
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import Ticket
from accounts.tickets import print_tickets
from foundation.limiting.limits import count_ask, too_many
from foundation.limiting.visitors import network_of
from identity.models import SiteIdentity
from newsroom.first_day import steps
from newsroom.first_day.forms import AdministratorForm, IdentityForm, OpeningForm
from newsroom.first_day.opening import CodeSpent, is_good, is_open, spend_opening_code
from staff.door import HELD as TICKET

HELD = "opening_code"  # in the session of who typed it
UNKNOWN = "Mã chưa đúng, đã dùng hoặc đã hết hạn. Chạy lại lệnh setup trên máy chủ để có mã khác."
TAKEN = "Trang vừa có quản trị viên, hoặc mã đã dùng. Hãy hỏi người vừa dựng trang."


def _page(request: HttpRequest, name: str, title: str, status: int = 200, **words: Any) -> HttpResponse:
    context = admin.site.each_context(request) | {"title": title} | words
    return TemplateResponse(request, f"admin/first_day/{name}.html", context, status=status)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def opening_page(request: HttpRequest) -> HttpResponse:
    """Ask for the code. There is no such page once the site has an administrator."""
    if not is_open():
        raise Http404
    form = OpeningForm(request.POST or None)
    if request.method == "POST":
        if wait := count_ask("entry_code", network_of(request)):
            return too_many(wait)
        if form.is_valid():
            if is_good(form.cleaned_data["code"]):
                request.session.cycle_key()
                request.session[HELD] = form.cleaned_data["code"]
                return redirect("admin:first_visit_whose")
            form.add_error("code", UNKNOWN)
    return _page(request, "opening", "Dựng trang", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def whose_page(request: HttpRequest) -> HttpResponse:
    """Ask whose site it is and who administers it; one code makes one administrator."""
    if not is_open():
        raise Http404
    code = request.session.get(HELD, "")
    if not is_good(code):
        return redirect("admin:first_visit")
    said = SiteIdentity.objects.at(timezone.localdate()).first()
    whose, who = IdentityForm(request.POST or None, instance=said), AdministratorForm(request.POST or None)
    refused = ""
    if request.method == "POST" and whose.is_valid() & who.is_valid():
        try:
            ticket = _set_up(code, whose, who)
        except (CodeSpent, IntegrityError):
            refused = TAKEN
        else:
            del request.session[HELD]
            request.session[TICKET] = ticket.token
            return redirect("admin:choose_password")
    status = 409 if refused else 200
    return _page(request, "whose", "Trang của ai", status, whose=whose, who=who, refused=refused)


@transaction.atomic
def _set_up(code: str, whose: IdentityForm, who: AdministratorForm) -> Ticket:
    spend_opening_code(code)
    row = whose.instance
    steps.say_identity(row)
    since = who.cleaned_data["office_since"] or who.fields["office_since"].initial
    unit, _ = steps.open_office(**steps.words_of(row), since=since)
    user = steps.appoint_administrator(unit, **who.facts)
    [(ticket, _)] = print_tickets([user], by=None)
    return ticket
