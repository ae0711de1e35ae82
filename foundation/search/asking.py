"""Parse a reader's query into words and quoted phrases, with limits."""

import re
from dataclasses import dataclass
from functools import partial

from foundation.language.plain import clean_line
from foundation.language.searching import accented_sequence, word_sequence
from foundation.search.keeping import cut
from foundation.search.matching import Clause, Phrase

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

    @property
    def words(self) -> Phrase:
        return tuple(word for phrase in self.phrases for word in phrase)


def read_question(typed: str) -> Asked:
    """Parse any text; never raises. Words beyond the limits are left out (`is_cut`)."""
    whole = " ".join(clean_line(typed.replace("\0", " ")).split())
    text = whole[:LONGEST]
    pieces = _pieces(text)
    phrases = _phrases(pieces, word_sequence)
    kept = _within_limit(phrases)
    return Asked(
        text=text,
        phrases=kept,
        marked=_within_limit(_phrases(pieces, accented_sequence)),
        has_marks=any(char.isalpha() and not char.isascii() for char in text),
        is_cut=len(whole) > LONGEST or len(kept) < len(phrases),
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


def steps(asked: Asked, *, exact: bool = False, by_time: bool = False) -> list[Clause]:
    """Return the clauses to search one after the other, best matches first.

    Each clause is wider than the one before it: the last one with the same `marks` finds everything that the
    earlier ones find. Exact marks
    come before other marks, the title before the text, words side by side before words apart. A query without
    marks matches any marks; with `exact`, only what was typed matches.
    """
    found: list[Clause] = []
    kinds = [True] * bool(asked.marked and (exact or asked.has_marks)) + [False] * (not exact)
    for marks in kinds or [False]:
        phrases = asked.marked if marks else asked.phrases
        side_by_side = (tuple(word for phrase in phrases for word in phrase),)
        clause = partial(Clause, marks=marks, quoted=tuple(phrase for phrase in phrases if len(phrase) > 1))
        title, text = clause(phrases, title=True), clause(phrases)
        if len(phrases) > 1:
            found += [clause(side_by_side, title=True), title, clause(side_by_side), text]
        else:
            found += [title, text]
    return found[-1:] if by_time else found
