"""Enrolments and participants for tests; every word has a plausible default."""

import datetime
from typing import Any

from django.utils import timezone

from approvals.engine import take
from approvals.enums import RecordStatus
from departments.enums import DepartmentKind
from departments.models import Department
from events.models import Event
from training.enrolling import enrol, locked
from training.models import Enrolment, InvitedKind, InvitedUnit, Participant
from training.workflow import ENROLMENT


def make_training_event(host: Department, *, days: int = 7, **fields: Any) -> Event:
    """A public event some days from now, half past seven in the morning."""
    day = timezone.localtime() + datetime.timedelta(days=days)
    words = {
        "title": "Tập huấn công tác truyền thông",
        "slug": f"tap-huan-{Event.objects.count() + 1}",
        "kind": "training",
        "host": host,
        "starts_at": day.replace(hour=7, minute=30, second=0, microsecond=0),
        "ends_at": day.replace(hour=17, minute=0, second=0, microsecond=0),
        "place_name": "Hội trường Sở",
        "status": RecordStatus.PUBLIC,
        "published_at": timezone.now(),
    }
    return Event.objects.create(**words | fields)


def make_enrolment(
    host: Department,
    *,
    opened_by: Any = None,
    event: Event | None = None,
    kinds: tuple[str, ...] = (DepartmentKind.HIGH_SCHOOL,),
    a_unit: int = 3,
    **fields: Any,
) -> Enrolment:
    """An enrolment that shuts the day before; open if somebody opens it."""
    event = event or make_training_event(host)
    deadline = event.starts_at - datetime.timedelta(days=1)
    made = Enrolment.objects.create(event=event, **{"deadline": deadline} | fields)
    for kind in kinds:
        InvitedKind.objects.create(enrolment=made, kind=kind, places=a_unit)
    if opened_by:
        take(ENROLMENT, made, "open", actor=opened_by, version=made.version)
    return Enrolment.objects.select_related("event__host").get(pk=made.pk)


def unit_in(enrolment: Enrolment, department: Department) -> InvitedUnit:
    return enrolment.units.select_related("enrolment__event__host", "department").get(department=department)


def send(unit: InvitedUnit, *names: str, by: Any = None, **fields: Any) -> list[Participant]:
    """Enrol people of these names for a unit, as its list would."""
    people = [Participant(unit=unit, unit_name=unit.name, full_name=name, **fields) for name in names]
    with locked(unit.enrolment) as now:
        return enrol(now, people, by=by)
