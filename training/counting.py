"""Figures of an event from the check-in: how many came, of how many units, by kind. They name nobody."""

from collections import defaultdict
from dataclasses import dataclass

from departments.enums import DepartmentKind
from events.models import Event
from foundation.language.numbers import format_number
from training.attendance import sittings_by_person
from training.models import Enrolment, Participant


@dataclass(frozen=True)
class KindCount:
    """People of one kind of unit; `kind` is "" for guests of other units."""

    kind: str
    people: int
    units: int

    @property
    def label(self) -> str:
        return str(DepartmentKind(self.kind).label) if self.kind else "Khách, đơn vị khác"


def came_by_kind(enrolment: Enrolment) -> list[KindCount]:
    """Return who came to at least one sitting, by kind, in the order of kinds. Makes two queries."""
    came = sittings_by_person(enrolment)
    people: dict[str, int] = defaultdict(int)
    units: dict[str, set[int]] = defaultdict(set)
    rows = Participant.objects.filter(enrolment=enrolment).order_by()
    for pk, unit, kind in rows.values_list("pk", "unit", "unit__kind"):
        if pk in came:
            people[kind or ""] += 1
            units[kind or ""] |= {unit} - {None}
    order = [*(kind.value for kind in DepartmentKind), ""]
    return [KindCount(kind, people[kind], len(units[kind])) for kind in order if people[kind]]


def crowd_words(event: Event) -> str:
    """Return “190 người của 20 đơn vị, gồm 70 người của 7 trường THPT, …”; "" when nobody was counted."""
    enrolment = Enrolment.objects.filter(event=event).first()
    counts = came_by_kind(enrolment) if enrolment else []
    if not counts:
        return ""
    people = sum(count.people for count in counts)
    units = sum(count.units for count in counts)
    parts = [
        f"{format_number(count.people)} người của {count.units} {_noun(count.label)}"
        for count in counts
        if count.kind
    ]
    guests = next((count.people for count in counts if not count.kind), 0)
    parts += [f"{guests} khách"] if guests else []
    whole = f"{format_number(people)} người của {format_number(units)} đơn vị"
    return f"{whole}, gồm {', '.join(parts)}" if len(parts) > 1 else whole


def _noun(label: str) -> str:
    """Inside a sentence a kind begins small: “trường THPT”; “Sở” stays."""
    return label if label.startswith("Sở") else label[:1].lower() + label[1:]
