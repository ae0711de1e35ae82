"""Which unit succeeded which, computed from rows already read."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any


class Succession:
    """The successions among all units, from rows of DepartmentRelation (`.values()`)."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]):
        self.before: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        self.after: dict[int, set[int]] = defaultdict(set)
        for row in sorted(rows, key=lambda row: row["valid_from"]):
            self.before[row["related_id"]].append(row)
            self.after[row["department_id"]].add(row["related_id"])

    def ancestors(self, unit: int) -> set[int]:
        """Return all units before it, at any distance."""
        return _reach(unit, lambda one: {row["department_id"] for row in self.before.get(one, ())})

    def descendants(self, unit: int) -> set[int]:
        """Return all units after it, at any distance."""
        return _reach(unit, lambda one: self.after.get(one, set()))

    def alone_carried_on_by(self, unit: int) -> set[int]:
        """Return the units whose only successor is this one, directly or not."""
        found: set[int] = {unit}
        waiting = self.ancestors(unit)
        while joined := {one for one in waiting - found if self.after[one] <= found}:
            found |= joined
        return found - {unit}


def _reach(start: int, step: Callable[[int], set[int]]) -> set[int]:
    found, waiting = set(), [start]
    while waiting:
        for unit in step(waiting.pop()):
            if unit != start and unit not in found:
                found.add(unit)
                waiting.append(unit)
    return found
