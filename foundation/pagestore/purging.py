"""How what changed reaches the kept pages of every machine, exactly once it is true."""

import datetime
import logging
import sqlite3
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.pagestore.hearing import wait_for_others
from foundation.pagestore.models import Node, Purge
from foundation.pagestore.shelf import store
from foundation.pagestore.store import EVERYTHING

# Pages live no longer; a machine away for longer finds nothing to drop that is still served.
REMEMBERED = datetime.timedelta(days=1)
log = logging.getLogger("newsroom.pages")


def purge(*tags: str, is_urgent: bool = False) -> None:
    """Drop the pages that show any of the tags, on every machine, once the caller's change is committed.

    Call it inside the transaction that changes something public; `is_urgent` goes before all else to the
    caches in front. Does nothing where pages are not kept.
    """
    if settings.PAGE_STORE:
        row = purge_row(*tags, is_urgent=is_urgent)
        transaction.on_commit(lambda: spread([row]))


def purge_row(*tags: str, is_urgent: bool = False) -> Purge:
    """The note for all machines, part of the caller's transaction; `spread` it after the commit."""
    edge_at = timezone.now() if settings.PURGE_TARGETS else None
    return Purge.objects.create(tags=sorted(set(tags)), is_urgent=is_urgent, edge_at=edge_at)


def spread(rows: Sequence[Purge]) -> None:
    """Drop what these committed rows name here, and see that the other machines have done so too."""
    apply(rows)
    wait_for_others(rows)


def apply(rows: Iterable[Purge]) -> int:
    """Drop what these rows name from this machine's store; safe to repeat. Returns the files removed.

    Never fails: the change is committed. Where the store cannot note what was dropped (a full disk), all its
    pages go, and the worker tries again.
    """
    rows = list(rows)
    kept = store()
    if kept is None or not rows:
        return 0
    try:
        gone = kept.drop({tag for row in rows for tag in row.tags})
        kept.mark_applied(map(_name, rows))
    except (OSError, sqlite3.Error):
        log.exception("The page store cannot be written: all its pages are dropped")
        return kept.empty()
    return gone


def apply_missing(rows: Iterable[Purge]) -> int:
    """Apply those of the rows that nobody has applied on this machine; returns how many."""
    kept = store()
    if kept is None:
        return 0
    named = {_name(row): row for row in rows}
    missing = [named[name] for name in sorted(kept.unapplied(named))]
    apply(missing)
    return len(missing)


def follow() -> int:
    """Apply what other machines, or a process killed after its commit, left; returns how many rows.

    Who has not looked for longer than the rows are kept cannot know what changed: all its pages go.
    """
    kept, now = store(), timezone.now()
    if kept is not None and kept.follows_since(now.timestamp()) < (now - REMEMBERED).timestamp():
        kept.drop([EVERYTHING])
    return apply_missing(Purge.objects.filter(made_at__gt=now - REMEMBERED))


def tidy() -> int:
    """Forget old rows and machines, set aside pages whose time is over; returns how many pages."""
    yesterday = timezone.now() - REMEMBERED
    Purge.objects.filter(made_at__lt=yesterday).delete()
    Node.objects.filter(heard_at__lt=yesterday).delete()
    kept = store()
    return kept.sweep() if kept else 0


def _name(row: Purge) -> tuple[int, float]:
    return row.pk, row.made_at.timestamp()
