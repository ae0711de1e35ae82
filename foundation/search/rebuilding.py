"""Rebuild the index from the public records while the site is running."""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction

from foundation.search.keeping import FindableRoom, put_items
from foundation.search.models import Entry, Word

BATCH = 200


def rebuild(room: FindableRoom, report: Callable[[int], None] = lambda done: None) -> int:
    """Index every public record of a room, remove all others; returns how many were indexed.

    Each batch is one transaction that locks its records, so a publication waits for it, or it for the
    publication. When it is interrupted, the index is still valid; the next run starts again.
    """
    last, done = 0, 0
    while found := _batch(room, last):
        last, done = found[-1], done + len(found)
        report(done)
    Entry.objects.filter(kind=room.KIND, source_id__gt=last).delete()
    return done


def forget_words() -> None:
    """Delete all suggestion words; the words still in use are added again while rebuilding."""
    Word.objects.all().delete()


@transaction.atomic
def _batch(room: FindableRoom, after: int) -> list[int]:
    rows = room.records().filter(pk__gt=after).order_by("pk").select_for_update(of=("self",))[:BATCH]
    records = list(rows)
    pks = [record.pk for record in records]
    if pks:
        gone = Entry.objects.filter(kind=room.KIND, source_id__gt=after, source_id__lte=pks[-1])
        gone.exclude(source_id__in=pks).delete()
        put_items(*map(room.item_of, records))
    return pks


def rebuild_all(
    rooms: Iterable[FindableRoom], report: Callable[[str, int], None] = lambda kind, done: None
) -> int:
    """Rebuild every room; calls `report` with the kind and the number done so far."""
    forget_words()
    return sum(rebuild(room, partial(report, room.KIND)) for room in rooms)
