"""Long quoted phrases, looked up in the found texts themselves where the index knows only neighbours."""

from foundation.language.searching import both_sequences
from foundation.search.database import index
from foundation.search.keeping import cut
from foundation.search.matching import Clause, Phrase
from foundation.search.models import Entry


def must_look(clause: Clause) -> bool:
    """Whether the index may find things that do not hold what was quoted."""
    return bool(_long(clause))


def with_quoted(clause: Clause, places: list[int]) -> list[int]:
    """Those whose title or text holds every quoted phrase, its words side by side, in the order given."""
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
