"""“Quên mật khẩu?”: a person asks for a reset; the answer never says whether there is such an account."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Purpose, Ticket, User
from accounts.models.user import not_entered
from accounts.tickets import mail_tickets
from approvals.auditing import audit_act
from foundation.limiting.limits import count_ask
from inbox.telling import send_tickets
from staff.letting_in import RESET

PAUSE = datetime.timedelta(minutes=5)  # of one account, so that nobody fills another's mail box
_MOST = 5  # accounts with the same address


@transaction.atomic
def send_resets(typed: str) -> int:
    """Put a letter into the outbox for each account with this name or mail address; returns how many.

    None for an account that is locked, has no address, or was sent one a few minutes ago, and for a name that
    was asked for too often. None for an account that nobody has entered: it has no password to forget; the
    administrator invites once more.
    """
    typed = typed.strip()
    if count_ask("password_reset_name", typed.lower()):
        return 0
    named = Q(username__iexact=typed) | Q(email__iexact=typed)
    recent = Ticket.objects.filter(purpose=Purpose.RESET, made_at__gt=timezone.now() - PAUSE)
    users = User.objects.filter(named, is_active=True).exclude(not_entered()).exclude(email="")
    found = list(users.exclude(pk__in=recent.values("user"))[:_MOST])
    for user in found:
        audit_act("Xin đặt lại mật khẩu", None, about=user)
    return send_tickets(mail_tickets(found, Purpose.RESET, by=None), "Đặt lại mật khẩu", RESET)
