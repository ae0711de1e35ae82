"""The timeline on a unit's page: its names, and the units it came from."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from departments.enums import SuccessionKind
from departments.models import Department, DepartmentName
from departments.public.doors import unit_door
from departments.succession import Succession
from foundation.language.dates import format_date

CAME_BY = {
    SuccessionKind.RENAME: "Đổi tên",
    SuccessionKind.MERGE: "Sáp nhập",
    SuccessionKind.SPLIT: "Tách từ",
    SuccessionKind.TRANSFER: "Tiếp nhận",
}
UNDECIDED = "chờ văn bản"


@dataclass(frozen=True)
class Era:
    """One line of the timeline: years, name, origins, document."""

    years: str
    name: str
    url: str = ""
    is_now: bool = False
    origins: list[dict[str, Any]] = field(default_factory=list)  # {"manner", "units": [{"name", "url"}]}
    note: str = ""


def eras(unit: Department, names: list[DepartmentName], succession: Succession) -> list[Era]:
    """Return the unit's own names, newest first, then those of the units it came from, newest first.

    `names` are the names of the unit and of its ancestors, with their units loaded.
    """
    own = [name for name in names if name.department_id == unit.pk]
    older = [name for name in names if name.department_id in succession.ancestors(unit.pk)]
    last_names = {name.department_id: name.name for name in sorted(older, key=lambda name: name.valid_from)}
    found = []
    for place, name in enumerate(sorted(own, key=lambda name: name.valid_from, reverse=True)):
        is_first = place == len(own) - 1
        origins = _origins(succession.before.get(unit.pk, []), last_names) if is_first else []
        is_now = place == 0 and unit.valid_until is None
        url = unit_door(unit.pk, name.valid_from) if place else ""
        found.append(Era(_years(name), name.name, url, is_now, origins, _basis_words(name.document)))
    for name in sorted(older, key=lambda name: name.valid_from, reverse=True):
        found.append(Era(_years(name), name.name, unit_door(name.department_id, name.valid_from)))
    return found


def _origins(rows: Iterable[Mapping[str, Any]], last_names: dict[int, str]) -> list[dict[str, Any]]:
    """Return “Sáp nhập: A + B”, one line for each kind of succession."""
    by_manner: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["department_id"] in last_names:
            manner = CAME_BY.get(row["succession_kind"], "Kế thừa")
            unit = row["department_id"]
            by_manner[manner].append({"name": last_names[unit], "url": unit_door(unit, row["valid_from"])})
    return [{"manner": manner, "units": units} for manner, units in by_manner.items()]


def _years(name: DepartmentName) -> str:
    """Return years; or days if the name lasted less than two years or is still in force."""
    first = format_date(name.valid_from, "so")
    if name.valid_until is None:
        return f"Từ {first} đến nay"
    if name.valid_until - name.valid_from > datetime.timedelta(days=730):
        return f"{name.valid_from.year} – {name.valid_until.year}"
    return f"{first} – {format_date(name.valid_until, 'so')}"


def _basis_words(document: str) -> str:
    if not document:
        return ""
    return "Đang chờ văn bản." if document.strip().lower() == UNDECIDED else f"Theo {document}."
