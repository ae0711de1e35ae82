"""Run a search: best results first, page by page, without counting or skipping rows."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from math import inf
from typing import NamedTuple

from django.db import connection

from foundation.search.asking import Asked, all_words
from foundation.search.candidates import clauses, counts_of, places_of, read_candidates
from foundation.search.database import Clock, index, within
from foundation.search.enums import Kind
from foundation.search.keeping import tag_of_kind
from foundation.search.matching import Clause, Match, Phrase, Window
from foundation.search.models import Entry
from foundation.search.places import FIRST, LAST, kind_of
from foundation.search.quoting import must_look, with_quoted
from foundation.search.ranking import Candidate, Ranking
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
    """Where a page of results begins: after so many of the ranked ones (step 0), or among the rest, which
    follow newest first, below which place.
    """

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
    """`entries` in order; `after` is where the next page begins, None on the last page.

    `is_near`: nothing holds all that was asked; these hold most of it.
    """

    entries: list[Entry]
    after: ResultPlace | None
    counts: dict[str, int] = field(default_factory=dict)
    is_near: bool = False


def find(asked: Asked, narrowing: Narrowing, place: ResultPlace | None, size: int) -> Found:
    """Return one page of results; none for a query without words. Raises SearchTookTooLongError."""
    if not asked.phrases:
        return Found([], None)
    with within(SECONDS) as clock:
        windows = Windows(clock, narrowing.first, narrowing.last)
        counts = _counts(asked, narrowing, windows)
        if counts and max(counts.values()) <= COUNTED:
            windows.join()
        head: list[int] = []
        has_more = True
        if not narrowing.by_time:
            head, has_more = _ranked(asked, narrowing, windows, found_count=sum(counts.values()))
        start = place or ResultPlace()
        if start == ResultPlace() and not head:
            start = ResultPlace(1)
        shown, after = _page(asked, narrowing, windows, start, size=size, head=head, has_more=has_more)
        entries = Entry.objects.in_bulk(shown)
        is_near = not counts and bool(shown)
        counts = counts or (_kinds_of(head) if is_near else {})
    return Found([entries[p] for p in shown if p in entries], after, counts, is_near)


def finds_any(asked: Asked, narrowing: Narrowing, clock: Clock) -> bool:
    """Return whether anything holds all that was asked. Raises SearchTookTooLongError."""
    windows = Windows(clock, narrowing.first, narrowing.last)
    match = Match(all_words(asked, exact=narrowing.exact), narrowing.tags(narrowing.kind))
    return bool(_read(match, windows, 1))


def pks(kind: str, asked: Asked, most: int) -> list[int]:
    """Return the primary keys of the newest things of one kind that contain all words asked for.

    Quoted phrases are matched by the index only: checking every text would take too long here.
    """
    if not asked.phrases:
        return []
    clause = replace(all_words(asked), quoted=())
    places = _read(Match(clause, ((tag_of_kind(kind),),)), Windows(Clock(inf), FIRST, LAST), most)
    return list(Entry.objects.filter(place__in=places).values_list("source_id", flat=True))


def _ranked(
    asked: Asked, narrowing: Narrowing, windows: Windows, *, found_count: int
) -> tuple[list[int], bool]:
    """Return the best places, best first, and whether there may be others that hold all that was asked."""
    counts, is_found = counts_of(asked), found_count > 0
    ways = clauses(asked, counts, exact=narrowing.exact, found=found_count)
    every, most = ways[0]
    if not is_found:
        ways = [way for way in ways if way[0].least]
    if not ways:
        return [], False
    matches = [(Match(clause, narrowing.tags(narrowing.kind)), most) for clause, most in ways]
    names = _names(asked, narrowing) if is_found else []
    found = places_of(matches + names, windows)
    named = _named(found, len(matches), names)
    has_more = is_found and sum(0 in numbers for numbers in found.values()) >= most
    if is_found and must_look(every):
        match = Match(every, narrowing.tags(narrowing.kind))
        found |= {place: {0} for place in _read(match, windows, most)}
    candidates = [it for it in read_candidates(list(found)) if _holds_quoted(it, asked, narrowing)]
    order = Ranking(asked, counts).best_first(candidates)
    return named + [place for place in order if place not in named], has_more


def _holds_quoted(it: Candidate, asked: Asked, narrowing: Narrowing) -> bool:
    marks = asked.has_marks or narrowing.exact
    texts = (it.title, it.text, it.title_keys, it.text_keys) if marks else (it.title, it.text)
    phrases = asked.quoted if not narrowing.exact else [p for p in asked.marked if len(p) > 1]
    return all(any(f" {' '.join(phrase)} " in text for text in texts) for phrase in phrases)


def _page(
    asked: Asked,
    narrowing: Narrowing,
    windows: Windows,
    start: ResultPlace,
    *,
    size: int,
    head: list[int],
    has_more: bool,
) -> tuple[list[int], ResultPlace | None]:
    """Return the places of a page: of the ranked ones, then of all others, newest first."""
    shown: list[int] = []
    below = LAST
    if start.step == 0:
        first = 0 if start.below == LAST else start.below
        shown = head[first : first + size]
        if first + size < len(head):
            return shown, ResultPlace(0, first + size)
    elif start.step == 1:
        below = start.below
    if not has_more or start.step > 1:
        return shown, None
    match = Match(all_words(asked, exact=narrowing.exact), narrowing.tags(narrowing.kind))
    ranked = set(head)
    # At most the ranked ones are passed over.
    wanted = size - len(shown) + 1
    rest = [p for p in _read(match, windows.below(below), wanted + len(ranked)) if p not in ranked]
    if len(rest) < wanted:
        return shown + rest, None
    shown += rest[: wanted - 1]
    return shown, ResultPlace(1, shown[-1] if wanted > 1 else LAST)


def _names(asked: Asked, narrowing: Narrowing) -> list[tuple[Match, int]]:
    """Return how units and events match that bear the typed words as their name."""
    if narrowing.kind or len(asked.words) < 2:
        return []
    words = asked.marked if narrowing.exact else asked.phrases
    whole = tuple(word for phrase in words for word in phrase)
    clause = Clause((whole,), marks=narrowing.exact, title=True)
    return [(Match(clause, narrowing.tags(kind)), A_NAME + 1) for kind in (Kind.UNIT, Kind.EVENT)]


def _named(found: dict[int, set[int]], first: int, names: list[tuple[Match, int]]) -> list[int]:
    """Return the units and events of these names, newest first; none of a kind if too many bear it."""
    of_kinds = [
        sorted((place for place, ways in found.items() if way in ways), reverse=True)
        for way in range(first, first + len(names))
    ]
    return [place for places in of_kinds if len(places) <= A_NAME for place in places]


def _kinds_of(places: list[int]) -> dict[str, int]:
    """Return how many of these places are of which kind."""
    found = Counter(kind_of(place) for place in places)
    return {kind: found[kind] for kind in Kind if found[kind]}


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
    db, clause = index(), all_words(asked, exact=narrowing.exact)
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
