"""Which units an enrolment invites: those of its kinds below the host, by name as of the day."""

from departments.lineage import ApprovalLine
from departments.models import Department, DepartmentName
from departments.querysets import on_day
from foundation.inserting.rows import insert_all
from foundation.language.vietnamese import sort_key
from training.models import Enrolment, InvitedUnit


def invite_units(enrolment: Enrolment) -> list[InvitedUnit]:
    """Write the units that the kinds invite today; return those that are new.

    A unit keeps its row once somebody of it is enrolled, or when it was invited by name.
    """
    places = {row.kind: row.places for row in enrolment.kinds.all()}
    called = ApprovalLine(enrolment.day).under([enrolment.host_id])
    wanted = Department.objects.filter(on_day(enrolment.day), pk__in=called, kind__in=places)
    units = {unit.pk: unit for unit in wanted}
    known = {row.department_id: row for row in enrolment.units.all()}
    gone = [row.pk for key, row in known.items() if key not in units and not row.is_own]
    enrolment.units.filter(pk__in=gone, people=None).delete()
    for row in known.values():
        if not row.is_own and row.places != places.get(row.kind, row.places):
            enrolment.units.filter(pk=row.pk).update(places=places[row.kind])
    fresh = [unit for key, unit in units.items() if key not in known]
    names = _names(fresh, enrolment)
    return insert_all(
        invited(enrolment, unit, names.get(unit.pk, unit.name), places[unit.kind]) for unit in fresh
    )


def invite_one(enrolment: Enrolment, unit: Department, places: int) -> InvitedUnit:
    """Invite one unit by name with places of its own, or change the places of one that is invited."""
    row = enrolment.units.filter(department=unit).first()
    if row is None:
        row = invited(enrolment, unit, _names([unit], enrolment).get(unit.pk, unit.name), places)
    row.places, row.is_own = places, True
    row.save()
    return row


def invited(enrolment: Enrolment, unit: Department, name: str, places: int) -> InvitedUnit:
    """Return the unsaved row of a unit."""
    return InvitedUnit(
        enrolment=enrolment,
        department=unit,
        name=name,
        kind=unit.kind,
        places=places,
        sort_key=sort_key(name),
    )


def _names(units: list[Department], enrolment: Enrolment) -> dict[int, str]:
    rows = DepartmentName.objects.on(enrolment.day).filter(department__in=units)
    return dict(rows.values_list("department", "name"))
