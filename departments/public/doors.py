"""Which address a name on a public page leads to: the one rule for units, kinds of unit and school years.

A unit that bore another name on the day of a record leads to its page as of the beginning of that name, so
one name leads to one page. Pages that ask here carry the tag `TAG`. People have no page of their own; pupils
never will.
"""

import datetime
import re
from bisect import bisect_right
from collections import defaultdict
from typing import NamedTuple

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from departments.models import Department, SchoolYear
from foundation.pagestore.parts import part
from foundation.pagestore.shelf import store
from foundation.paging.addresses import address_of

TAG = "unit-names"
DAY = "ngay"  # the parameter of a unit's page: as of which day
SECONDS = 60
_WORD = re.compile(r"\w+")


class _Unit(NamedTuple):
    """A unit's address, and its names oldest first: from which day on, the name, the short name."""

    slug: str
    begins: list[datetime.date]
    names: list[tuple[str, ...]]


class _Units(NamedTuple):
    """All units by id; who bore which name ever, by the name's first word, longest names first."""

    by_id: dict[int, _Unit]
    by_word: dict[str, list[tuple[str, list[int]]]]


def unit_door(unit: int | None, day: datetime.date | None = None) -> str:
    """Return the address of the page of the unit with this id as of a day; "" if there is no such unit."""
    known = _units().by_id.get(unit) if unit else None
    if known is None:
        return ""
    address = address_of("departments:department_detail", known.slug)
    then, now = _place(known, day), _place(known, None)
    return address if then == now else f"{address}?{DAY}={known.begins[then]}"


def unit_name(unit: int, day: datetime.date | None = None) -> str:
    """Return the full name of the unit with this id on a day, by default today."""
    known = _units().by_id[unit]
    return _names_on(known, day)[0]


def doors_in(text: str, day: datetime.date | None = None) -> list[tuple[str, str]]:
    """Return the text in pieces, each with its address: a name that one unit alone bears leads to its page.

    If several units ever bore a name, it leads to the one that bears it on the day; letters are compared as
    they are written.
    """
    units, found, done = _units(), [], 0
    for word in _WORD.finditer(text):
        place = word.start()
        if place < done or not (named := _name_from(units, text, place)):
            continue
        name, bearers = named
        if len(bearers) > 1:
            bearers = [one for one in bearers if name in _names_on(units.by_id[one], day)]
        url = unit_door(bearers[0], day) if len(bearers) == 1 else ""
        found += [(text[done:place], ""), (name, url)]
        done = place + len(name)
    return [piece for piece in (*found, (text[done:], "")) if piece[0]]


def kind_door(kind: str) -> str:
    """Return the address of the directory with the units of a kind; "" without a kind."""
    return f"{reverse('departments:department_list')}?{urlencode({'loai': kind})}" if kind else ""


def year_door(year: SchoolYear | None) -> str:
    """Return the address of what a school year is remembered by, its commendations; "" without a year."""
    return f"{reverse('awards:decision_list')}?{urlencode({'nam-hoc': year.first_year})}" if year else ""


def forget_names(*_pks: int) -> None:
    """Have the names read again where pages are not kept; elsewhere their tag does it."""
    cache.delete(TAG)


def _place(unit: _Unit, day: datetime.date | None) -> int:
    """Return the place of the name in force on a day, by default today; before the first, the first."""
    return max(bisect_right(unit.begins, day or timezone.localdate()) - 1, 0)


def _names_on(unit: _Unit, day: datetime.date | None) -> tuple[str, ...]:
    return unit.names[_place(unit, day)]


def _name_from(units: _Units, text: str, place: int) -> tuple[str, list[int]] | None:
    """Return the longest name that the text has from this place on, and who bore it."""
    word = _WORD.match(text, place)
    for name, bearers in units.by_word.get(word[0], ()) if word else ():
        end = place + len(name)
        if text.startswith(name, place) and not text[end : end + 1].isalnum():
            return name, bearers
    return None


def _units() -> _Units:
    """Return all units: read with one query by each process until a name changes; else once a minute."""
    if store():
        return part(TAG, [TAG], _read)
    return cache.get_or_set(TAG, _read, SECONDS) or _read()


def _read() -> _Units:
    by_id: dict[int, _Unit] = {}
    bearers: dict[str, list[int]] = defaultdict(list)
    columns = ("pk", "slug", "name", "short_name", "names__valid_from", "names__name", "names__short_name")
    for pk, slug, name, short, day, *former in Department.objects.order_by("names__valid_from").values_list(
        *columns
    ):
        unit = by_id.setdefault(pk, _Unit(slug, [], []))
        unit.begins.append(day or datetime.date.min)
        unit.names.append(tuple(former) if day else (name, short))
        for one in filter(None, unit.names[-1]):
            bearers[one] += [] if pk in bearers[one] else [pk]
    by_word: dict[str, list[tuple[str, list[int]]]] = defaultdict(list)
    for name in sorted(bearers, key=len, reverse=True):
        if word := _WORD.match(name):
            by_word[word[0]].append((name, bearers[name]))
    return _Units(by_id, dict(by_word))
