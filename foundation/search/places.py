"""Where a thing stands in time: one number, later things higher, equal on every database."""

import datetime

from foundation.search.enums import Kind

# Seconds before the year 1811 would be negative; the low bits keep things of one second apart.
_SECONDS = 5_000_000_000
_LOW_BITS = 28
_KIND_BITS = 3
FIRST, LAST = 0, (1 << 62) - 1
_STRETCH_BITS = 49  # 2²¹ seconds, 24 days


def place_of(moment: datetime.datetime, kind: str, pk: int) -> int:
    """The place of a record; `moment` is aware."""
    number = (pk << _KIND_BITS | Kind.values.index(kind)) & ((1 << _LOW_BITS) - 1)
    return since(moment) | number


def since(moment: datetime.datetime) -> int:
    """The lowest place of that second: things at or after the moment stand at or above it."""
    return max(0, int(moment.timestamp()) + _SECONDS) << _LOW_BITS


def stretch_of(place: int) -> int:
    """The stretch of time a place lies in: some weeks, all of one length, later ones higher."""
    return place >> _STRETCH_BITS


def start_of(stretch: int) -> int:
    """The lowest place of a stretch."""
    return stretch << _STRETCH_BITS
