"""The code printed on a giấy khen: how it is made, read back and corrected.

Shape: mark of the province, two digits of the year of signing, eight random characters in
Crockford's base 32 (no I, L, O, U): DL17-7K3M-9QXP. Eight characters of `secrets` are 40 bits: with
100,000 codes given, one guess in ten million meets one, so looking a code up needs no lock against
enumeration; the register itself is public, and a draft's code answers like no code at all.
"""

import re
import secrets
from typing import NamedTuple

from foundation.language.vietnamese import fold

MARK = "DL"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EXAMPLE = "DL17-7K3M-9QXP"

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−_.·]+")
_SHAPE = re.compile(rf"[A-Z]{{2}}[0-9]{{2}}[{ALPHABET}]{{8}}")
_MISREAD = {"O": ("0", "số 0"), "I": ("1", "số 1"), "L": ("1", "số 1")}
_FIGURES = str.maketrans({letter: figure for letter, (figure, _) in _MISREAD.items()})
_LETTERS = str.maketrans({"0": "O", "1": "L"})  # in the mark, where only letters stand


class Reading(NamedTuple):
    """What a typed code means: `code` as printed, or None; `hint` when a letter was taken for a figure."""

    code: str | None
    hint: str = ""


def new_code(year: int) -> str:
    """Make a code for a decision signed in `year`; whether it is free is the caller's matter."""
    return _printed(f"{MARK}{year % 100:02}" + "".join(secrets.choice(ALPHABET) for _ in range(8)))


def normalise(typed: str) -> str | None:
    """Return the code as printed from what a person typed, or None when it cannot be a code.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1 where figures stand.
    """
    return read_code(typed).code


def read_code(typed: str) -> Reading:
    """Read a typed code, saying which letter was taken for a figure, as base 32 has no I, L, O."""
    compact = _SEPARATORS.sub("", fold(typed)).upper()
    mark, rest = compact[:2].translate(_LETTERS), compact[2:]
    whole = mark + rest.translate(_FIGURES)
    if not _SHAPE.fullmatch(whole):
        return Reading(None)
    code = _printed(whole)
    wrong = next((letter for letter in rest if letter in _MISREAD), None)
    if wrong is None:
        return Reading(code)
    return Reading(code, f"Mã không có chữ {wrong}. Có phải bạn muốn gõ {_MISREAD[wrong][1]}: {code}?")


def _printed(whole: str) -> str:
    return "-".join((whole[:4], whole[4:8], whole[8:]))
