"""Which letters the shipped fonts have: a letter that is missing is told before anything is printed."""

from functools import cache
from pathlib import Path
from unicodedata import name

from fontTools.ttLib import TTFont

from press.enums import CUTS, Face

FONTS = Path(__file__).parent / "typesetting" / "fonts"
_NEED_NO_LETTER = frozenset("\n")


@cache
def letters_of(face: str) -> frozenset[str]:
    """Return every character that the cut has a letter for."""
    with TTFont(FONTS / CUTS[Face(face)].file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap())) | _NEED_NO_LETTER


def missing_letters(words: str, face: str) -> list[str]:
    """Return the characters of the words that the cut lacks, each once."""
    return sorted(set(words) - letters_of(face))


def letters_words(letters: list[str]) -> str:
    """Return the characters, ten at most."""
    more = f" và {len(letters) - 10} ký tự khác" if len(letters) > 10 else ""
    return ", ".join(map(letter_words, letters[:10])) + more


def letter_words(letter: str) -> str:
    """Return the character so that it can be found: “名” (U+540D)."""
    shown = f"“{letter}” " if letter.isprintable() else f"{name(letter, 'ký tự không nhìn thấy').lower()} "
    return f"{shown}(U+{ord(letter):04X})"
