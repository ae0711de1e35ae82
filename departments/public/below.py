"""What stands under a unit on a day: by relation, by kind of unit, with what those have under them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from departments.enums import DepartmentKind, RelationKind
from departments.findable import UNLISTED
from departments.models import DepartmentRelation
from departments.models.department import Department
from departments.public import doors
from departments.querysets import on_day

SHOWN = 60  # of one kind; the directory has them all
UNDER = {
    RelationKind.ADMINISTRATIVE: ("truc-thuoc", "Đơn vị trực thuộc"),
    RelationKind.PROFESSIONAL: ("chuyen-mon", "Đơn vị được hướng dẫn chuyên môn"),
    RelationKind.LOCATION: ("tren-dia-ban", "Đơn vị trên địa bàn"),
}


def units_below(unit: Department, day: datetime.date) -> list[dict[str, Any]]:
    """Return the groups to show, none without units. Makes one query for two levels of owners.

    A unit stands once, under the first of the relations it has to this one.
    """
    relations = DepartmentRelation.objects.filter(on_day(day), on_day(day, "department__"), kind__in=UNDER)
    owned = relations.filter(kind=RelationKind.ADMINISTRATIVE, related=unit).values("department")
    found = relations.filter(Q(related=unit) | Q(kind=RelationKind.ADMINISTRATIVE, related__in=owned))
    found = found.exclude(department__kind__in=UNLISTED).order_by("department__sort_key", "department")
    direct: dict[str, dict[int, str]] = {kind: {} for kind in UNDER}
    deeper: dict[int, list[int]] = defaultdict(list)
    for kind, below, kind_of_unit, above in found.values_list(
        "kind", "department", "department__kind", "related"
    ):
        if above != unit.pk:
            deeper[above].append(below)
        else:
            direct[kind][below] = kind_of_unit
    shown: set[int] = set()
    groups = []
    for kind, (key, title) in UNDER.items():
        fresh = {pk: of for pk, of in direct[kind].items() if pk not in shown}
        shown |= fresh.keys()
        if fresh:
            groups.append({"id": key, "title": title, "kinds": _by_kind(fresh, deeper, day)})
    return groups


def _by_kind(units: dict[int, str], deeper: dict[int, list[int]], day: datetime.date) -> list[dict[str, Any]]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for pk, kind in units.items():
        by_kind[kind].append(pk)
    return [
        {
            "label": kind.label,
            "url": doors.kind_door(kind),
            "count": len(by_kind[kind]),
            "units": [_line(pk, day) | {"below": _lines(deeper[pk], day)} for pk in by_kind[kind][:SHOWN]],
            "is_part": len(by_kind[kind]) > SHOWN,
        }
        for kind in DepartmentKind
        if by_kind[kind]
    ]


def _lines(units: Iterable[int], day: datetime.date) -> list[dict[str, str]]:
    return [_line(pk, day) for pk in units]


def _line(pk: int, day: datetime.date) -> dict[str, str]:
    return {"name": doors.unit_name(pk, day), "url": doors.unit_door(pk, day)}
