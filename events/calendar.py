"""Calendar files (RFC 5545) of one event or of many."""

import datetime
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from events.enums import Occurrence
from events.models import Event, ProgrammeItem
from events.timing import first_day, last_day

# Imported on first use: importing icalendar would slow down every start.
icalendar = SimpleLazyObject(partial(import_module, "icalendar"))
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = datetime.timedelta(days=1)
STATUS = {Occurrence.CANCELLED: "CANCELLED", Occurrence.POSTPONED: "TENTATIVE"}
# Many calendars ignore STATUS, so the title says it too.
MARKS = {Occurrence.CANCELLED: "[Hủy] ", Occurrence.POSTPONED: "[Hoãn] "}


def calendar_of(events: Iterable[Event], name: str) -> bytes:
    """Return a calendar file. `events` must be public; the bytes change only when an event does."""
    calendar = _calendar(name)
    for event in events:
        calendar.add_component(_entry(event))
    return calendar.to_ical()


def calendar_of_item(item: ProgrammeItem) -> bytes:
    """Return a calendar file of one item of a public event's programme; the place is the event's."""
    event, calendar = item.event, _calendar(item.title)
    entry = icalendar.Event()
    entry.add("uid", f"su-kien-{event.pk}-{item.pk}@{urlsplit(settings.SITE_URL).hostname}")
    _describe(entry, event, item.title, "\n".join(filter(None, (event.title, item.note))))
    entry.add("dtstart", item.starts_at.astimezone(ZONE))
    calendar.add_component(entry)
    return calendar.to_ical()


def _calendar(name: str) -> "icalendar.Calendar":
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{urlsplit(settings.SITE_URL).hostname}//Su kien//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", " ".join(name.split()))  # the library does not escape line ends here
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add_component(_time_zone())
    return calendar


def _entry(event: Event) -> "icalendar.Event":
    entry = icalendar.Event()
    # The number stays when title and address change; SEQUENCE marks a change of the same event.
    entry.add("uid", f"su-kien-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    words = "\n".join(filter(None, (event.occurrence_note, event.summary, event.online_url)))
    _describe(entry, event, event.title, words)
    _add_times(entry, event)
    return entry


def _describe(entry: "icalendar.Event", event: Event, title: str, words: str) -> None:
    """Add what an event and the items of its programme have in common."""
    entry.add("dtstamp", event.changed_at.astimezone(datetime.UTC))
    entry.add("last-modified", event.changed_at.astimezone(datetime.UTC))
    entry.add("sequence", event.sequence)
    entry.add("status", STATUS.get(event.occurrence, "CONFIRMED"))
    entry.add("summary", MARKS.get(event.occurrence, "") + title)
    entry.add("url", settings.SITE_URL + event.get_absolute_url())
    if place := ", ".join(filter(None, (event.place_name, event.place_address))) or event.online_url:
        entry.add("location", place)
    if words:
        entry.add("description", words)


def _add_times(entry: "icalendar.Event", event: Event) -> None:
    """DTEND is the day after the last one; an end not later than the start is left out."""
    if event.all_day:
        entry.add("dtstart", first_day(event))
        entry.add("dtend", last_day(event) + ONE_DAY)
        return
    entry.add("dtstart", event.starts_at.astimezone(ZONE))
    if event.ends_at and event.ends_at > event.starts_at:
        entry.add("dtend", event.ends_at.astimezone(ZONE))


def _time_zone() -> "icalendar.Timezone":
    """UTC+7 without summer time, as in Viet Nam since 1975; no event is older."""
    always = icalendar.TimezoneStandard()
    always.add("dtstart", datetime.datetime(1975, 6, 13))
    always.add("tzoffsetfrom", datetime.timedelta(hours=7))
    always.add("tzoffsetto", datetime.timedelta(hours=7))
    always.add("tzname", "+07")
    zone = icalendar.Timezone()
    zone.add("tzid", ZONE.key)
    zone.add_component(always)
    return zone
