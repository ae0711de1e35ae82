"""Repair Vietnamese words in which letters of Cyrillic or Greek stand for the Latin ones they look like.

Such words come from keyboards, scanners and pages of other countries: “Нguyễn” is not found, not sorted and
not the same person as “Nguyễn”. A word that is truly Russian or a sign of mathematics stays.
"""

import re
import unicodedata
from itertools import product

from foundation.language.syllables import is_known_word

# Letters that look like the Latin ones, first what is seen, then what is meant (Н is seen as H, said as N).
_ALIKE = {
    "А": "A", "В": "BV", "Е": "E", "К": "K", "М": "M", "Н": "HN", "О": "O", "Р": "PR", "С": "CS", "Т": "T",
    "У": "YU", "Х": "XH", "І": "I", "Ј": "J", "Ѕ": "S", "Ԛ": "Q", "Ԝ": "W", "Ү": "Y", "Ԁ": "D", "Ӏ": "I",
    "а": "a", "е": "e", "о": "o", "р": "pr", "с": "cs", "у": "yu", "х": "xh", "і": "i", "ј": "j", "ѕ": "s",
    "һ": "h", "ԁ": "d", "ԛ": "q", "ԝ": "w", "ү": "y", "ӏ": "l",
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O",
    "Ρ": "PR", "Τ": "T", "Υ": "YU", "Χ": "XH", "ο": "o",
}  # fmt: skip
# Less alike: only when the word then is Vietnamese.
_NEARLY = _ALIKE | {
    "к": "k", "м": "m", "т": "t", "в": "bv", "н": "nh", "п": "np", "и": "ui", "И": "N", "г": "rg", "д": "d",
    "л": "l", "б": "b", "П": "NP", "Г": "G", "Д": "D", "Л": "L", "Б": "B",
    "α": "a", "ι": "i", "κ": "k", "ν": "v", "ρ": "p", "τ": "t", "υ": "u", "χ": "x",
}  # fmt: skip
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")
_DRESSED = re.compile("[\u3000\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff]+")
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_MOST_TRIED = 64  # ways to read one word
_LEAST_MIXED_GREEK = 3  # "hν" and "Kα" are physics


def plain_letters(text: str) -> str:
    """Returns the text with dressed letters as plain ones: of posts (𝐓𝐢𝐧), wide ones, a PDF's (ﬁ)."""
    return _DRESSED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def repair_lookalikes(text: str) -> str:
    """Returns the text (NFC) with every such word in Latin letters."""
    if not _FOREIGN.search(text):
        return text
    words = _WORD.findall(text)
    is_foreign_text = any(_is_truly_foreign(word) for word in words)
    return _WORD.sub(lambda found: _repair(found[0], is_foreign_text), text)


def repaired_words(text: str) -> list[str]:
    """Returns the words (as repaired, each once) that `repair_lookalikes` changes in a text (NFC)."""
    if not _FOREIGN.search(text):
        return []
    before, after = _WORD.findall(text), _WORD.findall(repair_lookalikes(text))
    return list(dict.fromkeys(new for old, new in zip(before, after, strict=False) if old != new))


def _repair(word: str, is_foreign_text: bool) -> str:
    if not _FOREIGN.search(word):
        return word
    letters = unicodedata.normalize("NFD", word)
    if not _has_latin(letters):
        return word if is_foreign_text else _repair_whole(word, letters)
    for reading in _readings(letters, _NEARLY):
        if is_known_word(reading) and _is_safe(word, reading):
            return reading
    return _as_seen(letters) if _is_safe(word, _as_seen(letters)) else word


def _repair_whole(word: str, letters: str) -> str:
    """Returns a word without a Latin letter: repaired when it is Vietnamese, a letter or a class (12А1)."""
    if any(char.isalpha() and char not in _ALIKE for char in letters):
        return word
    if sum(char.isalpha() for char in letters) == 1:
        return _as_seen(letters)
    return next((reading for reading in _readings(letters, _ALIKE) if is_known_word(reading)), word)


def _is_truly_foreign(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word)
    if not _FOREIGN.search(word) or _has_latin(letters):
        return False
    return sum(map(str.isalpha, letters)) > 1 and any(c.isalpha() and c not in _ALIKE for c in letters)


def _has_latin(letters: str) -> bool:
    return any(char.isalpha() and not _FOREIGN.match(char) for char in letters)


def _is_safe(word: str, reading: str) -> bool:
    """Whether a word with Latin letters may be read so: Greek in short words is mathematics."""
    if _FOREIGN.search(reading):
        return False
    greek_small = any("\u03ac" <= char <= "\u03ff" and char != "ο" for char in word)
    return not greek_small or (len(word) >= _LEAST_MIXED_GREEK and is_known_word(reading))


def _as_seen(letters: str) -> str:
    return unicodedata.normalize("NFC", "".join(_ALIKE.get(char, char)[0] for char in letters))


def _readings(letters: str, table: dict[str, str]) -> list[str]:
    """Returns the ways to read a word, the likeliest first; none when a letter looks like no Latin one."""
    ways = [table.get(char, char) for char in letters]
    count = 1
    for way in ways:
        count *= len(way)
    if count > _MOST_TRIED or any(_FOREIGN.match(way[0]) for way in ways):
        return []
    return [unicodedata.normalize("NFC", "".join(chosen)) for chosen in product(*ways)]
