"""What of an inbox its owner may still read."""

from typing import Any

from inbox.models import Notice


def may_read(user: Any, notice: Notice) -> bool:
    """Whether the person still holds what was needed to be told; a record that is gone is told no more."""
    if not notice.permission:
        return True
    return notice.record is not None and user.has_perm(notice.permission, notice.record)


def unread(user: Any) -> int:
    return Notice.objects.filter(recipient=user, read_at=None).count()


def page_of(user: Any, before: int | None = None, size: int = 30) -> tuple[list[Notice], int | None]:
    """Own notices newest first, before the given one, and where the next page begins.

    What may be read no more has lost its words.
    """
    rows = Notice.objects.filter(recipient=user).prefetch_related("record")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    for notice in found:
        notice.is_open = may_read(user, notice)
    shown = found[:size]
    return shown, shown[-1].pk if len(found) > size else None
