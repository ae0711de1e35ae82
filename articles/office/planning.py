"""The newsroom's calendar: planned days, scheduled releases, published stories, and events.

A planned day is only a plan (`Article.planned_on`); a release publishes by itself (`Release.due_at`).
"""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from approvals.enums import RecordStatus
from articles.approval import schedule
from articles.enums import Status
from articles.models import Article, PublishedArticle
from departments.access import scope
from events.enums import Occurrence
from events.models import Event
from foundation.language.dates import WEEKDAYS

MOST_LISTED = 500  # entries of one kind in a month, far more than a real plan has
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class CalendarEntry:
    """One entry of a day. `kind`: event, planned, overdue, scheduled; `hour` only when there is one."""

    kind: str
    label: str
    title: str
    url: str
    hour: str = ""
    unit: str = ""


@dataclass
class Day:
    """One day of the calendar with its entries and the number of stories published."""

    date: datetime.date
    in_month: bool
    is_today: bool
    entries: list[CalendarEntry] = field(default_factory=list)
    published: int = 0
    published_url: str = ""


@dataclass(frozen=True)
class CalendarMonth:
    """Whole weeks from Monday; `before` and `after` are the neighbouring months as “2026-11”."""

    label: str
    weeks: list[list[Day]]
    before: str
    after: str
    is_present: bool

    @property
    def busy_days(self) -> list[Day]:
        """The days of the month with entries."""
        return [day for week in self.weeks for day in week if day.in_month and day.entries]


def may_see(user: Any) -> bool:
    """Whether the person may read some unit's working copies."""
    return user.is_superuser or bool(scope(user, "articles.view_article"))


def parse_month(words: str) -> datetime.date:
    """Returns the first day of “2026-11”; of the current month for anything else."""
    year, _, month = words.partition("-")
    if words.isascii() and year.isdecimal() and month.isdecimal() and len(words) <= 7:
        if FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12:
            return datetime.date(int(year), int(month), 1)
    return timezone.localdate().replace(day=1)


