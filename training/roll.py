"""The roll of an enrolment: units with their people, counted by kind; as many queries for 2 as for 2,000."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.http import urlencode

from departments.enums import DepartmentKind
from foundation.language.vietnamese import fold
from training.attendance import Arrival, arrivals_of
from training.models import Enrolment, InvitedUnit, Participant, Sitting


@dataclass(frozen=True)
class Entry:
    """One person of the roll, and when they came to the sitting that is shown."""

    person: Participant
    arrival: Arrival | None = None


@dataclass
class UnitRow:
    """One unit of the roll; `people` are those whom the page shows."""

    unit: InvitedUnit
    people: list[Entry] = field(default_factory=list)
    placed: int = 0
    waiting: int = 0
    arrived: int = 0

    @property
    def is_silent(self) -> bool:
        return not (self.placed or self.waiting)

    def add(self, entry: Entry) -> None:
        self.people.append(entry)
        self.waiting += entry.person.waiting_since is not None
        self.placed += entry.person.waiting_since is None
        self.arrived += entry.arrival is not None


@dataclass(frozen=True)
class Asked:
    """What the reader of the roll chose: a kind of unit, words, units that sent nobody, a sitting."""

    kind: str = ""
    words: str = ""
    silent: bool = False
    sitting: str = ""

    @classmethod
    def read_query(cls, data: Mapping[str, str]) -> "Asked":
        kind = data.get("loai", "")
        known = kind if kind in DepartmentKind.values else ""
        words = data.get("q", "").strip()[:100]
        return cls(known, words, data.get("im") == "1", data.get("buoi", "")[:20])

    def url(self, **changes: str) -> str:
        words = {"loai": self.kind, "q": self.words, "im": "1" if self.silent else "", "buoi": self.sitting}
        return "?" + urlencode({name: value for name, value in (words | changes).items() if value})


class Roll:
    """Everything the office's page shows of the people. Makes four queries."""

    def __init__(self, enrolment: Enrolment, asked: Asked):
        self.enrolment, self.asked = enrolment, asked
        self.arrivals = arrivals_of(enrolment)
        self.sittings = list(enrolment.sittings.all())
        self.sitting = self._sitting()
        self.rows = {unit.pk: UnitRow(unit) for unit in enrolment.units.all()}
        self.guests: list[Entry] = []
        came = {person for person, _ in self.arrivals}
        people = Participant.objects.standing().filter(enrolment=enrolment)
        for person in people.defer("answers", "search_key", "code"):
            if person.is_guest and person.pk not in came:
                continue  # let in by mistake, and undone
            at = self.arrivals.get((person.pk, self.sitting.pk)) if self.sitting else None
            row = self.rows.get(person.unit_id or 0)
            if row:
                row.add(Entry(person, at))
            else:
                self.guests.append(Entry(person, at))
        rows = self.rows.values()
        self.placed = sum(row.placed for row in rows) + len(self.guests)
        self.arrived = sum(row.arrived for row in rows) + sum(one.arrival is not None for one in self.guests)
        self.waiting = sum(row.waiting for row in rows)
        self.silent = sum(row.is_silent for row in rows)

    def _sitting(self) -> Sitting | None:
        """The sitting that was asked for, else the last that has begun, else the first."""
        chosen = [one for one in self.sittings if str(one.pk) == self.asked.sitting]
        begun = [one for one in self.sittings if one.starts_at <= timezone.now()]
        return next(iter([*chosen, *reversed(begun), *self.sittings]), None)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The sittings with how many came."""
        came: dict[int, int] = defaultdict(int)
        for _, sitting in self.arrivals:
            came[sitting] += 1
        return [
            {
                "label": one.label,
                "came": came[one.pk],
                "url": self.asked.url(buoi=str(one.pk)),
                "current": one == self.sitting,
            }
            for one in self.sittings
        ]

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
        counts: dict[str, dict[str, int]] = defaultdict(lambda: {"people": 0, "units": 0, "arrived": 0})
        for row in self.rows.values():
            count = counts[row.unit.kind]
            count["people"] += row.placed
            count["units"] += not row.is_silent
            count["arrived"] += row.arrived
        found = [
            {
                "label": kind.label,
                "url": self.asked.url(loai=kind.value),
                "current": self.asked.kind == kind,
                **counts[kind],
            }
            for kind in DepartmentKind
            if kind in counts
        ]
        every = {"label": "Tất cả", "url": self.asked.url(loai=""), "current": not self.asked.kind}
        every |= {"people": self.placed, "arrived": self.arrived}
        return [every | {"units": sum(count["units"] for count in counts.values())}, *found]


def _matching(row: UnitRow, words: list[str]) -> UnitRow | None:
    if not words or all(word in fold(row.unit.name) for word in words):
        return row
    people = [one for one in row.people if all(word in one.person.name_key for word in words)]
    return replace(row, people=people) if people else None
