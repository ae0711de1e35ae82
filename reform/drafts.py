"""Tables to begin from: one unit that closes with a line for each unit under it; or units to be moved."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable

from departments.models import Department, DepartmentRelation
from reform.lines import COLUMNS, MOVED

_COLUMNS = ("act", "unit", "target", "administrative", "professional", "location", "code", "note")
_HEADINGS = [COLUMNS[name][0] for name in _COLUMNS]


def draft_of_closing(unit: Department) -> str:
    """Return the table of a unit that closes, with a line for each unit under it; where to is left open."""
    under = (
        DepartmentRelation.objects.on()
        .filter(related=unit, kind__in=MOVED)
        .exclude(department__valid_until__isnull=False)
    )
    kinds: dict[Department, set[str]] = defaultdict(set)
    for row in under.select_related("department").order_by("department__sort_key", "department"):
        kinds[row.department].add(row.kind)
    lines = [{"act": "Giải thể", "unit": unit.code, "note": unit.name}]
    lines += [
        {"act": "Chuyển", "unit": one.code, "note": one.name} | dict.fromkeys(found, "")
        for one, found in kinds.items()
    ]
    return _table(lines)


def draft_of_moves(units: Iterable[Department]) -> str:
    """Return the table in which each of the units goes under another, left open."""
    return _table([{"act": "Chuyển", "unit": unit.code, "note": unit.name} for unit in units])


def _table(lines: Iterable[dict[str, str]]) -> str:
    """Return lines as a spreadsheet pastes them: cells between tabs."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(_HEADINGS)
    writer.writerows([[line.get(name, "") for name in _COLUMNS] for line in lines])
    return text.getvalue()
