"""How what changed reaches the kept pages of every machine, exactly once it is true."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pagestore.models import Purge
from pagestore.shelf import store

# A transaction that writes a purge is over by then; older rows are of interest to nobody.
LOOK_BACK = datetime.timedelta(minutes=10)
REMEMBERED = datetime.timedelta(days=1)


def purge(*tags: str) -> None:
    """Drop the pages that show any of the tags, on every machine, once the caller's change is committed.

    Call it inside the transaction that changes something public. Does nothing where pages are not kept.
    """
    if settings.PAGE_STORE:
        row = purge_row(*tags)
        transaction.on_commit(lambda: apply([row]))


def purge_row(*tags: str) -> Purge:
    """The note for all machines, part of the caller's transaction; `apply` it after the commit."""
    return Purge.objects.create(tags=sorted(set(tags)))


def apply(rows: Iterable[Purge]) -> int:
    """Drop what these rows name from this machine's store; safe to repeat. Returns the files removed."""
    rows = list(rows)
    kept = store()
    if kept is None or not rows:
        return 0
    gone = kept.drop({tag for row in rows for tag in row.tags})
    kept.mark_applied(row.pk for row in rows)
    return gone


def follow() -> int:
    """Apply what other machines, or a process killed after its commit, left; returns how many rows."""
    kept = store()
    if kept is None:
        return 0
    recent = {row.pk: row for row in Purge.objects.filter(made_at__gt=timezone.now() - LOOK_BACK)}
    missing = [recent[pk] for pk in kept.unapplied(recent)]
    apply(missing)
    return len(missing)


def tidy() -> int:
    """Forget old rows, set aside pages whose time is over; returns how many pages."""
    Purge.objects.filter(made_at__lt=timezone.now() - REMEMBERED).delete()
    kept = store()
    return kept.sweep() if kept else 0
