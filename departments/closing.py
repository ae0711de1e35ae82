"""End what belongs to a unit when the unit closes."""

from django.db import transaction
from django.db.models import Q

from departments.enums import RelationKind
from departments.models import Department, DepartmentName, DepartmentRelation, Position
from foundation.pagestore.announcing import announce


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
