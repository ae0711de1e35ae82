"""Finds names of people in a text, by their capital letters."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from foundation.language.searching import search_text
from foundation.language.vietnamese import tone_key

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼ][^\W\d_]+)*")
_LATIN = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
_CAPITAL = "[" + "".join(chr(code) for code in _LATIN if chr(code).isupper()) + "]"
# Most words have no capital letter, so this pattern searches for two capitalised neighbours.
_CAPITAL_WORD = _CAPITAL + r"[^\W\d_]*+(?:['’‘ʼ][^\W\d_]++)*+"
_CAPITALS = re.compile(rf"(?<![^\W\d_])(?<![^\W\d_]['’‘ʼ]){_CAPITAL_WORD}(?: {_CAPITAL_WORD})+")
LONGEST = 5  # words of a name

# Family names of about 90 % of Kinh people, and the beginnings of Ê Đê, Gia Rai, M'nông names.
_FAMILIES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lí Đinh Đoàn Trịnh Trương Mai "
    "Lương Đào Cao Tạ Hà Phùng Tô Lâm Thái Châu Quách Vương Triệu Nông Hứa La Lò Vi Giàng Sùng Thào Vàng "
    "Bế Kiều Chu Tống Văn Từ Thân Lưu Ninh Nghiêm Bạch Tăng Khổng Doãn Viên Y H Rơ Ksor Siu Rmah Nay Kpă"
)
FAMILIES = frozenset(tone_key(word) for word in _FAMILIES.split())
_CALLED = re.compile(r"\b(?:[Cc]ác em|[Ee]m|[Cc]ác cháu|[Cc]háu|[Cc]ác bé|[Bb]é)(?: học sinh)?\s+$")
_NEXT = re.compile(r"^(?:\s*\([^()]{1,60}\)|,?\s+lớp\s+[\w/.-]{1,8})?\s*(?:,|;|\bvà)\s*$")


class WrittenName(NamedTuple):
    """Capitalised words that may be a name: text[start:end]."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """The key under which people are looked up."""
        return search_text(self.text)


def names_in(text: str) -> Iterator[WrittenName]:
    """Yields every run of two to five capitalised words, and every part (two words or more) of
    a longer run.
    """
    for run in _runs(text):
        for first in range(len(run)):
            for last in range(first + 1, min(first + LONGEST, len(run))):
                start, end = run[first].start(), run[last].end()
                yield WrittenName(start, end, text[start:end])


def children_in(text: str) -> list[WrittenName]:
    """Returns full names that the text itself calls a child's: “em Nguyễn Thị Hoa”, “các em …, … và …”."""
    found: list[WrittenName] = []
    for run in _runs(text):
        called = run[:1] and run[0][0] in ("Em", "Cháu", "Bé")
        name = run[1:] if called else run
        if len(name) < 2 or not _begins_a_name(name[0][0]):
            continue
        start, end = name[0].start(), name[-1].end()
        called = called or _CALLED.search(text[max(start - 30, 0) : start])
        if called or (found and _NEXT.match(text[found[-1].end : start])):
            found.append(WrittenName(start, end, text[start:end]))
    return found


def places_of(name: str, text: str) -> list[tuple[int, int]]:
    """Returns (start, end) of every place of this name, in any case and with old or new tone placement."""
    wanted = tone_key(name).split()
    words = list(_WORD.finditer(text))
    keys = [tone_key(word[0]) for word in words]
    found, at = [], 0
    while at + len(wanted) <= len(words):
        last = at + len(wanted) - 1
        if keys[at : last + 1] == wanted and not text[words[at].start() : words[last].end()].count("\n"):
            found.append((words[at].start(), words[last].end()))
            at = last
        at += 1
    return found


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yields runs of neighbouring capitalised words; an abbreviation (THPT) ends a run."""
    for found in _CAPITALS.finditer(text):
        run: list[re.Match[str]] = []
        for word in _WORD.finditer(text, found.start(), found.end()):
            if len(word[0]) > 1 and word[0].isupper():
                yield run
                run = []
            else:
                run.append(word)
        yield run


def _begins_a_name(word: str) -> bool:
    return tone_key(word) in FAMILIES or word[:2] in ("H'", "H’", "Hʼ", "H‘")
