"""Whoever changes something in public is answered when every machine has heard of it.

Each machine's follower notes in the database how far it has looked. After the commit, who publishes or
withdraws waits for those notes, a tenth of a second as a rule: told “đã gỡ”, they find it gone everywhere.
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
TELL_EVERY = 5.0  # seconds between two signs of life when nothing happens
ALIVE = datetime.timedelta(seconds=3 * TELL_EVERY)
PATIENCE = 1.0  # seconds; a machine that died a moment ago holds nobody up for longer
STEP = 0.01
_given_up: dict[str, float] = {}  # machines that were waited for in vain, and until when they are not again


def note_heard(newest: int, gaps: Sequence[tuple[int, int]]) -> None:
    """Note that this machine has applied every purge up to `newest`, except those between the gaps' ends."""
    if name := _own_name():
        now = {"newest": newest, "gaps": [list(gap) for gap in gaps], "heard_at": Now()}
        Node.objects.update_or_create(name=name, defaults=now)


def fall_silent() -> None:
    """Say that this machine follows no more: nobody waits for it."""
    with suppress(DatabaseError):  # away as well: its last sign of life grows old by itself
        Node.objects.filter(name=_own_name()).delete()


def wait_for_others(rows: Iterable[Purge]) -> bool:
    """Wait until the other machines have applied these committed rows; False when one did not in time.

    Never fails: the change is made, and who cannot be waited for hears of it a moment later.
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
    """One change with many purges, and the next ones, do not wait for them again."""
    until = time.monotonic() + ALIVE.total_seconds()
    _given_up.update({node.name: until for node in nodes})


def _own_name() -> str:
    """Empty where pages are not kept, or their index is broken: then all of them are gone anyway."""
    kept = store()
    try:
        return kept.name() if kept else ""
    except sqlite3.Error:
        return ""
