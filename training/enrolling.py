"""Give places, take them back, move the waiting list up. Everything happens with the enrolment's row locked,
so that of two who ask for the last place one gets it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from approvals.auditing import audit_act
from foundation.inserting.rows import insert_all
from foundation.pagestore.purging import purge
from training.models import Enrolment, Participant
from training.telling import place_found


class EnrolmentRefused(Exception):
    """Nothing was changed; the message says why, in words for the person."""


@contextmanager
def locked(enrolment: Enrolment) -> Iterator[Enrolment]:
    """Hold the enrolment: nobody else gives a place meanwhile. Yields the row as it stands now."""
    with transaction.atomic():
        yield (
            Enrolment.objects.select_for_update(of=("self",))
            .select_related("event__host")
            .get(pk=enrolment.pk)
        )


def places_left(enrolment: Enrolment) -> int | None:
    """Return how many places nobody has; None when there is no limit."""
    if enrolment.places is None:
        return None
    return max(enrolment.places - enrolment.people.placed().count(), 0)


def enrol(enrolment: Enrolment, people: Sequence[Participant], *, by: Any) -> list[Participant]:
    """Save new people of a locked enrolment in order; who finds no place waits."""
    left = places_left(enrolment)
    if enrolment.people.waiting().exists():
        left = 0
    last = enrolment.people.aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    for place, person in enumerate(people):
        person.enrolment, person.number, person.enrolled_by = enrolment, last + 1 + place, by
        person.enrolled_at = now
        person.waiting_since = None if left is None or place < left else now
    saved = insert_all(people)
    if saved:
        purge(f"event:{enrolment.event_id}")  # its page says how many places are left
        unit = saved[0].unit or enrolment
        audit_act("Đăng ký người dự", by, about=enrolment, words=f"{unit}: {len(saved)} người")
    return saved


def withdraw(person: Participant, *, by: Any, version: int) -> bool:
    """Withdraw a person of a locked enrolment; the first who waits gets the place. False if somebody was
    faster.
    """
    rows = Participant.objects.standing().filter(pk=person.pk, version=version)
    if not rows.update(withdrawn_at=timezone.now(), version=F("version") + 1):
        return False
    audit_act("Rút người dự", by, about=person.enrolment, words=f"{person.unit_name}: số {person.number}")
    move_up(person.enrolment)
    purge(f"event:{person.enrolment.event_id}")
    return True


def move_up(enrolment: Enrolment) -> list[Participant]:
    """Give free places of a locked enrolment to those who wait, first come first; tell their units."""
    left = places_left(enrolment)
    waiting = enrolment.people.waiting().select_related("unit__department")
    found = list(waiting if left is None else waiting[:left])
    for person in found:
        Participant.objects.filter(pk=person.pk).update(waiting_since=None, version=F("version") + 1)
    place_found(enrolment, found)
    return found
