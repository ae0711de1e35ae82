"""When a number of working hours is over: nights, weekends and days off do not count."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from departments.models import DayOff

WEEKEND = (5, 6)
# A calendar that is all days off (a mistake in the table) ends the search, not the process.
LONGEST = 400


class WorkingTime:
    """The calendar from one day on; one query."""

    def __init__(self, since: datetime.date):
        rows = DayOff.objects.filter(last__gte=since).values_list("first", "last")
        self._off = list(rows)
        self._spans = [tuple(map(datetime.time.fromisoformat, s.split("-"))) for s in settings.WORKING_HOURS]

    def after(self, moment: datetime.datetime, hours: float) -> datetime.datetime:
        """The moment at which `hours` working hours have passed since `moment`, to the minute or better."""
        left = datetime.timedelta(hours=hours)
        if not left:
            return moment
        ends = moment
        for start, end in self._from(timezone.localtime(moment)):
            if end - start >= left:
                return start + left
            left, ends = left - (end - start), end
        return ends

    def _from(self, moment: datetime.datetime) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        """Working spans from a moment on, the first one cut where the moment stands in it."""
        for number in range(LONGEST):
            day = moment.date() + datetime.timedelta(days=number)
            if day.weekday() in WEEKEND or any(first <= day <= last for first, last in self._off):
                continue
            for begins, ends in self._spans:
                start, end = (timezone.make_aware(datetime.datetime.combine(day, t)) for t in (begins, ends))
                if end > moment:
                    yield max(start, moment), end
