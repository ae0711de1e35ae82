"""The public directory of units: found by any name they had, grouped by kind."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from departments.enums import DepartmentKind
from departments.findable import UNLISTED
from departments.models import Department
from foundation.language.searching import matches

SHOWN = 24  # of one kind, until the reader chooses that kind


@dataclass(frozen=True)
class DirectoryQuery:
    """What the reader typed and chose; unknown values count as not chosen."""

    query: str
    kind: str
    province: str

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "DirectoryQuery":
        """Parse the query string."""
        kind = data.get("loai", "")
        return cls(
            data.get("q", "").strip()[:100],
            kind if kind in DepartmentKind.values else "",
            data.get("tinh", "").strip()[:60],
        )

    @property
    def narrowed(self) -> bool:
        """Return whether the reader typed or chose anything."""
        return bool(self.query or self.kind or self.province)

    def url(self, **changes: str) -> str:
        """Return the address of the directory with these parameters changed."""
        words = {"q": self.query, "loai": self.kind, "tinh": self.province} | changes
        words = {name: value for name, value in words.items() if value}
        base = reverse("departments:department_list")
        return f"{base}?{urlencode(words)}" if words else base


def directory(asked: DirectoryQuery) -> dict[str, Any]:
    """Return the open units by kind, and the closed ones. Makes two queries, three with search words."""
    today = timezone.localdate()
    units = Department.objects.search(asked.query).exclude(kind__in=UNLISTED).order_by("sort_key", "pk")
    if asked.query:
        units = units.prefetch_related("names")
    everything = [unit for unit in units if unit.valid_from <= today]
    here = [unit for unit in everything if asked.province in ("", unit.former_province)]
    chosen = [unit for unit in here if asked.kind in ("", unit.kind)]
    closed = [_line(unit, asked) for unit in chosen if unit.is_closed_on(today)]
    limit = None if asked.narrowed else SHOWN
    return {
        "asked": asked,
        "groups": _groups([unit for unit in chosen if unit.is_open_on(today)], asked, limit),
        "closed": closed[:limit] if limit else closed,
        "found": len(chosen),
        "kinds": _kind_facets(here, asked),
        "provinces": _province_options(everything, asked),
    }


def _groups(units: list[Department], asked: DirectoryQuery, limit: int | None) -> list[dict[str, Any]]:
    by_kind: dict[str, list[Department]] = defaultdict(list)
    for unit in units:
        by_kind[unit.kind].append(unit)
    return [
        {
            "id": f"loai-{kind.value.replace('_', '-')}",
            "title": kind.label,
            "units": [_line(unit, asked) for unit in by_kind[kind][:limit]],
            "url": asked.url(loai=kind.value) if limit and len(by_kind[kind]) > limit else "",
            "more": f"Cả {len(by_kind[kind])} đơn vị",
        }
        for kind in DepartmentKind
        if by_kind[kind]
    ]


def _line(unit: Department, asked: DirectoryQuery) -> dict[str, Any]:
    """Return what the list shows of a unit; its old name too if the unit was found by that."""
    former = ""
    if asked.query and not matches(asked.query, unit.spellings):
        former = next((n.name for n in unit.names.all() if matches(asked.query, n.spellings)), "")
    return {
        "name": unit.name,
        "url": unit.get_absolute_url(),
        "former_name": former if former != unit.name else "",
        "former_province": unit.former_province,
        "closed_on": unit.valid_until,
    }


def _kind_facets(units: list[Department], asked: DirectoryQuery) -> list[dict[str, Any]]:
    counts: dict[str, int] = defaultdict(int)
    for unit in units:
        counts[unit.kind] += 1
    every = {"label": "Tất cả", "url": asked.url(loai=""), "count": len(units), "current": not asked.kind}
    return [every] + [
        {
            "label": kind.label,
            "url": asked.url(loai=kind.value),
            "count": counts[kind],
            "current": kind == asked.kind,
        }
        for kind in DepartmentKind
        if counts[kind]
    ]


def _province_options(units: list[Department], asked: DirectoryQuery) -> list[dict[str, Any]]:
    """Return the former provinces as options; empty if no unit has one."""
    found = sorted({unit.former_province for unit in units if unit.former_province} | {asked.province} - {""})
    if not found:
        return []
    every = {"value": "", "label": "Toàn tỉnh", "selected": not asked.province}
    return [every] + [{"value": p, "label": p, "selected": p == asked.province} for p in found]
