"""Read the stored places, and store what the editor made of them: all of it or nothing."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from approvals.auditing import audit_act
from foundation.pagestore.announcing import announce
from frontpage.editing.arrangement import Arrangement, Place
from frontpage.models import Edition, Placement

# How long the screen still tells of a place that is over.
TOLD_FOR = datetime.timedelta(days=7)
FIELDS = ("slot", "article_id", "position", "starts_at", "ends_at")


class SomebodySaved(Exception):
    """Another editor saved the front page meanwhile; nothing is stored."""


def stored_arrangement(now: datetime.datetime, at: datetime.datetime) -> Arrangement:
    """Return the stored places but those that were over long before both moments."""
    oldest = min(now, at) - TOLD_FOR
    rows = Placement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=oldest)).order_by("pk")
    return Arrangement(map(_place, rows), now)


def last_edition() -> Edition | None:
    """Return the last saving."""
    return Edition.objects.select_related("saved_by").first()


def save(before: Arrangement, after: Arrangement, words: Iterable[str], *, actor: Any, seen: int) -> Edition:
    """Store the difference and note every act in the audit book.

    `seen` is the number of the edition the editor saw. Raises SomebodySaved if it is not the last one: of two
    who save at once the second inserts the same number, which the database refuses.
    """
    try:
        with transaction.atomic():
            last = last_edition()
            if (last.number if last else 0) != seen:
                raise SomebodySaved
            edition = Edition.objects.create(number=seen + 1, saved_by=actor)
            _store(before, after)
            for told in words:
                audit_act("Xếp trang chủ", actor, about=edition, words=told)
            announce(Placement)
    except IntegrityError as failure:
        if (last := last_edition()) and last.number > seen:
            raise SomebodySaved from failure
        raise
    return edition


def _store(before: Arrangement, after: Arrangement) -> None:
    old = {place.row: place for place in before.places.values()}
    new = {place.row: place for place in after.places.values() if place.row}
    Placement.objects.filter(pk__in=old.keys() - new.keys()).delete()
    changed = [_row(place) for row, place in new.items() if place != old.get(row)]
    Placement.objects.bulk_update(changed, FIELDS)
    Placement.objects.bulk_create(_row(place) for place in after.places.values() if not place.row)


def _place(row: Placement) -> Place:
    return Place(str(row.pk), row.article_id, row.slot, row.position, row.starts_at, row.ends_at, row.pk)


def _row(place: Place) -> Placement:
    return Placement(
        pk=place.row,
        slot=place.slot,
        article_id=place.story,
        position=place.position,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
    )
