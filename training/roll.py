"""The roll of an enrolment: units with their people, counted by kind; as many queries for 2 as for 2,000."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.http import urlencode

from departments.enums import DepartmentKind
from foundation.language.vietnamese import fold
from training.models import Enrolment, InvitedUnit, Participant

GUESTS = "khach"


@dataclass
class UnitRow:
    """One unit of the roll; `people` are those whom the page shows."""

    unit: InvitedUnit
    people: list[Participant] = field(default_factory=list)
    placed: int = 0
    waiting: int = 0

    @property
    def is_silent(self) -> bool:
        return not (self.placed or self.waiting)


@dataclass(frozen=True)
class Asked:
    """What the reader of the roll chose: a kind of unit, words, only units that sent nobody."""

    kind: str = ""
    words: str = ""
    silent: bool = False

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Asked":
        kind = data.get("loai", "")
        known = kind if kind in DepartmentKind.values else ""
        return cls(known, data.get("q", "").strip()[:100], data.get("im") == "1")

    def url(self, **changes: str) -> str:
        words = {"loai": self.kind, "q": self.words, "im": "1" if self.silent else ""} | changes
        return "?" + urlencode({name: value for name, value in words.items() if value})


class Roll:
    """Everything the office's page shows of the people. Makes two queries."""

    def __init__(self, enrolment: Enrolment, asked: Asked):
        self.enrolment, self.asked = enrolment, asked
        self.rows = {unit.pk: UnitRow(unit) for unit in enrolment.units.all()}
        self.guests: list[Participant] = []
        people = Participant.objects.standing().filter(enrolment=enrolment)
        for person in people.defer("answers", "search_key", "code"):
            row = self.rows.get(person.unit_id or 0)
            if row is None:
                self.guests.append(person)
                continue
            if person.waiting_since:
                row.waiting += 1
            else:
                row.placed += 1
            row.people.append(person)
        self.placed = sum(row.placed for row in self.rows.values()) + len(self.guests)
        self.waiting = sum(row.waiting for row in self.rows.values())
        self.silent = sum(row.is_silent for row in self.rows.values())

    @property
    def shown(self) -> list[UnitRow]:
        """The units that were asked for; with words, only those that have them in a name."""
        rows = [row for row in self.rows.values() if self.asked.kind in ("", row.unit.kind)]
        if self.asked.silent:
            rows = [row for row in rows if row.is_silent]
        words = fold(self.asked.words).split()
        return [found for row in rows if (found := _matching(row, words))]

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The kinds of units with how many people of how many units: the event's own figures."""
        people: dict[str, int] = defaultdict(int)
        units: dict[str, int] = defaultdict(int)
        for row in self.rows.values():
            people[row.unit.kind] += row.placed
            units[row.unit.kind] += not row.is_silent
        found = [
            {
                "label": kind.label,
                "people": people[kind],
                "units": units[kind],
                "url": self.asked.url(loai=kind.value),
                "current": self.asked.kind == kind,
            }
            for kind in DepartmentKind
            if kind in people
        ]
        every = {"label": "Tất cả", "people": self.placed, "url": self.asked.url(loai="")}
        return [every | {"current": not self.asked.kind, "units": sum(units.values())}, *found]


def _matching(row: UnitRow, words: list[str]) -> UnitRow | None:
    if not words or all(word in fold(row.unit.name) for word in words):
        return row
    people = [one for one in row.people if all(word in one.name_key for word in words)]
    return UnitRow(row.unit, people, row.placed, row.waiting) if people else None
