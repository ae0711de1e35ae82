"""Two administrators let a person who has lost the devices enrol anew: docs/decisions/0032.

One asks and gets the code, which is dead until another confirms; then it lives for half an hour, beside the
password, which no administrator knows. The person hears of each step by mail, administrators in the office.
"""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Purpose, Ticket, TwoAdminAct, TwoAdminRequest, User
from accounts.tickets import print_tickets
from accounts.two_admins import LIFE, ask, declare, release_tickets
from approvals.auditing import audit_act
from departments.access import administrators
from inbox.telling import tell
from staff.letting_in import CALL, tell_administrators, tell_owner

CODE_LIVES = datetime.timedelta(minutes=30)


@transaction.atomic
def ask_for_new_device(person: User, *, by: User, reason: str) -> tuple[Ticket, str]:
    """Ask for it; returns the ticket with its code, stored nowhere and dead until another confirms."""
    request = ask(TwoAdminAct.NEW_DEVICE, person, by=by, reason=reason)
    tell_administrators(request)
    _tell_step(person, f"{by} đề nghị cấp lại lối vào cho bạn: {reason}")
    return print_tickets([person], by=by, request=request, purpose=Purpose.NEW_DEVICE, life=LIFE)[0]


def _open_for_half_an_hour(request: TwoAdminRequest) -> None:
    release_tickets(request, ends_at=timezone.now() + CODE_LIVES)
    words = f"{request.answered_by} xác nhận đề nghị của {request.asked_by}. Mã dùng được trong 30 phút."
    _tell_step(request.about, words)


@transaction.atomic
def make_code_at_server(person: User, reason: str) -> str:
    """Make a code at the command line, for an office with one administrator; everybody is told."""
    words = f"Mã cấp lại lối vào của {person} được làm tại máy chủ: {reason}"
    audit_act("Cấp lại lối vào tại máy chủ", None, about=person, words=reason)
    _tell_step(person, words)
    others = administrators().exclude(pk=person.pk)
    about, address = str(person), reverse("admin:inbox")
    tell(others, "access", "Cấp lại lối vào", about=about, words=words, address=address, urgent=True)
    [(_, code)] = print_tickets([person], by=None, purpose=Purpose.NEW_DEVICE, life=CODE_LIVES)
    return code


def _tell_step(person: User, words: str) -> None:
    words = f"{words} Nếu bạn không nhờ việc này, {CALL}"
    tell_owner(person, "access", "Cấp lại lối vào", words, page="devices")


declare(TwoAdminAct.NEW_DEVICE, _open_for_half_an_hour)
