"""Compare numbers of documents: the printed number is stored as it is, keys are compared."""

import datetime
import re

from foundation.language.vietnamese import fold

_SAID = re.compile(r"^so(?:\s*:\s*|\s+)(?=[0-9])")  # “Số: 1247/…”, typed with the word
_SIGNS = re.compile(r"[^a-z0-9]+")
_FIGURES = re.compile(r"[0-9]+")
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9])")


def number_key(number: str) -> str:
    """Return digits and letters without marks: all ways to type one number give one key.

    “1247/QĐ-SGD&ĐT”, “1247/ QĐ - SGDĐT” and “1247/QD-SGDDT” are "1247qdsgddt"; “05/QĐ-SGDĐT” is number 5 of
    its book. A slash stays only between two digits, so that “31/2020/QĐ-UBND” is not “312/020/…”. The rule
    follows decree 30/2020.
    """
    text = _SAID.sub("", fold(number))
    return _LEADING_ZEROS.sub("", _SIGNS.sub(_separator, text))


def number_order(number: str) -> str:
    """Return the key that sorts lists by number: “12/QĐ” before “105/QĐ”, “05” as “5”.

    Only lower-case letters and digits, so that every database sorts alike. The key has 24 characters; rows
    with an equal key are sorted by primary key.
    """
    text = number_key(number).replace("/", " ")
    return _FIGURES.sub(lambda figures: figures[0].zfill(6), text).replace(" ", "")[:24]


def book_year(issued_on: datetime.date | str) -> str:
    """Return the calendar year a number belongs to: books run from 01 on 1 January to 31 December."""
    return str(issued_on)[:4]


def _separator(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "/" if before.isdigit() and after.isdigit() else ""
