"""Follow what other machines changed in public, by reading the rows of `Purge` in order.

The rows are written in the transactions of the changes, so nothing but the database is needed and no
committed change is missed. A machine without a database connection serves the pages it has, and catches up
later.
"""

import datetime
import time
from typing import NamedTuple

from django.db.models import Max, Q
from django.utils import timezone

from foundation.pagestore.hearing import TELL_EVERY, note_heard
from foundation.pagestore.models import Purge
from foundation.pagestore.purging import apply_missing, follow

STEP = 0.1  # seconds between two queries
# A lower number may be committed after a higher one; after this time it was surely rolled back.
LONGEST_TRANSACTION = datetime.timedelta(minutes=10)
MOST_GAPS = 50  # `purging.follow`, which the worker calls, reads all rows anyway


class Gap(NamedTuple):
    """Primary keys missing between two that were read: their transactions are open or were rolled back."""

    after: int
    before: int
    noticed_at: datetime.datetime


class Follower:
    """Remembers the newest row it has read, so that looking again is one cheap query."""

    def __init__(self) -> None:
        self.newest: int | None = None
        self.gaps: list[Gap] = []
        self.told: tuple[int, list[tuple[int, int]]] | None = None
        self.told_at = 0.0

    def look(self) -> int:
        """Drop the pages that were changed since the last call; returns the number of new rows."""
        if self.newest is None:
            newest = Purge.objects.aggregate(newest=Max("pk"))["newest"] or 0
            count = follow()
            self.newest = newest
        else:
            count = self._look_for_new()
        # Also when the worker has applied the rows a moment ago: other machines wait for this note.
        heard = (self.newest, [(gap.after, gap.before) for gap in self.gaps])
        if heard != self.told or time.monotonic() > self.told_at + TELL_EVERY:
            note_heard(*heard)
            self.told, self.told_at = heard, time.monotonic()
        return count

    def _look_for_new(self) -> int:
        wanted = Q(pk__gt=self.newest)
        for gap in self.gaps:
            wanted |= Q(pk__gt=gap.after, pk__lt=gap.before)
        found = list(Purge.objects.filter(wanted).order_by("pk"))
        count = apply_missing(found)
        self._note([row.pk for row in found], timezone.now())
        return count

    def _note(self, found: list[int], now: datetime.datetime) -> None:
        gaps = [gap for gap in self.gaps if now - gap.noticed_at < LONGEST_TRANSACTION]
        newest = self.newest or 0
        for pk in found:
            if pk > newest:
                gaps.append(Gap(newest, pk, now))
                self.newest = newest = pk
            else:
                gaps = [part for gap in gaps for part in _split(gap, pk)]
        self.gaps = [gap for gap in gaps if gap.before - gap.after > 1][-MOST_GAPS:]


def _split(gap: Gap, pk: int) -> list[Gap]:
    if not gap.after < pk < gap.before:
        return [gap]
    return [gap._replace(before=pk), gap._replace(after=pk)]
