"""The public list of events: coming ones by month, then past ones, newest first."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import QueryDict

from events.models import Event
from events.timing import EventState, badge_at, first_day, state_at
from foundation.paging.keyset import KEYS, Page, read_page

AHEAD_SHOWN = 60
PAST_A_PAGE = 20


@dataclass(frozen=True)
class EventMonth:
    """The coming events of one month, as rows."""

    id: str
    label: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Listing:
    """What one page of the list shows."""

    ahead: list[EventMonth]
    past: list[EventMonth]
    page: Page


def list_events(asked: QueryDict, now: datetime.datetime) -> Listing:
    """Return a page of the list. Makes two queries on the first page, at most two on any other."""
    deeper = any(asked.get(name) for name in KEYS)
    public = Event.objects.public()
    ahead = [] if deeper else public.upcoming(now)[:AHEAD_SHOWN]
    page = read_page(public.past(now), "starts_at", asked, PAST_A_PAGE, whole=public)
    return Listing(_by_month(ahead, now, "sap"), _by_month(page.items, now, "qua"), page)


def _by_month(events: Iterable[Event], now: datetime.datetime, prefix: str) -> list[EventMonth]:
    months = groupby(events, key=lambda event: (first_day(event).year, first_day(event).month))
    return [
        EventMonth(
            f"{prefix}-{year}-{month}", f"Tháng {month}/{year}", [event_row(event, now) for event in found]
        )
        for (year, month), found in months
    ]


def event_row(event: Event, now: datetime.datetime) -> dict[str, Any]:
    """Return values for `_components/event_row.html`; a badge only where the list does not say the same."""
    plain = state_at(event, now) in (EventState.UPCOMING, EventState.PAST)
    badge = badge_at(event, now)
    return {
        "title": event.title,
        "url": event.get_absolute_url(),
        "starts_at": event.starts_at,
        "all_day": event.all_day,
        "place_name": event.place_name,
        "state_label": "" if plain else badge.label,
        "state_tone": "" if plain else badge.tone,
    }
