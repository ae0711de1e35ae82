"""The state of an event at a moment, and its time and size in words."""

import datetime
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone

from events.enums import Occurrence
from events.models import Event
from foundation.language.dates import WEEKDAYS, format_date
from foundation.language.numbers import format_number


class EventState(TextChoices):
    """The state that readers see first; the labels are the words of the badge."""

    UPCOMING = "upcoming", "Sắp diễn ra"
    RUNNING = "running", "Đang diễn ra"
    PAST = "past", "Đã diễn ra"
    RESCHEDULED = "rescheduled", "Đã dời lịch"
    POSTPONED = "postponed", "Tạm hoãn"
    CANCELLED = "cancelled", "Đã hủy"


TONES = {
    EventState.UPCOMING: "brand-b",
    EventState.RUNNING: "ok",
    EventState.PAST: "ok",
    EventState.RESCHEDULED: "warn",
    EventState.POSTPONED: "warn",
    EventState.CANCELLED: "bad",
}


@dataclass(frozen=True)
class Badge:
    """The words and the colour of the badge."""

    label: str
    tone: str


def state_at(event: Event, now: datetime.datetime) -> EventState:
    """Return the state; cancelled and postponed at any time, rescheduled until the new date."""
    if event.occurrence == Occurrence.CANCELLED:
        return EventState.CANCELLED
    if event.occurrence == Occurrence.POSTPONED:
        return EventState.POSTPONED
    if is_over(event, now):
        return EventState.PAST
    if has_begun(event, now):
        return EventState.RUNNING
    return EventState.RESCHEDULED if event.occurrence == Occurrence.RESCHEDULED else EventState.UPCOMING


def badge_at(event: Event, now: datetime.datetime) -> Badge:
    """Return the badge of the state."""
    state = state_at(event, now)
    return Badge(str(state.label), TONES[state])


def has_begun(event: Event, now: datetime.datetime) -> bool:
    """Return whether the event has started."""
    return (_midnight(event.starts_at) if event.all_day else event.starts_at) <= now


def is_over(event: Event, now: datetime.datetime) -> bool:
    """Return whether the event is over; without an end, or all-day, it lasts until the end of its day."""
    if event.ends_at and not event.all_day:
        return event.ends_at <= now
    return last_day(event) < timezone.localtime(now).date()


def first_day(event: Event) -> datetime.date:
    return timezone.localtime(event.starts_at).date()


def last_day(event: Event) -> datetime.date:
    return timezone.localtime(event.ends_at or event.starts_at).date()


def date_words(event: Event) -> str:
    """Return “Thứ Sáu, 10/11/2017”, or “10/11/2017 – 12/11/2017” over several days."""
    first, last = first_day(event), last_day(event)
    if first == last:
        return f"{WEEKDAYS[first.weekday()]}, {format_date(first, 'so')}"
    return f"{format_date(first, 'so')} – {format_date(last, 'so')}"


def hour_words(event: Event) -> str:
    """Return “07:30 – 16:30”, “từ 07:30”, “Cả ngày”; over several days each hour has its day."""
    if event.all_day:
        return "Cả ngày"
    begins = timezone.localtime(event.starts_at)
    if event.ends_at is None:
        return f"Từ {begins:%H:%M}"
    ends = timezone.localtime(event.ends_at)
    if begins.date() == ends.date():
        return f"{begins:%H:%M} – {ends:%H:%M}"
    return f"{begins:%H:%M} ngày {format_date(begins, 'gon')} – {ends:%H:%M} ngày {format_date(ends, 'gon')}"


def counted(count: int | None, qualifier: str, noun: str) -> str:
    """Return “gần 200 đại biểu”, “15 đơn vị”; "" without a count."""
    if count is None:
        return ""
    return " ".join(word for word in (qualifier, format_number(count), noun) if word)


def attendance_phrase(event: Event) -> str:
    """Return “gần 200 đại biểu”, for the middle of a sentence."""
    return counted(event.attendance, event.attendance_qualifier, "đại biểu")


def _midnight(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
