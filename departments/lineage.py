"""Which units are above, below, before and after a unit on a given day."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from departments.enums import RelationKind
from departments.models import Department, DepartmentRelation
from departments.querysets import on_day
from departments.succession import Succession
from foundation.language.dates import format_date


class ApprovalLine:
    """All units on one day by the relation that settings.APPROVAL_LINE names. Makes one query.

    A closed unit keeps its place of its last day, and is also below the units that succeeded it, because
    somebody must still be responsible for its stories.
    """

    def __init__(self, day: datetime.date):
        line = Q(kind=settings.APPROVAL_LINE)
        stood_to_the_end = Q(valid_from__lte=day, valid_until__gte=F("department__valid_until"))
        followed = Q(kind=RelationKind.SUCCESSION, valid_from__lte=day, department__valid_until__lt=day)
        edges = DepartmentRelation.objects.filter(line & (on_day(day) | stood_to_the_end) | followed)
        self._above: dict[int, set[int]] = defaultdict(set)
        self._below: dict[int, set[int]] = defaultdict(set)
        self._successors: dict[int, set[int]] = defaultdict(set)
        for unit, other, kind in edges.values_list("department_id", "related_id", "kind"):
            above = self._successors if kind == RelationKind.SUCCESSION else self._above
            above[unit].add(other)
            self._below[other].add(unit)

    def under(self, department_ids: Iterable[int]) -> set[int]:
        """Return the ids of the given units and all units below them."""
        found, waiting = set(), list(department_ids)
        while waiting:
            unit = waiting.pop()
            if unit not in found:
                found.add(unit)
                waiting.extend(self._below.get(unit, ()))
        return found

    def family(self, department_id: int) -> set[int]:
        """Return the ids of the unit, all units below it and all responsible for it."""
        return self.under([department_id]) | set(self.over(department_id))

    def over(self, department_id: int) -> dict[int, int]:
        """Return the unit and all units responsible for it, nearest first: id → how many levels above.

        A successor has the level of the unit it succeeded.
        """
        levels = {department_id: 0}
        waiting = [department_id]
        while waiting:
            unit = waiting.pop(0)
            for other in sorted(self._successors.get(unit, ())):
                if other not in levels:
                    levels[other] = levels[unit]
                    waiting.insert(0, other)
            for other in sorted(self._above.get(unit, ())):
                if other not in levels:
                    levels[other] = levels[unit] + 1
                    waiting.append(other)
        return levels


def merged_into(department_id: int, day: datetime.date | None = None) -> set[int]:
    """Return the ids of the unit and of all closed units whose only successor it is, directly or not.

    Their stories are shown on its page too. A unit with several successors is not included.
    """
    day = day or timezone.localdate()
    closed = DepartmentRelation.objects.filter(kind=RelationKind.SUCCESSION, department__valid_until__lt=day)
    rows: Iterable[Mapping[str, Any]] = closed.values("department_id", "related_id", "valid_from")
    return {department_id} | Succession(rows).alone_carried_on_by(department_id)


def unit_of_day(unit: Department, day: datetime.date) -> Department | None:
    """Return the unit itself if it is open on the day, else the one before or after it that was.

    None where none was, or several were. Makes two queries at most.
    """
    if unit.is_open_on(day):
        return unit
    rows = DepartmentRelation.objects.filter(kind=RelationKind.SUCCESSION)
    chain = Succession(rows.values("department_id", "related_id", "valid_from"))
    line = chain.descendants(unit.pk) if unit.is_closed_on(day) else chain.ancestors(unit.pk)
    found = list(Department.objects.on(day).filter(pk__in=line))
    alike = [one for one in found if one.name == unit.name] or found  # one of two that became this
    return alike[0] if len(alike) == 1 else None


def closed_words(unit: Department, day: datetime.date) -> str:
    """Return why a unit that was not open on the day cannot stand in its record, and which unit was."""
    if unit.is_closed_on(day) and unit.valid_until:
        lead = f"{unit} kết thúc hoạt động ngày {format_date(unit.valid_until, 'so')}."
    else:
        lead = f"{unit} chỉ hoạt động từ ngày {format_date(unit.valid_from, 'so')}."
    other = unit_of_day(unit, day)
    if other is None:
        return f"{lead} Ngày ghi ở đây là {format_date(day, 'so')}."
    return f"{lead} Ngày {format_date(day, 'so')} là “{other.choice_label}”: hãy chọn đơn vị ấy."


def predecessors(department: Department) -> list[DepartmentRelation]:
    """Return the relations of succession that point to the unit, oldest first."""
    relations = DepartmentRelation.objects.filter(related=department, kind=RelationKind.SUCCESSION)
    return list(relations.select_related("department").order_by("valid_from", "department__sort_key"))
