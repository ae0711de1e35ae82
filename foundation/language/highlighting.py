"""Find the words of a query in a text as readers see it, and choose the excerpt to show.

A highlight always covers whole words with all their marks.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from foundation.language.searching import other_names, word_sequence
from foundation.language.vietnamese import fold, tone_key

Phrase = tuple[str, ...]
Piece = tuple[str, bool]  # the words, and whether they match the query

EXCERPT, BEFORE = 220, 60  # characters shown, and the most of them before the first match
_WORDS_IN_A_PATTERN = 60
_MARKS = "\u0300-\u036f"
_GAP = re.compile(r"[\s\u00a0]+|[^\w\s]{1,2}[\s\u00a0]?", re.UNICODE)
_SPACE = re.compile(r"\s")


class WordRun(NamedTuple):
    """Neighbouring words of a text that occur in the query in the same order."""

    start: int
    end: int
    words: Phrase


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """Return, for each base letter, all composed letters that fold to it."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = fold(chr(code))
        if len(base) == 1 and base.isascii() and base.isalpha():
            found[base] = found.get(base, "") + chr(code)
    return found


def _letter(char: str) -> str:
    return f"[{char}{_spellings().get(char, '')}]"


@lru_cache(maxsize=2048)
def _pattern_of(word: str) -> str:
    """Return a pattern for a folded word: with any marks, an apostrophe after the first letter, y for i."""
    letters = [_letter(char) if char.isascii() and char.isalpha() else re.escape(char) for char in word]
    if word in {"hi", "ki", "li", "mi", "si", "ti", "qui"}:
        letters[-1] = f"[{_letter('i')[1:-1]}{_letter('y')[1:-1]}]"
    if len(letters) > 2:
        letters[0] += "['’‘ʼ]?"
    return "".join(letters)


class Highlighter:
    """Highlights one query: `phrases` are folded words; `marked` are tone keys, where marks were typed."""

    def __init__(self, phrases: Sequence[Phrase], marked: Iterable[Phrase] = ()):
        self.words = [word for phrase in phrases for word in phrase]
        self._asked = set(self.words)
        self._keys = {key for phrase in marked for key in phrase}
        names = [(*phrase,) for phrase in other_names(self.words)]
        self._neighbours = {pair for name in (self.words, *names) for pair in pairwise(name)}
        self._alone = self._asked | {name[0] for name in names if len(name) == 1}
        known = list(dict.fromkeys([*self.words, *(word for name in names for word in name)]))
        words = sorted(known[:_WORDS_IN_A_PATTERN], key=len, reverse=True)
        any_word = "|".join(map(_pattern_of, words))
        self._pattern = re.compile(
            rf"(?<![\w{_MARKS}])(?:{any_word})(?![\w{_MARKS}])" if words else r"(?!)", re.IGNORECASE
        )

    def runs(self, text: str) -> list[WordRun]:
        """Return the matches in a text (NFC), in order.

        When some words stand side by side as in the query, single words are left out; when some have the
        marks that were typed, other words are left out.
        """
        found = self._all_runs(text)
        if any(len(run.words) > 1 for run in found):
            found = [run for run in found if len(run.words) > 1]
        exact = [run for run in found if self._is_exact(text[run.start : run.end])] if self._keys else []
        return exact or found

    def pieces(self, text: str) -> list[Piece]:
        """Return the text cut where highlights begin and end."""
        return _cut(text, [(run.start, run.end) for run in self.runs(text)])

    def excerpt(self, text: str) -> list[Piece]:
        """Return the part of the text with most matches, highlighted; its beginning when nothing matches."""
        runs = self.runs(text)
        first, last = _window(text, runs)
        spans = [(run.start - first, run.end - first) for run in runs if first <= run.start < run.end <= last]
        shown = _SPACE.sub(" ", text[first:last])
        return (
            [("… ", False)] * (first > 0)
            + _cut(shown, spans)
            + [("…", False)] * (last < len(text) and not shown.endswith("."))
        )

    def as_written(self, typed: str, texts: Iterable[str]) -> str:
        """Return the query as the texts write it: “hội nghị” for “hoi nghi”; `typed` if a word is missing."""
        forms: dict[Phrase, Counter[str]] = {}
        for text in texts:
            for run in self.runs(text):
                form = _SPACE.sub(" ", text[run.start : run.end]).lower()
                forms.setdefault(run.words, Counter())[form] += 1
        return _cover(self.words, forms) or typed

    def _all_runs(self, text: str) -> list[WordRun]:
        runs: list[WordRun] = []
        for hit in self._pattern.finditer(text):
            words = tuple(word_sequence(hit[0]))
            if len(words) != 1:
                continue
            last = runs[-1] if runs else None
            joins = last is not None and (last.words[-1], words[0]) in self._neighbours
            if last is not None and joins and _GAP.fullmatch(text, last.end, hit.start()):
                runs[-1] = WordRun(last.start, hit.end(), last.words + words)
            else:
                runs.append(WordRun(hit.start(), hit.end(), words))
        return [run for run in runs if len(run.words) > 1 or run.words[0] in self._alone]

    def _is_exact(self, written: str) -> bool:
        return all(key in self._keys for key in tone_key(written).replace("\u00a0", " ").split())


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def _window(text: str, runs: list[WordRun]) -> tuple[int, int]:
    """Return where the excerpt begins and ends: at word boundaries, around most of the matches."""
    anchor = max(runs, key=lambda run: (_worth(runs, run.start), -run.start), default=None)
    first = _word_start(text, anchor.start - BEFORE) if anchor and anchor.start > BEFORE + 20 else 0
    last = len(text) if len(text) - first <= EXCERPT + 20 else text.rfind(" ", first, first + EXCERPT)
    if last <= first:
        last = min(len(text), first + EXCERPT)
    return first, last


def _worth(runs: list[WordRun], start: int) -> int:
    return len({w for r in runs if start <= r.start and r.end < start + EXCERPT - BEFORE for w in r.words})


def _word_start(text: str, at: int) -> int:
    """Return the next position where a line or a word begins."""
    line = text.rfind("\n", at, at + BEFORE)
    return line + 1 if line >= 0 else text.find(" ", at) + 1


def _cover(words: list[str], forms: dict[Phrase, Counter[str]]) -> str:
    """Return the longest written pieces that together make up the words; "" when one is missing."""
    found, at = [], 0
    while at < len(words):
        sizes = (size for size in range(len(words) - at, 0, -1) if tuple(words[at : at + size]) in forms)
        size = next(sizes, 0)
        if not size:
            return ""
        found.append(forms[tuple(words[at : at + size])].most_common(1)[0][0])
        at += size
    return " ".join(found)
