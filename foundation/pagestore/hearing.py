"""Wait, after a public change, until every machine has applied it.

Each machine notes in the database up to which row it has applied. After the commit, the request that
published or withdrew something waits for these notes, usually a tenth of a second: when the user reads “đã
gỡ”, it is gone everywhere.
"""

import datetime
import logging
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress

from django.db import DatabaseError
from django.db.models.functions import Now

from foundation.pagestore.models import Node, Purge
from foundation.pagestore.shelf import store

log = logging.getLogger("newsroom.pages")
TELL_EVERY = 5.0  # seconds between two notes when nothing changes
ALIVE = datetime.timedelta(seconds=3 * TELL_EVERY)
PATIENCE = 1.0  # seconds; a machine that just died delays nobody for longer
STEP = 0.01
# Machines that did not answer in time, and until when (monotonic) nobody waits for them.
_given_up: dict[str, float] = {}


def note_heard(newest: int, gaps: Sequence[tuple[int, int]]) -> None:
    """Note that this machine has applied every purge up to `newest`, except those inside the gaps."""
    if name := _own_name():
        now = {"newest": newest, "gaps": [list(gap) for gap in gaps], "heard_at": Now()}
        Node.objects.update_or_create(name=name, defaults=now)


def fall_silent() -> None:
    """Delete this machine's note, so that no other machine waits for it any more."""
    with suppress(DatabaseError):  # if the database is away too, the note expires by its age
        Node.objects.filter(name=_own_name()).delete()


def wait_for_others(rows: Iterable[Purge]) -> bool:
    """Wait until the other machines have applied these committed rows; returns False after a timeout.

    Never raises: the change is committed, and a slow machine applies it a little later.
    """
    numbers = [row.pk for row in rows]
    deadline = time.monotonic() + PATIENCE
    try:
        while any(not node.has_heard(numbers) for node in _others()):
            if time.monotonic() > deadline:
                _give_up(node for node in _others() if not node.has_heard(numbers))
                log.warning("Another machine did not hear of a change within %.1f s", PATIENCE)
                return False
            time.sleep(STEP)
    except DatabaseError:
        log.exception("Whether other machines have heard of a change cannot be asked")
        return False
    return True


def _others() -> list[Node]:
    listening = Node.objects.filter(heard_at__gt=Now() - ALIVE).exclude(name=_own_name())
    return [node for node in listening if _given_up.get(node.name, 0) < time.monotonic()]


def _give_up(nodes: Iterable[Node]) -> None:
    """Do not wait for these machines again for a while, however many purges follow."""
    until = time.monotonic() + ALIVE.total_seconds()
    _given_up.update({node.name: until for node in nodes})


def _own_name() -> str:
    """Return this store's name; empty if pages are not kept, or if the index is broken and all are gone."""
    kept = store()
    try:
        return kept.name() if kept else ""
    except sqlite3.Error:
        return ""
