"""The signs that Word draws before the paragraphs of lists: “2.”, “a)”, “Điều 1.”. They stand nowhere in the
text.
"""

import re
from dataclasses import dataclass, field

from articles.text.word.names import Element, is_on, number, q, value
from articles.text.word.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MOST = 100_000  # a larger number is damage


@dataclass
class _Level:
    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    is_legal: bool = False


@dataclass
class Numbering:
    """The lists of one file; `sign_of` counts on with every call, in the order of the text."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by abstract list
    list_of: dict[str, str] = field(default_factory=dict)  # numId → abstract list
    starts: dict[str, dict[int, int]] = field(default_factory=dict)  # numId → level → number to begin at
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def sign_of(self, number_id: str, level_text: str) -> tuple[str, int] | None:
        """Returns (sign, level from 1) of the next paragraph of this list; None without such a list."""
        key = self.list_of.get(number_id)
        levels = self.lists.get(key or "")
        if key is None or not levels:
            return None
        level = min(max(number(level_text), 0), 8)
        counts = self._counts.setdefault(key, {})
        self._count(number_id, level, counts, levels)
        return self._written(level, counts, levels), level + 1

    def _count(self, number_id: str, level: int, counts: dict[int, int], levels: dict[int, _Level]) -> None:
        start = self.starts.get(number_id, {}).get(level)
        if start is not None and (number_id, level) not in self._begun:
            counts[level] = start
        elif level in counts:
            counts[level] = min(counts[level] + 1, _MOST)
        else:
            counts[level] = start if start is not None else levels.get(level, _Level()).start
        self._begun.add((number_id, level))
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]

    @staticmethod
    def _written(level: int, counts: dict[int, int], levels: dict[int, _Level]) -> str:
        own = levels.get(level, _Level())
        if own.format in {"bullet", "none"} and not _PLACE.search(own.text):
            return "•" if own.format == "bullet" else own.text.strip()

        def count(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            other = levels.get(place, _Level())
            form = "decimal" if own.is_legal and place != level else other.format
            return write_number(counts.get(place, other.start), form)

        return _PLACE.sub(count, own.text).strip()


def write_number(count: int, form: str) -> str:
    """Returns the number as a list writes it: 3, c, C, iii, III."""
    if form in {"lowerLetter", "upperLetter"} and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)
        return letters.upper() if form == "upperLetter" else letters
    if form in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        roman = ""
        for size, sign in _ROMAN.items():
            roman += sign * (count // size)
            count %= size
        return roman.upper() if form == "upperRoman" else roman
    return "" if form == "none" else f"{count:02}" if form == "decimalZero" else str(count)


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """Returns the lists of `word/numbering.xml`; without that part none. A list may stand in a style."""
    numbering = Numbering()
    if root is None:
        return numbering
    for abstract in root.iter(q("w:abstractNum")):
        levels = {number(value(level, "w:ilvl")): _level(level) for level in abstract.iter(q("w:lvl"))}
        numbering.lists[value(abstract, "w:abstractNumId")] = levels
    for each in root.iter(q("w:num")):
        key = value(each, "w:numId")
        numbering.list_of[key] = value(each.find(q("w:abstractNumId")))
        for override in each.iter(q("w:lvlOverride")):
            start = override.find(q("w:startOverride"))
            if start is not None:
                level = number(value(override, "w:ilvl"))
                numbering.starts.setdefault(key, {})[level] = number(value(start), 1)
    for abstract in root.iter(q("w:abstractNum")):
        named = styles.numbering_of(value(abstract.find(q("w:numStyleLink"))))
        if named and (levels := numbering.lists.get(numbering.list_of.get(named[0], ""))):
            numbering.lists[value(abstract, "w:abstractNumId")] = levels
    return numbering


def _level(level: Element) -> _Level:
    return _Level(
        format=value(level.find(q("w:numFmt"))) or "decimal",
        text=value(level.find(q("w:lvlText")))[:200],
        start=min(max(number(value(level.find(q("w:start"))), 1), 0), _MOST),
        is_legal=bool(is_on(level.find(q("w:isLgl")))),
    )
