"""Drop the kept pages that show a change, on every machine, as soon as it is committed."""

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

# No page is kept longer; a machine that was away for longer has no page left that it may serve.
REMEMBERED = datetime.timedelta(days=1)
log = logging.getLogger("newsroom.pages")


def purge(*tags: str, is_urgent: bool = False) -> None:
    """Drop the pages with any of the tags, on every machine, once the caller's transaction is committed.

    Call it inside the transaction that changes something public. Caches in front get `is_urgent` purges
    first. Does nothing where pages are not kept.
    """
    if settings.PAGE_STORE:
        row = purge_row(*tags, is_urgent=is_urgent)
        transaction.on_commit(lambda: spread([row]))


def purge_row(*tags: str, is_urgent: bool = False) -> Purge:
    """Write the row that tells all machines, in the caller's transaction; call `spread` after the commit."""
    edge_at = timezone.now() if settings.PURGE_TARGETS else None
    return Purge.objects.create(tags=sorted(set(tags)), is_urgent=is_urgent, edge_at=edge_at)


def spread(rows: Sequence[Purge]) -> None:
    """Apply these committed rows on this machine and wait until the other machines have applied them."""
    apply(rows)
    wait_for_others(rows)


def apply(rows: Iterable[Purge]) -> int:
    """Drop the tags of these rows from this machine's store; safe to repeat. Returns the files removed.

    Never raises, because the change is committed. If the store cannot note the drop (a full disk), all its
    pages are removed and the worker tries again.
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
    """Apply those rows that this machine has not applied yet; returns how many."""
    kept = store()
    if kept is None:
        return 0
    named = {_name(row): row for row in rows}
    missing = [named[name] for name in sorted(kept.unapplied(named))]
    apply(missing)
    return len(missing)


def follow() -> int:
    """Apply the rows that other machines, or a process that died after its commit, left; returns how many.

    A machine that has not looked for longer than `REMEMBERED` cannot know what changed: it drops all pages.
    """
    kept, now = store(), timezone.now()
    if kept is not None and kept.follows_since(now.timestamp()) < (now - REMEMBERED).timestamp():
        kept.drop([EVERYTHING])
    return apply_missing(Purge.objects.filter(made_at__gt=now - REMEMBERED))


def tidy() -> int:
    """Delete old rows and machines, move expired pages to `past`; returns how many pages."""
    yesterday = timezone.now() - REMEMBERED
    Purge.objects.filter(made_at__lt=yesterday).delete()
    Node.objects.filter(heard_at__lt=yesterday).delete()
    kept = store()
    return kept.sweep() if kept else 0


def _name(row: Purge) -> tuple[int, float]:
    return row.pk, row.made_at.timestamp()
