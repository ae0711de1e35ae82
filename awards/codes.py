"""The code printed on a giấy khen: how it is made, read and corrected.

Shape: two letters of the site (`identity`), two digits of the year of signing, eight random characters in
Crockford's base 32 (no I, L, O, U): GK17-7K3M-9QXP. Codes given before the letters changed stay as printed.
Eight characters from `secrets` are 40 bits: with 100,000 codes in use, one guess in ten million finds one, so
looking up a code needs no protection against guessing. The register is public, and a draft's code answers
like an unknown code.
"""

import re
import secrets
from typing import NamedTuple

from foundation.language.vietnamese import fold
from identity.current import site_words

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−_.·]+")
_SHAPE = re.compile(rf"[A-Z]{{2}}[0-9]{{2}}[{ALPHABET}]{{8}}")
_MISREAD = {"O": ("0", "số 0"), "I": ("1", "số 1"), "L": ("1", "số 1")}
_FIGURES = str.maketrans({letter: figure for letter, (figure, _) in _MISREAD.items()})
_LETTERS = str.maketrans({"0": "O", "1": "L"})  # in the mark, which has only letters


class Reading(NamedTuple):
    """The result of reading a typed code: `code` as printed, or None; `hint` when a letter was read as a
    digit.
    """

    code: str | None
    hint: str = ""


def new_code(year: int) -> str:
    """Returns a new code for a decision signed in `year`. The caller checks that it is free."""
    head = f"{site_words().code_prefix}{year % 100:02}"
    return _printed(head + "".join(secrets.choice(ALPHABET) for _ in range(8)))


def normalise(typed: str) -> str | None:
    """Returns the code as printed from what a person typed, or None when it cannot be a code.

    Ignores case, spaces and dashes. O is read as 0, I and L as 1 where digits stand.
    """
    return read_code(typed).code


def read_code(typed: str) -> Reading:
    """Returns the code a person typed, with a hint when a letter was read as a digit (base 32 has no I, L,
    O).
    """
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
