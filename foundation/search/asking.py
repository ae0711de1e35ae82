"""Parse a reader's query into words and quoted phrases, with limits."""

import re
from dataclasses import dataclass

from foundation.language.plain import clean_line
from foundation.language.searching import accented_sequence, word_sequence
from foundation.search.keeping import cut
from foundation.search.matching import Clause, Group, Phrase
from foundation.search.meaning import Day, Names, Slot, day_in, slots_of

LONGEST, MOST_WORDS = 150, 12
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')


@dataclass(frozen=True)
class Asked:
    """A parsed query. `phrases` are folded, `marked` are tone keys; a word without quotes is one phrase."""

    text: str
    phrases: tuple[Phrase, ...]
    marked: tuple[Phrase, ...]
    has_marks: bool
    is_cut: bool
    slots: tuple[Slot, ...] = ()
    day: Day | None = None

    @property
    def words(self) -> Phrase:
        return tuple(word for phrase in self.phrases for word in phrase)

    @property
    def quoted(self) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase in self.phrases if len(phrase) > 1)

    @property
    def groups(self) -> tuple[Group, ...]:
        """What must be found of the words without quotes; those that carry nothing are left out."""
        return tuple(slot.alternatives for slot in self.slots if not slot.is_optional)


def read_question(typed: str, more: Names = ()) -> Asked:
    """Parse any text; never raises. Words beyond the limits are left out (`is_cut`).

    `more` are names of one thing that the desk has added to ours.
    """
    whole = " ".join(clean_line(typed.replace("\0", " ")).split())
    text = whole[:LONGEST]
    pieces = _pieces(text)
    phrases = _phrases(pieces, word_sequence)
    kept = _within_limit(phrases)
    day = day_in(text)
    return Asked(
        text=text,
        phrases=kept,
        marked=_within_limit(_phrases(pieces, accented_sequence)),
        has_marks=any(char.isalpha() and not char.isascii() for char in text),
        is_cut=len(whole) > LONGEST or len(kept) < len(phrases),
        slots=tuple(_slots(pieces, day, more)),
        day=day,
    )


def _pieces(text: str) -> list[tuple[bool, str]]:
    """Return pairs (was it quoted, text) in the order typed."""
    found, end = [], 0
    for quoted in _QUOTED.finditer(text):
        found += [(False, text[end : quoted.start()]), (True, quoted[1])]
        end = quoted.end()
    return [*found, (False, text[end:])]


def _phrases(pieces: list[tuple[bool, str]], sequence) -> list[Phrase]:
    found: list[Phrase] = []
    for is_quoted, text in pieces:
        words = cut(sequence(text))
        found += [tuple(words)] if is_quoted and words else [(word,) for word in words]
    return list(dict.fromkeys(found))


def _within_limit(phrases: list[Phrase]) -> tuple[Phrase, ...]:
    kept, count = [], 0
    for phrase in phrases:
        count += len(phrase)
        if count > MOST_WORDS:
            break
        kept.append(phrase)
    return tuple(kept)


def _slots(pieces: list[tuple[bool, str]], day: Day | None, more: Names) -> list[Slot]:
    slots: list[Slot] = []
    left = MOST_WORDS
    for is_quoted, text in pieces:
        words, keys = cut(word_sequence(text))[:left], cut(accented_sequence(text))[:left]
        left -= len(words)
        if is_quoted and len(words) > 1:
            slots.append(Slot(tuple(words), tuple(keys), ((tuple(words),),)))
        else:
            slots += slots_of(words, keys, day, more)
    return slots


def all_words(asked: Asked, *, exact: bool = False) -> Clause:
    """Return the condition of what counts as found: everything asked for, anywhere."""
    if exact:
        quoted = tuple(phrase for phrase in asked.marked if len(phrase) > 1)
        return Clause(asked.marked or asked.phrases, marks=bool(asked.marked), quoted=quoted)
    return Clause(asked.quoted, quoted=asked.quoted, groups=_unquoted(asked))


def _unquoted(asked: Asked) -> tuple[Group, ...]:
    quoted = {((phrase,),) for phrase in asked.quoted}
    return tuple(dict.fromkeys(group for group in asked.groups if group not in quoted))
