"""The place of a thing in time: one integer, higher for later things, equal on every database."""

import datetime

from foundation.search.enums import Kind

# The offset keeps dates back to 1811 positive; the low bits separate things of the same second.
_SECONDS = 5_000_000_000
_LOW_BITS = 28
_KIND_BITS = 3
FIRST, LAST = 0, (1 << 62) - 1
_STRETCH_BITS = 49  # 2²¹ seconds, about 24 days


def place_of(moment: datetime.datetime, kind: str, pk: int) -> int:
    """Return the place of a record; `moment` must be aware."""
    number = (pk << _KIND_BITS | Kind.values.index(kind)) & ((1 << _LOW_BITS) - 1)
    return since(moment) | number


def since(moment: datetime.datetime) -> int:
    """Return the lowest place of that second: things at or after it have this place or a higher one."""
    return max(0, int(moment.timestamp()) + _SECONDS) << _LOW_BITS


def stretch_of(place: int) -> int:
    """Return the number of the 24-day period of a place; later periods are higher."""
    return place >> _STRETCH_BITS


def start_of(stretch: int) -> int:
    """Return the lowest place of a period."""
    return stretch << _STRETCH_BITS


def moment_of(place: int) -> datetime.datetime:
    """Return the second of a place, in UTC."""
    return datetime.datetime.fromtimestamp((place >> _LOW_BITS) - _SECONDS, datetime.UTC)


def kind_of(place: int) -> str:
    """Return the kind of the thing at a place."""
    return Kind.values[place & ((1 << _KIND_BITS) - 1)]
