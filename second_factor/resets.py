"""A person who has lost the devices enrols anew with a code, beside the own password.

The code is a ticket (`accounts.tickets`) for which two administrators were needed (`staff.new_device`).
The old devices go when the new one is there: neither the code nor the password alone opens anything.
"""

from typing import Any

from django.urls import reverse

from accounts.models import Purpose, Ticket, User
from accounts.tickets import TicketSpent, find_by_code, spend
from approvals.auditing import audit_act
from departments.access import administrators
from inbox.telling import tell


class ResetRefused(Exception):
    """It cannot be done; the message says why."""


def accept_code(person: Any, typed: str) -> int | None:
    """Return the number of the ticket whose code was typed; it is not used up yet."""
    ticket = find_by_code(person.username, typed, (Purpose.NEW_DEVICE,))
    return ticket.pk if ticket else None


def finish_reset(number: int, person: User) -> None:
    """Use the ticket up, as the person has enrolled anew. Raises ResetRefused if it is spent meanwhile."""
    ticket = Ticket.objects.filter(pk=number, user=person, purpose=Purpose.NEW_DEVICE).first()
    try:
        if ticket is None:
            raise TicketSpent
        spend(ticket)
    except TicketSpent as spent:
        raise ResetRefused("Mã cấp lại đã hết hạn. Hãy xin mã mới.") from spent
    audit_act("Thêm cách xác nhận thay cái đã mất", person, about=person)
    tell(
        administrators().exclude(pk=person.pk),
        "access",
        "Đã cấp lại lối vào",
        about=str(person),
        words=f"{person} vừa thêm cách xác nhận mới bằng mã cấp lại; các khóa và ứng dụng mã cũ đã bị gỡ.",
        address=reverse("admin:inbox"),
    )
