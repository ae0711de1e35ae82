"""Add working hours to a moment: nights, weekends and days off do not count."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from departments.models import DayOff

WEEKEND = (5, 6)
# Days to look ahead; a table that has only days off, by mistake, ends the search.
LONGEST = 400


class WorkingTime:
    """The working calendar from one day on. Makes one query."""

    def __init__(self, since: datetime.date):
        rows = DayOff.objects.filter(last__gte=since).values_list("first", "last")
        self._off = list(rows)
        self._spans = [tuple(map(datetime.time.fromisoformat, s.split("-"))) for s in settings.WORKING_HOURS]

    def after(self, moment: datetime.datetime, hours: float) -> datetime.datetime:
        """Return the moment when `hours` working hours have passed since `moment`."""
        left = datetime.timedelta(hours=hours)
        if not left:
            return moment
        ends = moment
        for start, end in self._from(timezone.localtime(moment)):
            if end - start >= left:
                return start + left
            left, ends = left - (end - start), end
        return ends

    def day_after(self, day: datetime.date, working_days: int) -> datetime.date:
        """Return the day when so many working days have passed since `day`, which does not count."""
        while working_days:
            day += datetime.timedelta(days=1)
            working_days -= self._is_open(day)
        return day

    def _is_open(self, day: datetime.date) -> bool:
        return day.weekday() not in WEEKEND and not any(first <= day <= last for first, last in self._off)

    def _from(self, moment: datetime.datetime) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        """Yield working spans from a moment on; the first one may begin in the middle of a working day."""
        for number in range(LONGEST):
            day = moment.date() + datetime.timedelta(days=number)
            if not self._is_open(day):
                continue
            for begins, ends in self._spans:
                start, end = (timezone.make_aware(datetime.datetime.combine(day, t)) for t in (begins, ends))
                if end > moment:
                    yield max(start, moment), end
