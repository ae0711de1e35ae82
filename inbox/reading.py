"""What the owner of an inbox may still read."""

from typing import Any

from accounts.models import Ticket
from inbox.models import Notice


def may_read(user: Any, notice: Notice) -> bool:
    """Return whether the person still has the permission of the notice; False if its record was deleted.

    A letter with a ticket may go while the ticket may be used.
    """
    if notice.ticket_id:
        return Ticket.objects.usable().filter(pk=notice.ticket_id).exists()
    if not notice.permission:
        return True
    return notice.record is not None and user.has_perm(notice.permission, notice.record)


def unread(user: Any) -> int:
    """Return the number of unread notices."""
    return Notice.objects.filter(recipient=user, read_at=None, ticket=None, is_letter=False).count()


def page_of_notices(user: Any, before: int | None = None, size: int = 30) -> tuple[list[Notice], int | None]:
    """Return a page of own notices, newest first, and the `before` of the next page, None on the last.

    `before` is a primary key. Sets `is_open` on each notice: its text is shown only if that is true.
    """
    rows = Notice.objects.filter(recipient=user, ticket=None, is_letter=False).prefetch_related("record")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    for notice in found:
        notice.is_open = may_read(user, notice)
    shown = found[:size]
    return shown, shown[-1].pk if len(found) > size else None
