"""How the numbers of documents are compared: what stands on the paper is kept, a key is compared."""

import datetime
import re

from foundation.language.vietnamese import fold

_SAID = re.compile(r"^so(?:\s*:\s*|\s+)(?=[0-9])")  # “Số: 1247/…”, typed with the word
_SIGNS = re.compile(r"[^a-z0-9]+")
_FIGURES = re.compile(r"[0-9]+")
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9])")


def number_key(number: str) -> str:
    """Return digits and letters without marks: the ways people type one number have one key.

    “1247/QĐ-SGD&ĐT”, “1247/ QĐ - SGDĐT” and “1247/QD-SGDDT” are "1247qdsgddt"; “05/QĐ-SGDĐT” is
    number 5 of its book. Only between two figures a slash stays, so that “31/2020/QĐ-UBND” is not
    “312/020/…”. The rule is that of decree 30/2020 for numbers and of offices for the rest.
    """
    text = _SAID.sub("", fold(number))
    return _LEADING_ZEROS.sub("", _SIGNS.sub(_separator, text))


def number_order(number: str) -> str:
    """Return the key lists are ordered by: as people count, “12/QĐ” before “105/QĐ”, “05” as “5”.

    Small letters and digits only, so every database orders it alike; two numbers that differ after
    its 24th sign are told apart by the row's own.
    """
    text = number_key(number).replace("/", " ")
    return _FIGURES.sub(lambda figures: figures[0].zfill(6), text).replace(" ", "")[:24]


def book_year(issued_on: datetime.date | str) -> str:
    """Return the calendar year a number belongs to: books run from 01 on 1 January to 31 December."""
    return str(issued_on)[:4]


def _separator(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "/" if before.isdigit() and after.isdigit() else ""
