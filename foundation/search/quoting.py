"""Check long quoted phrases in the found words, where the index only knows pairs of words."""

from foundation.search.candidates import read_candidates
from foundation.search.database import index
from foundation.search.matching import Clause, Phrase
from foundation.search.ranking import Candidate


def must_look(clause: Clause) -> bool:
    """Return whether the index may also find things without the quoted phrase."""
    return bool(_long(clause))


def with_quoted(clause: Clause, places: list[int]) -> list[int]:
    """Return the places whose title or text contains every quoted phrase, in the given order."""
    if not (phrases := _long(clause)) or not places:
        return places
    holding = {it.place for it in read_candidates(places) if _holds(it, phrases, clause)}
    return [place for place in places if place in holding]


def _long(clause: Clause) -> list[Phrase]:
    return [phrase for phrase in clause.quoted if len(phrase) > index().PROMISED]


def _holds(it: Candidate, phrases: list[Phrase], clause: Clause) -> bool:
    lines = (it.title_keys, it.text_keys) if clause.marks else (it.title, it.text)
    return all(any(f" {' '.join(phrase)} " in line for line in lines) for phrase in phrases)
