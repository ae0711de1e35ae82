"""Purge pages when time changes them: a placement or an event begins or ends."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from events.models import Event
from foundation.pagestore.purging import purge
from frontpage.models import Placement

_last: dict[str, datetime.datetime] = {}


def pass_moments(now: datetime.datetime | None = None) -> int:
    """Purge what has begun or ended since the last call; returns how many tags.

    The first call of a worker looks one day back: no page is kept longer.
    """
    now = now or timezone.now()
    since = _last.get("at", now - datetime.timedelta(days=1))
    tags = [
        tag
        for tag, rows in (("placements", Placement.objects.all()), ("events", Event.objects.public()))
        if _changed(rows, since, now)
    ]
    if tags:
        purge(*tags)
    _last["at"] = now
    return len(tags)


def _changed(rows: QuerySet, since: datetime.datetime, now: datetime.datetime) -> bool:
    begun = Q(starts_at__gt=since, starts_at__lte=now)
    ended = Q(ends_at__gt=since, ends_at__lte=now)
    return rows.filter(begun | ended).exists()
