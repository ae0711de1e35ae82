"""The reader's filters of the register: school year, form of award, unit, name, all in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from awards.models import AwardKind, Commendation, Decision
from awards.querysets import CommendationQuerySet, DecisionQuerySet, of_year
from departments.models import Department, SchoolYear
from foundation.choosing.labels import label_of
from foundation.language.plain import clean_line
from foundation.language.vietnamese import slug
from foundation.pagestore.parts import part


@dataclass(frozen=True)
class Choice:
    """One select: the rows to choose from, by their word in the address."""

    name: str
    label: str
    rows: Mapping[str, Any]
    value: str

    @property
    def chosen(self) -> Any:
        """The chosen row; None when nothing, or a word that is not among the rows, is chosen."""
        return self.rows.get(self.value)

    @property
    def options(self) -> list[dict]:
        options = [{"value": "", "label": "Tất cả", "selected": self.chosen is None}]
        for value, row in self.rows.items():
            options.append({"value": value, "label": label_of(row), "selected": value == self.value})
        return options


@dataclass(frozen=True)
class Filters:
    """The filters of one address."""

    year: Choice
    kind: Choice
    department: Choice
    name: str = field(default="")

    @classmethod
    def read(cls, words: Mapping[str, str]) -> "Filters":
        """Returns the filters of an address. Only rows with public commendations can be chosen.

        The choices take three queries and are cached until the register changes.
        """
        years, kinds, units = part("register filters", ["awards", "units"], _choices)
        # A unit's page links here also when only its predecessors were commended.
        asked_for = slug(words.get("don-vi", ""))
        if asked_for and asked_for not in {unit.slug for unit in units}:
            units = [*units, *Department.objects.filter(slug=asked_for)]

        def choice(name: str, label: str, rows: Iterable, word: Any) -> Choice:
            return Choice(name, label, {word(row): row for row in rows}, words.get(name, ""))

        return cls(
            choice("nam-hoc", "Năm học", years, lambda row: str(row.first_year)),
            choice("hinh-thuc", "Hình thức", kinds, lambda row: slug(row.name)),
            choice("don-vi", "Đơn vị", units, lambda row: row.slug),
            " ".join(clean_line(words.get("ten", "")).split())[:100],
        )

    @property
    def selects(self) -> tuple[Choice, ...]:
        return (self.year, self.kind, self.department)

    @property
    def narrowed(self) -> bool:
        return bool(self.name or any(choice.chosen for choice in self.selects))

    @property
    def keys(self) -> tuple[str, ...]:
        """The parameters under which the page may be kept: choices among the rows, no stranger's words."""
        return tuple(choice.name for choice in self.selects if choice.chosen)

    @property
    def query(self) -> str:
        """The filters as a query string, without empty ones."""
        words = {choice.name: choice.value for choice in self.selects if choice.chosen}
        return urlencode(words | ({"ten": self.name} if self.name else {}))

    @cached_property
    def rows(self) -> CommendationQuerySet:
        """Public commendations that pass the filters. Cached, because merged units need a query."""
        rows = Commendation.objects.public()
        if self.year.chosen:
            rows = rows.in_school_year(self.year.chosen)
        if self.kind.chosen:
            rows = rows.filter(award_kind=self.kind.chosen)
        if self.department.chosen:
            rows = rows.for_department(self.department.chosen)
        return rows.by_name(self.name) if self.name else rows

    def decisions(self) -> DecisionQuerySet:
        """Returns public decisions with at least one such commendation."""
        if not self.narrowed:
            return Decision.objects.public()
        return Decision.objects.public().filter(Exists(self.rows.filter(decision=OuterRef("pk"))))


def _choices() -> tuple[list[SchoolYear], list[AwardKind], list[Department]]:
    """Uses EXISTS from the small tables; with a join a database may read the whole register."""
    years = (OuterRef("pk"), OuterRef("starts_on"), OuterRef("ends_on"))
    given = Commendation.objects.of(Decision.objects.public().values("pk"))
    return (
        list(SchoolYear.objects.filter(Exists(Decision.objects.public().filter(of_year(*years))))),
        list(AwardKind.objects.filter(Exists(given.filter(award_kind=OuterRef("pk"))))),
        list(Department.objects.filter(Exists(given.filter(department=OuterRef("pk")))).to_choose()),
    )
