"""Make tickets, find the one that somebody holds, use it once, delete it afterwards."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string

from accounts.codes import hash_code, make_code
from accounts.models import Purpose, Ticket, TwoAdminRequest, User

LIVES = {
    Purpose.INVITATION: datetime.timedelta(days=7),
    Purpose.RESET: datetime.timedelta(hours=1),
    Purpose.NEW_EMAIL: datetime.timedelta(days=7),
}
PRINTED_LIFE = datetime.timedelta(days=7)
# Either of them sets the password: a newer one ends the others. The rest end only their like.
FOR_A_PASSWORD = (Purpose.INVITATION, Purpose.RESET)
# For so long the holder of an old link is told that it was used or expired, instead of “unknown”.
KEPT = datetime.timedelta(days=7)
_LONGEST_TOKEN = 100


class TicketSpent(Exception):
    """The ticket was used or replaced a moment ago."""


@transaction.atomic
def mail_tickets(
    users: Iterable[User], purpose: Purpose, *, by: User | None, request: TwoAdminRequest | None = None
) -> list[Ticket]:
    """Make a ticket for each account's mail address; older ones of the same kind end. Sends nothing yet.

    Without `by` a stranger may have asked: nothing ends, so that nobody makes another's letter useless.
    Two queries, however many accounts there are.
    """
    users = list(users)
    if by is not None:
        _end_older(users, purpose)
    now = timezone.now()
    return Ticket.objects.bulk_create(
        Ticket(
            user=user,
            purpose=purpose,
            email=user.email,
            salt=get_random_string(22),
            made_by=by,
            made_at=now,
            ends_at=now + LIVES[purpose],
            request=request,
        )
        for user in users
    )


@transaction.atomic
def print_tickets(
    users: Iterable[User],
    *,
    by: User | None,
    request: TwoAdminRequest | None = None,
    purpose: Purpose | None = None,
    life: datetime.timedelta = PRINTED_LIFE,
) -> list[tuple[Ticket, str]]:
    """Make a ticket with a code for each account and return it with the code, which is stored nowhere.

    Without `purpose` it is for the password, the first or another one. With `request`, the codes do nothing
    until the second administrator confirms. Older tickets end.
    """
    pairs = [(user, make_code()) for user in users]
    _end_older([user for user, _ in pairs], purpose)
    ends_at = timezone.now() + life
    made = Ticket.objects.bulk_create(
        Ticket(
            user=user,
            purpose=purpose or (Purpose.RESET if user.has_entered else Purpose.INVITATION),
            salt=get_random_string(22),
            code_hash=hash_code(user.pk, code),
            is_held=request is not None,
            request=request,
            made_by=by,
            ends_at=ends_at,
        )
        for user, code in pairs
    )
    return [(ticket, code) for ticket, (_, code) in zip(made, pairs, strict=True)]


def _end_older(users: list[User], purpose: Purpose | None) -> None:
    """End the tickets that new ones replace: whoever chooses a password needs one way to do it."""
    older = Ticket.objects.filter(user__in=users, used_at=None, ends_at__gt=timezone.now())
    ended = FOR_A_PASSWORD if purpose in (None, *FOR_A_PASSWORD) else (purpose,)
    older.filter(purpose__in=ended).update(ends_at=timezone.now())


def find_ticket(token: str) -> Ticket | None:
    """Return the usable ticket of a link's token; None for any other text."""
    number, _, _ = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(token) <= _LONGEST_TOKEN and len(number) < 19):
        return None
    ticket = Ticket.objects.usable().select_related("user", "request").filter(pk=int(number)).first()
    return ticket if ticket and constant_time_compare(ticket.token, token) else None


def find_by_code(username: str, code: str, purposes: Collection[Purpose] = FOR_A_PASSWORD) -> Ticket | None:
    """Return the usable ticket of an account's printed code; None if the name or the code is another."""
    user = User.objects.filter(username__iexact=username.strip()).first()
    # A hash is computed for an unknown name too, so that the time says nothing about names.
    wanted = hash_code(user.pk if user else 0, code)
    held = Ticket.objects.usable().filter(user=user, purpose__in=purposes, code_hash=wanted)
    held = held.exclude(code_hash="")
    return held.select_related("user").first() if user else None


def spend(ticket: Ticket) -> None:
    """Use the ticket up, in the caller's transaction: of two who use it at once, one gets TicketSpent."""
    now = timezone.now()
    # Conditions on the row alone: PostgreSQL asks these again after waiting for the other one.
    still = Ticket.objects.filter(pk=ticket.pk, used_at=None, is_held=False, ends_at__gt=now)
    if not (Ticket.objects.usable().filter(pk=ticket.pk).exists() and still.update(used_at=now)):
        raise TicketSpent


@transaction.atomic
def choose_password(ticket: Ticket, password: str) -> User:
    """Use the ticket up and set the password; every session of the account ends.

    Other tickets that set a password end too. Raises TicketSpent.
    """
    spend(ticket)
    user = User.objects.select_for_update().get(pk=ticket.user_id)
    _end_older([user], None)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def delete_old_tickets() -> int:
    """Delete tickets that were used or expired a week ago; returns how many. A duty of the worker."""
    limit = timezone.now() - KEPT
    count, _ = Ticket.objects.filter(ends_at__lt=limit).delete()
    used, _ = Ticket.objects.filter(used_at__lt=limit).delete()
    return count + used
