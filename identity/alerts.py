"""The alerts at the head of every public page: which are shown now, and when that changes by time alone."""

import datetime
from functools import partial
from typing import NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from foundation.pagestore.parts import part
from foundation.pagestore.shelf import store
from identity.models import Alert, Level

KEY = "alerts"
SECONDS = 60
SHOWN = 3  # more of them than that are no alerts


class Words(NamedTuple):
    """What a page shows of an alert: plain words, because parts of pages are cached by them."""

    level: str
    label: str
    text: str
    url: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime

    @property
    def is_urgent(self) -> bool:
        return self.level == Level.URGENT


def current_alerts() -> list[Words]:
    """Return the alerts to show now, the most pressing first. Makes no query until one changes."""
    now = timezone.now()
    return [one for one in _unended() if one.starts_at <= now < one.ends_at][:SHOWN]


def next_change() -> datetime.datetime | None:
    """Return the next moment at which an alert begins or ends; None if none is waited for."""
    now = timezone.now()
    moments = (moment for one in _unended() for moment in (one.starts_at, one.ends_at))
    return min((moment for moment in moments if moment > now), default=None)


def forget_alerts(*_pks: int) -> None:
    """Have the alerts read again, by the caller at once, by everybody when the transaction is committed."""
    cache.delete(KEY)
    transaction.on_commit(partial(cache.delete, KEY))


def _unended() -> tuple[Words, ...]:
    """Where pages are kept, they are read once a process and again when they change; elsewhere once a
    minute.
    """
    return part(KEY, [KEY], _read) if store() else cache.get_or_set(KEY, _read, SECONDS) or ()


def _read() -> tuple[Words, ...]:
    rows = Alert.objects.unended(timezone.now())
    return tuple(
        Words(row.level, row.get_level_display(), row.text, row.url, row.starts_at, row.ends_at)
        for row in rows
    )