def month_of(user: Any, first: datetime.date) -> CalendarMonth:
    """Returns the month as this person may see it. Makes four queries."""
    today = timezone.localdate()
    weeks = [
        [Day(date, date.month == first.month, date == today) for date in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    days = {day.date: day for week in weeks for day in week}
    span = (weeks[0][0].date, weeks[-1][-1].date)
    for source in (_events, _scheduled, _planned):
        for date, entry in source(user, span):
            days[date].entries.append(entry)
    for date, count in _published(user, span):
        days[date].published = count
        days[date].published_url = _list_of(date)
    return CalendarMonth(
        label=f"Tháng {first.month}/{first.year}",
        weeks=weeks,
        before=f"{first - datetime.timedelta(days=1):%Y-%m}",
        after=f"{first + datetime.timedelta(days=31):%Y-%m}",
        is_present=first == today.replace(day=1),
    )


Span = tuple[datetime.date, datetime.date]


def coming(user: Any, span: Span) -> Iterator[tuple[datetime.date, CalendarEntry]]:
    """Yields the events of these days that this person may see, then scheduled and planned stories.

    Stories only for who reads working copies. Makes at most three queries.
    """
    yield from _events(user, span)
    if may_see(user):
        yield from _scheduled(user, span)
        yield from _planned(user, span)


def _moments(span: Span) -> tuple[datetime.datetime, datetime.datetime]:
    def midnight(day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))

    return midnight(span[0]), midnight(span[1] + datetime.timedelta(days=1))


def _events(user: Any, span: Span) -> Iterator[tuple[datetime.date, CalendarEntry]]:
    """On the day they begin; a cancelled event is labelled so."""
    start, end = _moments(span)
    rows = Event.objects.visible_to(user).filter(starts_at__gte=start, starts_at__lt=end)
    for event in rows.select_related("host").order_by("starts_at", "pk")[:MOST_LISTED]:
        as_planned = event.occurrence == Occurrence.AS_PLANNED
        label = "Sự kiện" if as_planned else f"Sự kiện, {Occurrence(event.occurrence).label.lower()}"
        at = timezone.localtime(event.starts_at)
        hour = "" if event.all_day else f"{at:%H:%M}"
        public = event.status == RecordStatus.PUBLIC
        url = event.get_absolute_url() if public else reverse("admin:events_event_change", args=[event.pk])
        yield at.date(), CalendarEntry("event", label, event.title, url, hour, str(event.host))


def _scheduled(user: Any, span: Span) -> Iterator[tuple[datetime.date, CalendarEntry]]:
    """Approved stories with a waiting release."""
    start, end = _moments(span)
    reach = Exists(Article.objects.visible_to(user).filter(pk=OuterRef("decision__revision__article")))
    rows = schedule.waiting().filter(reach, due_at__gte=start, due_at__lt=end)
    for release in rows.select_related("decision__revision__article__department")[:MOST_LISTED]:
        at, revision = timezone.localtime(release.due_at), release.decision.revision
        url = reverse("admin:articles_article_change", args=[revision.article_id])
        unit = str(revision.article.department)
        title = revision.content["title"]
        yield at.date(), CalendarEntry("scheduled", "Đã hẹn giờ", title, url, f"{at:%H:%M}", unit)


def _planned(user: Any, span: Span) -> Iterator[tuple[datetime.date, CalendarEntry]]:
    """Planned and not yet published; "overdue" once the day is over."""
    out = Exists(PublishedArticle.objects.filter(pk=OuterRef("pk")))
    armed = Exists(schedule.waiting().filter(decision__revision__article=OuterRef("pk")))
    stories = Article.objects.visible_to(user).filter(~out, ~armed, planned_on__range=span)
    today = timezone.localdate()
    rows = stories.select_related("department").order_by("planned_on", "pk")
    for story in rows.only("title", "status", "planned_on", "department__name")[:MOST_LISTED]:
        late = story.planned_on < today
        label = f"{'Trễ dự kiến' if late else 'Dự kiến'} · {Status(story.status).label}"
        url = reverse("admin:articles_article_change", args=[story.pk])
        title, unit = story.title or "Bài chưa có tiêu đề", str(story.department)
        yield story.planned_on, CalendarEntry("overdue" if late else "planned", label, title, url, "", unit)


def _published(user: Any, span: Span) -> Iterator[tuple[datetime.date, int]]:
    """Yields how many stories of this person's units were published on each day."""
    start, end = _moments(span)
    live = PublishedArticle.objects.live().filter(published_at__gte=start, published_at__lt=end)
    if not user.is_superuser:
        live = live.filter(department__in=scope(user, "articles.view_article"))
    counted = live.order_by().annotate(day=TruncDate("published_at")).values("day").annotate(n=Count("pk"))
    yield from counted.values_list("day", "n")


def _list_of(date: datetime.date) -> str:
    address = reverse("admin:articles_publishedarticle_changelist")
    asked = {"year": date.year, "month": date.month, "day": date.day}
    return f"{address}?{'&'.join(f'published_at__{name}={value}' for name, value in asked.items())}"


@never_cache
@require_safe
def planning(request: HttpRequest) -> HttpResponse:
    """The month of `?thang=2026-11`, else the current one."""
    if not may_see(request.user):
        raise PermissionDenied
    month = month_of(request.user, parse_month(request.GET.get("thang", "")))
    context = admin.site.each_context(request) | {"title": "Lịch", "month": month}
    context["weekdays"] = list(zip(("T2", "T3", "T4", "T5", "T6", "T7", "CN"), WEEKDAYS, strict=True))
    return render(request, "admin/articles/planning.html", context)


def urls(site: admin.AdminSite) -> list:
    """Returns the admin URL of the calendar."""
    return [path("lich/", site.admin_view(planning), name="planning")]
