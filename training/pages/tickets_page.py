"""Tickets on paper, a sheet for each unit, and by mail for everybody."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from approvals.auditing import audit_act
from events.timing import date_words, hour_words
from training.enums import EnrolmentStatus
from training.models import Participant
from training.pages.reach import context_of, crumbs_of, may_enrol, run_enrolment, unit_of
from training.telling import page_of_enrolment, page_of_unit
from training.tickets import is_over, send_ticket_letters, ticket_code


@require_safe
def unit_tickets(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tickets of a unit to be printed and cut."""
    unit = unit_of(request, pk)
    if not may_enrol(request.user, unit) or unit.enrolment.forgotten_on:
        raise PermissionDenied
    people = Participant.objects.placed().filter(unit=unit)
    event = unit.enrolment.event
    context = context_of(
        request,
        "Vé của đơn vị",
        *crumbs_of(request, unit),
        (str(unit), page_of_unit(unit)),
        unit=unit,
        event=event,
        when=f"{hour_words(event)}, {date_words(event)}",
        tickets=[(person, ticket_code(person)) for person in people],
    )
    return render(request, "admin/training/tickets.html", context)


@require_POST
@transaction.atomic
def mail_tickets(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the tickets to those who have none yet."""
    enrolment = run_enrolment(request, pk)
    if enrolment.status == EnrolmentStatus.PREPARING or enrolment.forgotten_on or is_over(enrolment):
        messages.error(request, "Chưa mở đăng ký hoặc sự kiện đã xong nên không gửi vé.")
        return redirect(page_of_enrolment(enrolment))
    count = send_ticket_letters(enrolment, by=request.user)
    if count:
        audit_act("Gửi vé dự", request.user, about=enrolment, words=f"{count} thư")
        messages.success(request, f"Đang gửi {count} thư có vé. Ai không có thư thì in vé theo đơn vị.")
    else:
        messages.info(request, "Ai có địa chỉ thư đều đã được gửi vé.")
    return redirect(page_of_enrolment(enrolment))
