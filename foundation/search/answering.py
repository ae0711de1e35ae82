"""Answer a question as the search page does: what was found, and what may have been meant instead."""

from dataclasses import dataclass

from foundation.search.asking import Asked
from foundation.search.finding import Found, Narrowing, ResultPlace, find
from foundation.search.models import Entry
from foundation.search.suggesting import suggest

BEST = 3  # results shown of what may have been meant


@dataclass(frozen=True)
class Meant:
    """A similar question that finds something, and its best results, spelled as in the first of them."""

    asked: Asked
    entries: list[Entry]


@dataclass(frozen=True)
class Answer:
    found: Found
    meant: Meant | None = None


def answer(asked: Asked, narrowing: Narrowing, place: ResultPlace | None, size: int) -> Answer:
    """Return a page of results; on the first page, when nothing holds all that was asked, what may have been
    meant. Raises SearchTookTooLongError.
    """
    found = find(asked, narrowing, place, size)
    if place or (found.entries and not found.is_near):
        return Answer(found)
    near = suggest(asked, narrowing)
    if near is None:
        return Answer(found)
    return Answer(found, Meant(near, find(near, narrowing, None, BEST).entries))
