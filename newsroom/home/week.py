"""The week of the person's units: what went out lately, what comes in the next days."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.models import PublishedArticle
from articles.office.planning import coming
from awards.models import Decision
from departments.access import scope
from foundation.language.dates import WEEKDAYS, format_near
from rounds.enums import RoundStatus
from rounds.models import Round

SHOWN = 5
BACK, AHEAD = 7, 7  # days


@dataclass(frozen=True)
class Line:
    """One line of the week: when in words, what, where, and what it is."""

    at: datetime.datetime
    when: str
    title: str
    address: str
    what: str


@dataclass(frozen=True)
class Week:
    """Both columns; `is_more` of what went out."""

    out: list[Line]
    coming: list[Line]
    is_more: bool


def week_of(user: Any) -> Week:
    """Return the week of this person. The number of queries does not grow with the rows."""
    out = sorted([*_stories(user), *_decisions(user)], key=lambda one: one.at, reverse=True)
    ahead = sorted([*_planned(user), *_deadlines(user)], key=lambda one: one.at)
    return Week(out[:SHOWN], ahead[: SHOWN + 1], len(out) > SHOWN)


def _began() -> datetime.datetime:
    """Return the midnight seven days ago: on a Monday the week before is still the news."""
    first = timezone.localdate() - datetime.timedelta(days=BACK)
    return timezone.make_aware(datetime.datetime.combine(first, datetime.time()))


def _line(at: datetime.datetime, title: str, address: str, what: str) -> Line:
    return Line(at, format_near(at, timezone.localdate()), title, address, what)


def _stories(user: Any) -> list[Line]:
    units = scope(user, "articles.view_article")
    if not units:
        return []
    rows = PublishedArticle.objects.live().filter(department__in=units, published_at__gte=_began())
    rows = rows.only("title", "slug", "published_at", "department__name").select_related("department")
    return [
        _line(row.published_at, row.title, row.get_absolute_url(), str(row.department))
        for row in rows.newest()[: SHOWN + 1]
    ]


def _decisions(user: Any) -> list[Line]:
    units = scope(user, "awards.submit_decision") | scope(user, "awards.publish_decision")
    if not units:
        return []
    rows = Decision.objects.public().filter(issuer__in=units, published_at__gte=_began())
    rows = rows.order_by("-published_at", "-pk")
    return [
        _line(row.published_at, row.summary, row.get_absolute_url(), f"Quyết định {row.number}")
        for row in rows[: SHOWN + 1]
    ]


def _planned(user: Any) -> list[Line]:
    today, now = timezone.localdate(), timezone.now()
    lines = []
    for day, entry in coming(user, (today, today + datetime.timedelta(days=AHEAD))):
        clock = datetime.time.fromisoformat(entry.hour) if entry.hour else datetime.time(23, 59)
        at = timezone.make_aware(datetime.datetime.combine(day, clock))
        if at < now:
            continue
        when = format_near(at, today) if entry.hour else _day_near(day, today)
        lines.append(Line(at, when, entry.title, entry.url, f"{entry.label}, {entry.unit}"))
    return lines


def _day_near(day: datetime.date, today: datetime.date) -> str:
    """Return the day without an hour: “cả ngày hôm nay” would say too much of a planned day."""
    if named := {0: "Hôm nay", 1: "Ngày mai"}.get((day - today).days):
        return named
    return WEEKDAYS[day.weekday()]


def _deadlines(user: Any) -> list[Line]:
    if not user.has_perm("rounds.view_round"):
        return []
    now = timezone.now()
    rows = Round.objects.visible_to(user).filter(status=RoundStatus.OPEN, deadline__gte=now)
    rows = rows.filter(deadline__lt=now + datetime.timedelta(days=AHEAD)).order_by("deadline", "pk")
    return [
        _line(row.deadline, str(row), reverse("admin:round_page", args=[row.pk]), "Hạn nhận đề nghị khen")
        for row in rows[:SHOWN]
    ]
