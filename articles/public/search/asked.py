"""The parameters of a search address (words, filters, page), and addresses of related searches."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from departments import findable as units
from departments.lineage import merged_into
from departments.models import Department, SchoolYear
from foundation.language.dates import parse_date
from foundation.language.plain import clean_line
from foundation.language.searching import word_sequence
from foundation.search.asking import LONGEST, Asked, read_question
from foundation.search.enums import Kind
from foundation.search.finding import Narrowing, ResultPlace
from foundation.search.keeping import tag_of_unit, tag_of_year
from foundation.search.places import FIRST, LAST, since

KINDS = {
    "tin": Kind.STORY,
    "su-kien": Kind.EVENT,
    "van-ban": Kind.DOCUMENT,
    "khen-thuong": Kind.DECISION,
    "don-vi": Kind.UNIT,
}
# Parameters that links to other searches keep.
KEPT = ("q", "loai", "nam-hoc", "dv", "tu", "den", "xep", "dung")
PLACE = "tiep"
MOST_UNITS = 40
_NO_DAY = "Hãy ghi ngày/tháng/năm có thật, ví dụ 05/09/2025."


@dataclass(frozen=True)
class SearchAsked:
    """`data` holds the typed words, shortened; `errors` says by field what was ignored, and why."""

    data: dict[str, str]
    asked: Asked
    narrowing: Narrowing
    place: ResultPlace | None
    errors: dict[str, str] = field(default_factory=dict)

    def url(self, **changes: str) -> str:
        """Returns the address of this search with some parameters changed, at the first page unless a place
        is given.
        """
        words = {name: self.data[name] for name in KEPT} | changes
        return "?" + urlencode({name: value for name, value in words.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether a year, unit or date filter was typed."""
        return any(self.data[name] for name in ("nam-hoc", "dv", "tu", "den"))


def read_address(words: Mapping[str, str]) -> SearchAsked:
    """Returns the search of an address. Never raises: a field it cannot read filters nothing and gets an
    error.
    """
    data = {name: " ".join(clean_line(words.get(name, "")).split())[:80] for name in KEPT}
    asked = read_question(words.get("q", ""))
    data["q"] = " ".join(clean_line(words.get("q", "").replace("\0", " ")).split())[:LONGEST]
    errors: dict[str, str] = {}
    first, last = _days(data, errors)
    narrowing = Narrowing(
        kind=KINDS.get(data["loai"], ""),
        units=_units(data["dv"], errors),
        year=_year(data["nam-hoc"]),
        first=first,
        last=last,
        exact=data["dung"] == "1",
        by_time=data["xep"] == "moi",
    )
    return SearchAsked(data, asked, narrowing, ResultPlace.read(words.get(PLACE, "")), errors)


def years(chosen: str) -> list[dict[str, Any]]:
    """Returns the options of the school year filter, newest first. Makes one query."""
    firsts = sorted(SchoolYear.objects.values_list("starts_on__year", flat=True), reverse=True)
    options = [{"value": "", "label": "Mọi năm", "selected": not chosen}]
    for first in firsts:
        options.append(
            {"value": str(first), "label": f"{first}–{first + 1}", "selected": str(first) == chosen}
        )
    return options


def _year(text: str) -> str:
    is_year = text.isascii() and text.isdecimal() and len(text) == 4
    return tag_of_year(int(text)) if is_year else ""


def _days(data: dict[str, str], errors: dict[str, str]) -> tuple[int, int]:
    bounds = {"tu": FIRST, "den": LAST}
    for name, more in (("tu", 0), ("den", 1)):
        if data[name]:
            if day := parse_date(data[name]):
                bounds[name] = since(_midnight(day, more))
            else:
                errors[name] = f"Chưa lọc theo ngày này. {_NO_DAY}"
    if bounds["tu"] >= bounds["den"]:
        errors["den"] = "Ngày này trước ngày bắt đầu: chưa lọc theo ngày."
        return FIRST, LAST
    return bounds["tu"], bounds["den"]


def _midnight(day: datetime.date, days_later: int) -> datetime.datetime:
    moment = datetime.datetime.combine(day, datetime.time.min)
    return timezone.make_aware(moment) + datetime.timedelta(days=days_later)


def _units(text: str, errors: dict[str, str]) -> tuple[str, ...]:
    """Returns tags of the units that have or had the name; for a single unit also of those merged into it."""
    if not text:
        return ()
    found = list(_named(text)[: MOST_UNITS + 1]) if word_sequence(text) else []
    wanted = word_sequence(text)
    found = [unit for unit in found if word_sequence(unit.name) == wanted] or found
    if not found:
        errors["dv"] = "Không có đơn vị nào mang tên này: chưa lọc theo đơn vị."
    elif len(found) > MOST_UNITS:
        errors["dv"] = "Nhiều đơn vị khớp tên này: hãy gõ rõ hơn. Chưa lọc theo đơn vị."
    else:
        pks = merged_into(found[0].pk) if len(found) == 1 else {unit.pk for unit in found}
        return tuple(map(tag_of_unit, sorted(pks)))
    return ()


def _named(text: str) -> Any:
    public = units.records().prefetch_related(None)
    return public.filter(pk__in=Department.objects.search(text).values("pk")).order_by("sort_key", "pk")
