"""End what belongs to a unit when the unit closes."""

import datetime

from django.db import transaction
from django.db.models import Q

from departments.enums import RelationKind
from departments.models import Department, DepartmentName, DepartmentRelation, Position
from foundation.pagestore.announcing import announce


def units_under(department: Department, last: datetime.date) -> set[int]:
    """Return the ids of the open units that stand under this one, in any way, after that day."""
    rows = DepartmentRelation.objects.filter(related=department).exclude(kind=RelationKind.SUCCESSION)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gt=last))
    still = Q(department__valid_until=None) | Q(department__valid_until__gt=last)
    return set(rows.filter(still).values_list("department", flat=True))


@transaction.atomic
def end_with_the_unit(department: Department) -> int:
    """End every name, relation and position of a closed unit on its last day; returns how many rows.

    Relations of succession stay. Does nothing for a unit without an end.
    """
    last = department.valid_until
    if last is None:
        return 0
    running = Q(valid_from__lte=last) & (Q(valid_until=None) | Q(valid_until__gt=last))
    of_it = Q(department=department) | Q(related=department)
    relations = DepartmentRelation.objects.filter(of_it).exclude(kind=RelationKind.SUCCESSION)
    tables = (
        DepartmentName.objects.filter(department=department),
        relations,
        Position.objects.filter(department=department),
    )
    announce(department)
    return sum(rows.filter(running).update(valid_until=last) for rows in tables)
