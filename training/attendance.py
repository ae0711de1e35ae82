"""Who came to which sitting, counted from the scans; the sittings that a day usually has."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from training.models import Enrolment, Scan, Sitting

MOST_DAYS = 10
_NOON, _AFTERNOON = 12, datetime.time(13, 30)


@dataclass(frozen=True)
class Arrival:
    """The first time that anybody let the person in."""

    at: datetime.datetime
    gate: str


def arrivals_of(enrolment: Enrolment) -> dict[tuple[int, int], Arrival]:
    """Return the arrivals by (participant, sitting). Of two gates the earlier counts; makes one query."""
    found: dict[tuple[int, int], Arrival] = {}
    rows = Scan.objects.filter(sitting__enrolment=enrolment, undone_at=None, participant__isnull=False)
    for person, sitting, at, gate in rows.values_list("participant", "sitting", "at", "gate"):
        found.setdefault((person, sitting), Arrival(at, gate))  # in order of time
    return found


def sittings_by_person(enrolment: Enrolment) -> dict[int, set[int]]:
    """Return the sittings to which each person came, by participant."""
    found: dict[int, set[int]] = defaultdict(set)
    for person, sitting in arrivals_of(enrolment):
        found[person].add(sitting)
    return found


def propose_sittings(enrolment: Enrolment) -> list[Sitting]:
    """Return the sittings; an enrolment without any gets a morning and an afternoon for each day."""
    known = list(enrolment.sittings.all())
    if known:
        return known
    first = timezone.localtime(enrolment.event.starts_at)
    last = timezone.localtime(enrolment.event.ends_at or enrolment.event.starts_at)
    for number in range(min((last.date() - first.date()).days + 1, MOST_DAYS)):
        day = first.date() + datetime.timedelta(days=number)
        begins = first if number == 0 else first.replace(year=day.year, month=day.month, day=day.day)
        afternoon = timezone.make_aware(datetime.datetime.combine(day, _AFTERNOON))
        if begins.hour < _NOON:
            _add(enrolment, f"Sáng {day:%d/%m}", begins)
        if begins.hour >= _NOON or (last > afternoon and last.date() >= day):
            _add(enrolment, f"Chiều {day:%d/%m}", max(begins, afternoon))
    return list(enrolment.sittings.all())


def _add(enrolment: Enrolment, label: str, at: datetime.datetime) -> None:
    Sitting.objects.get_or_create(
        enrolment=enrolment, label=label, defaults={"starts_at": at, "hours": Decimal("4.0")}
    )
