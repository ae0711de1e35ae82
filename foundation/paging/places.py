"""Write a place in a list into an address and read it back.

It uses digits, lower-case letters and hyphens, at most 40 characters, so that the page can be kept
(`foundation.pagestore.addresses`).
"""

import datetime
import re
from enum import Enum
from typing import Any

from django.db.models import QuerySet

Place = tuple[Any, int]
LONGEST_WORD = 24
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{6})-(\d{1,15})", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)-(\d{1,15})", re.ASCII)
_WORD = re.compile(rf"([a-z0-9]{{0,{LONGEST_WORD}}})-(\d{{1,15}})", re.ASCII)


class Kind(Enum):
    """The type of the field that a list is ordered by."""

    MOMENT = "DateTimeField"
    DAY = "DateField"
    WORD = "CharField"  # a derived key of digits and lower-case letters

    def read(self, text: str) -> Place | None:
        """Parse a place from an address; returns None if it is invalid."""
        found = {Kind.MOMENT: _MOMENT, Kind.DAY: _DAY, Kind.WORD: _WORD}[self].fullmatch(text)
        if not found:
            return None
        *parts, number = found.groups()
        try:
            return self._value(parts), int(number)
        except ValueError:
            return None

    def _value(self, parts: list[str]) -> Any:
        if self is Kind.WORD:
            return parts[0]
        numbers = [int(part) for part in parts]
        return (
            datetime.datetime(*numbers).replace(tzinfo=datetime.UTC)  # type: ignore[arg-type]  # a moment has all
            if self is Kind.MOMENT
            else datetime.date(*numbers)
        )

    def write(self, value: Any, number: int) -> str:
        """Return the place of a row with this key and primary key, as it is written in an address."""
        if self is Kind.MOMENT:
            value = f"{value.astimezone(datetime.UTC):%Y-%m-%d-%H%M%S-%f}"
        elif self is Kind.DAY:
            value = f"{value:%Y-%m-%d}"
        return f"{value}-{number}"


def kind_of(rows: QuerySet, key: str) -> Kind:
    """Return the kind of the field `key`."""
    return Kind(rows.model._meta.get_field(key).get_internal_type())
