"""Check long quoted phrases in the found texts, where the index only knows pairs of words."""

from foundation.language.searching import both_sequences
from foundation.search.database import index
from foundation.search.keeping import cut
from foundation.search.matching import Clause, Phrase
from foundation.search.models import Entry


def must_look(clause: Clause) -> bool:
    """Return whether the index may also find things without the quoted phrase."""
    return bool(_long(clause))


def with_quoted(clause: Clause, places: list[int]) -> list[int]:
    """Return the places whose title or text contains every quoted phrase, in the given order."""
    if not (phrases := _long(clause)) or not places:
        return places
    entries = Entry.objects.in_bulk(places)
    return [place for place in places if place in entries and _holds(entries[place], phrases, clause)]


def _long(clause: Clause) -> list[Phrase]:
    return [phrase for phrase in clause.quoted if len(phrase) > index().PROMISED]


def _holds(entry: Entry, phrases: list[Phrase], clause: Clause) -> bool:
    if entry.title is None:
        return True
    texts = [both_sequences(words) for words in (entry.title, f"{entry.text}\n{entry.captions}")]
    lines = [f" {' '.join(cut(sequences[clause.marks]))} " for sequences in texts]
    return all(any(f" {' '.join(phrase)} " in line for line in lines) for phrase in phrases)
