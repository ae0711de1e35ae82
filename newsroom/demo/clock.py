"""How the demo's past happens in its own time.

Every door of the newsroom stamps what it is given with the clock, and asks who held which position
that day. The demo walks through the doors in the order of its calendar instead of writing stamps.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def days_from(now: datetime.datetime, days: int, hour: int, minute: int = 0) -> datetime.datetime:
    """That hour of the day so many days from now; negative days lie in the past."""
    day = now.astimezone(VIETNAM) + datetime.timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


@contextmanager
def at(when: datetime.datetime) -> Iterator[None]:
    """Let the newsroom's clock show `when`. For filling an empty demo; one thread, no readers yet."""
    true_now = timezone.now
    timezone.now = lambda: when
    try:
        yield
    finally:
        timezone.now = true_now
