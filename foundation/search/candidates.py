"""The few hundred things that may answer a question best, read from the index with their words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from django.db import connection

from foundation.language.searching import both_sequences
from foundation.search.asking import Asked, all_words
from foundation.search.database import index
from foundation.search.keeping import cut
from foundation.search.matching import Clause, Group, Match
from foundation.search.models import Entry, Word
from foundation.search.ranking import Candidate
from foundation.search.windows import Windows

ENOUGH = 20  # results of a page
IN_TITLES, ANYWHERE, NEARLY = 60, 100, 50  # at most as many of each way to match
_RAREST = 6  # parts of a question that “most of them” is asked of
_COMMON = ("va", "cua", "cac", "trong")  # stand in nearly every text: as many as there are texts


def counts_of(asked: Asked) -> dict[str, int]:
    """Return how often the index has the words of a question, and some of the commonest words."""
    words = {word for slot in asked.slots for word in slot.words}
    found = dict(Word.objects.filter(word__in=words | {*_COMMON}).values_list("word", "count"))
    for word in words:  # the vocabulary keeps no single letters and digits: they stand everywhere
        if len(word) == 1:
            found.setdefault(word, max(found.values(), default=1))
    return found


def clauses(asked: Asked, counts: Mapping[str, int], *, exact: bool, found: int) -> list[tuple[Clause, int]]:
    """Return the ways to match, each with the most things it may give; the first is `all_words`.

    `found` is how many things hold everything asked for: when they fill a page, things that hold most of
    it anywhere are not looked for.
    """
    every = all_words(asked, exact=exact)
    ways = [(every, ANYWHERE), (replace(every, title=True), IN_TITLES)]
    words = asked.marked if exact else asked.phrases
    whole = tuple(word for phrase in words for word in phrase)
    if len(words) > 1:
        ways.append((replace(every, phrases=(whole,), groups=()), IN_TITLES))
    if exact:
        return ways
    if asked.has_marks:
        ways.append((all_words(asked, exact=True), IN_TITLES))
    if (least := least_of(every.groups)) < len(every.groups):
        rare = tuple(sorted(every.groups, key=lambda group: _count(group, counts))[:_RAREST])
        few = len(rare) - min(len(every.groups) - least, len(rare) // 2)
        ways.append((replace(every, groups=rare, least=few, title=True), NEARLY))
        if found < ENOUGH:
            ways.append((replace(every, groups=rare, least=few), NEARLY))
    return ways


def least_of(groups: tuple[Group, ...]) -> int:
    """Return how many parts of a question a near answer holds: all of three, three of four, four of six."""
    return len(groups) - (len(groups) // 3 if len(groups) > 3 else 0)


def _count(group: Group, counts: Mapping[str, int]) -> int:
    return min(counts.get(word, 0) for phrase in group[0] for word in phrase)


def places_of(ways: list[tuple[Match, int]], windows: Windows) -> dict[int, set[int]]:
    """Return for each found place the numbers of the ways it matches; the newest of each way."""
    db = index()
    found: dict[int, set[int]] = {}
    left = {number: most for number, (_match, most) in enumerate(ways)}
    with connection.cursor() as cursor:
        for window in windows:
            open_ways = [number for number, most in left.items() if most > 0]
            if not open_ways:
                break
            parts, params = [], []
            for number in open_ways:
                newest = f"({db.SELECT}{db.NEWEST} LIMIT %s) AS w{number}"
                parts.append(f"SELECT {number}, w{number}.* FROM {newest}")  # noqa: S608 (our own words)
                params += [
                    db.expression(ways[number][0], window.tags),
                    window.last,
                    window.first,
                    left[number],
                ]
            cursor.execute(" UNION ALL ".join(parts), params)
            for number, place in cursor.fetchall():
                found.setdefault(place, set()).add(number)
                left[number] -= 1
    return found


def read_candidates(places: list[int]) -> Iterator[Candidate]:
    """Yield the words of these places; of rows from before the words were kept in order, cut anew."""
    if not places:
        return
    db = index()
    with connection.cursor() as cursor:
        cursor.execute(f"{db.READ} ({', '.join(['%s'] * len(places))})", places)
        rows = cursor.fetchall()
    for place, *kept in rows:
        texts = _cut_anew(place) if kept[0] is None else kept
        yield Candidate(place, *(f" {text} " for text in texts))


def _cut_anew(place: int) -> list[str]:
    entry = Entry.objects.get(place=place)
    title, text = (both_sequences(words or "") for words in (entry.title, f"{entry.text}\n{entry.captions}"))
    return [" ".join(cut(words)) for words in chain(*zip(title, text, strict=True))]
