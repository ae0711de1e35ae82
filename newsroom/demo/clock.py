"""Set the clock while the demo is made, so that past events get past times.

All code of the newsroom reads the clock, and asks who had which position that day. The demo calls that code
in the order of its calendar instead of writing times itself.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime.datetime:
    """Return a moment in Vietnamese time."""
    return datetime.datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def days_from(now: datetime.datetime, days: int, hour: int, minute: int = 0) -> datetime.datetime:
    """Return that hour of the day so many days from now; negative days are in the past."""
    day = now.astimezone(VIETNAM) + datetime.timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


@contextmanager
def at(when: datetime.datetime) -> Iterator[None]:
    """Inside the block the clock shows `when`. Only for filling an empty demo, in one thread."""
    true_now = timezone.now
    timezone.now = lambda: when
    try:
        yield
    finally:
        timezone.now = true_now
