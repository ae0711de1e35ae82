"""Run a search: best results first, page by page, without counting or skipping rows."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import NamedTuple

from django.db import connection

from foundation.search.asking import Asked, steps
from foundation.search.database import Clock, index, within
from foundation.search.enums import Kind
from foundation.search.keeping import tag_of_kind
from foundation.search.matching import Clause, Match, Phrase, Window
from foundation.search.models import Entry
from foundation.search.places import FIRST, LAST
from foundation.search.quoting import must_look, with_quoted
from foundation.search.windows import Windows

SECONDS = 0.4  # for all database queries of one search
COUNTED = 100  # above this the page says “hơn 100”
LOOKED_AT = 100  # texts checked at a time for a quoted phrase
A_NAME = 3  # if more units or events match, what was typed is no name
_PLACE = re.compile(r"([0-9]{1,2})-([0-9]{1,19})")


@dataclass(frozen=True)
class Narrowing:
    """Filters. `units`: any of these tags; `first` (included) and `last` (excluded) are places."""

    kind: str = ""
    units: tuple[str, ...] = ()
    year: str = ""
    first: int = FIRST
    last: int = LAST
    exact: bool = False
    by_time: bool = False

    def tags(self, kind: str) -> tuple[Phrase, ...]:
        """Return the groups of tags by which things of this kind are filtered."""
        groups = ((tag_of_kind(kind),) if kind else (), self.units, (self.year,) if self.year else ())
        return tuple(group for group in groups if group)


class ResultPlace(NamedTuple):
    """Where a page of results begins: in which step, below which place."""

    step: int = 0
    below: int = LAST

    def __str__(self) -> str:
        return f"{self.step}-{self.below}"

    @classmethod
    def read(cls, text: str) -> "ResultPlace | None":
        """Parse a place; returns None if it is invalid."""
        found = _PLACE.fullmatch(text)
        return cls(int(found[1]), min(int(found[2]), LAST)) if found and found[0].isascii() else None


@dataclass(frozen=True)
class Found:
    """`entries` in order; `after` is where the next page begins, None on the last page."""

    entries: list[Entry]
    after: ResultPlace | None
    counts: dict[str, int] = field(default_factory=dict)


def find(asked: Asked, narrowing: Narrowing, place: ResultPlace | None, size: int) -> Found:
    """Return one page of results; none for a query without words. Raises SearchTookTooLongError."""
    if not asked.phrases:
        return Found([], None)
    with within(SECONDS) as clock:
        windows = Windows(clock, narrowing.first, narrowing.last)
        counts = _counts(asked, narrowing, windows)
        if not counts:
            return Found([], None)
        if max(counts.values()) <= COUNTED:
            windows.join()
        named = _named(asked, narrowing, windows, counts)
        places, after = _page(
            asked,
            narrowing,
            windows,
            place or ResultPlace(),
            size=size,
            taken=named,
            total=_total(narrowing, counts),
        )
        shown = places if place else named + places
        entries = Entry.objects.in_bulk(shown)
    return Found([entries[p] for p in shown if p in entries], after, counts)


def finds_any(asked: Asked, narrowing: Narrowing, clock: Clock) -> Entry | None:
    """Return the first result, if there is any. Raises SearchTookTooLongError."""
    last = steps(asked, exact=narrowing.exact)[-1]
    windows = Windows(clock, narrowing.first, narrowing.last)
    if not _read(Match(last, narrowing.tags(narrowing.kind)), windows, 1):
        return None
    places, _after = _page(asked, narrowing, windows, ResultPlace(), size=1, taken=[])
    return Entry.objects.filter(place__in=places).first()


def pks(kind: str, asked: Asked, most: int) -> list[int]:
    """Return the primary keys of the newest things of one kind that contain all words asked for.

    Quoted phrases are matched by the index only: checking every text would take too long here.
    """
    if not asked.phrases:
        return []
    clause = replace(steps(asked)[-1], quoted=())
    places = _read(Match(clause, ((tag_of_kind(kind),),)), Windows(Clock(inf), FIRST, LAST), most)
    return list(Entry.objects.filter(place__in=places).values_list("source_id", flat=True))


def _page(
    asked: Asked,
    narrowing: Narrowing,
    windows: Windows,
    start: ResultPlace,
    *,
    size: int,
    taken: list[int],
    total: int | None = None,
) -> tuple[list[int], ResultPlace | None]:
    """Run the steps until the page is full, plus one result to know whether there is a next page.

    When `total` is known, it stops as soon as that many are found.
    """
    clauses = steps(asked, exact=narrowing.exact, by_time=narrowing.by_time)
    found: list[tuple[int, int]] = []
    for number in range(start.step, len(clauses)):
        match = Match(clauses[number], narrowing.tags(narrowing.kind), _before(clauses, number))
        wanted = size + 1 - len(found) + len(taken)
        below = windows.below(start.below) if number == start.step else windows
        places = [p for p in _read(match, below, wanted) if p not in taken]
        found += [(number, place) for place in places]
        if len(found) > size:
            step, last = found[size - 1]
            return [place for _step, place in found[:size]], ResultPlace(step, last)
        if len(found) + len(taken) == total:
            break
    return [place for _step, place in found], None


def _before(clauses: list[Clause], number: int) -> tuple[Clause, ...]:
    """Return the clauses of results already given out: those of these marks, and the last of other marks."""
    own = clauses[number].marks
    others = [c for c, following in pairwise(clauses[: number + 1]) if c.marks != own == following.marks]
    return (*others, *(clause for clause in clauses[:number] if clause.marks == own))


def _total(narrowing: Narrowing, counts: dict[str, int]) -> int | None:
    """Return how many things match; None if a count stopped at the limit."""
    wanted = [counts.get(narrowing.kind, 0)] if narrowing.kind else list(counts.values())
    return None if max(wanted) > COUNTED else sum(wanted)


def _named(asked: Asked, narrowing: Narrowing, windows: Windows, counts: dict[str, int]) -> list[int]:
    """Return units and events with the typed words as their name; none of a kind if too many have it."""
    if narrowing.kind or narrowing.by_time or len(asked.words) < 2:
        return []
    titles = [clause for clause in steps(asked, exact=narrowing.exact) if clause.title]
    found: list[int] = []
    for kind in (kind for kind in (Kind.UNIT, Kind.EVENT) if kind in counts):
        side_by_side = next(clause for clause in reversed(titles) if len(clause.phrases) == 1)
        places = _read(Match(side_by_side, narrowing.tags(kind)), windows, A_NAME + 1)
        found += places if len(places) <= A_NAME else []
    return found


def _read(match: Match, windows: Windows, most: int) -> list[int]:
    """Return the places that match, newest first."""
    found: list[int] = []
    for window in windows:
        last = window.last
        while len(found) < most:
            wanted = most - len(found)
            if must_look(match.clause):
                wanted = max(wanted, LOOKED_AT)
            places = _places(match, window._replace(last=last), wanted)
            found += with_quoted(match.clause, places)
            if len(places) < wanted:
                break
            windows.clock.check()
            last = places[-1]
        if len(found) >= most:
            break
    return found[:most]


def _places(match: Match, window: Window, most: int) -> list[int]:
    db = index()
    params = [db.expression(match, window.tags), window.last, window.first, most]
    with connection.cursor() as cursor:
        cursor.execute(f"{db.SELECT}{db.NEWEST} LIMIT %s", params)
        return [row[0] for row in cursor.fetchall()]


def _counts(asked: Asked, narrowing: Narrowing, windows: Windows) -> dict[str, int]:
    """Return the count per kind, at most `COUNTED` + 1 each. Makes one query per window."""
    db, clause = index(), steps(asked, exact=narrowing.exact)[-1]
    found = dict.fromkeys(Kind, 0)
    with connection.cursor() as cursor:
        for window in windows:
            parts, params = [], []
            for kind in (kind for kind, count in found.items() if count <= COUNTED):
                parts.append(f"SELECT '{kind}', COUNT(*) FROM ({db.SELECT} LIMIT %s) AS {kind}s")  # noqa: S608
                expression = db.expression(Match(clause, narrowing.tags(kind)), window.tags)
                params += [expression, window.last, window.first, COUNTED + 1 - found[kind]]
            if not parts:
                break
            cursor.execute(" UNION ALL ".join(parts), params)
            for kind, count in cursor.fetchall():
                found[kind] += count
    if must_look(clause):  # small counts are checked text by text
        few = [kind for kind, count in found.items() if 0 < count <= COUNTED]
        found |= {kind: len(_read(Match(clause, narrowing.tags(kind)), windows, COUNTED)) for kind in few}
    return {kind: count for kind, count in found.items() if count}
