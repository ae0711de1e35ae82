"""What a school year of news came to, by unit, month and writer: for those who answer for the work.

Counted from what cannot be changed afterwards: revisions sent, decisions, pages. A story counts for its
unit and for whoever began it.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from articles.enums import Status, Verdict
from articles.models import Article, PublishedArticle, ReviewDecision, Revision
from articles.office.waits import units_watched_by
from departments.models import Department, Position
from foundation.language.school_years import FIRST_MONTH, school_year_on

SILENT_DAYS = 30
# Approved on paper elsewhere or brought in by a command: says nothing of how long a head takes.
APPROVALS = (Verdict.APPROVED, Verdict.PASSED)


@dataclass
class Line:
    """One unit's or one writer's year."""

    name: str
    unit: str = ""
    sent: int = 0
    published: int = 0
    returned: int = 0
    waits: list[datetime.timedelta] = field(default_factory=list)

    @property
    def half_within(self) -> datetime.timedelta | None:
        """Half of the approvals took no longer than this."""
        return median(self.waits) if self.waits else None


@dataclass(frozen=True)
class Year:
    first: int
    began: datetime.datetime
    until: datetime.datetime
    units: list[Line]
    writers: list[Line]
    months: list[tuple[str, int]]
    whole: Line
    published_before: int
    waiting: int
    longest_wait: datetime.timedelta | None


@dataclass(frozen=True)
class Silence:
    """A unit with writers that has published nothing for long; `days` is None when it never has."""

    unit: Department
    days: int | None


def years_of(user: Any) -> list[int]:
    """First years of the school years in which stories of the watched units came out, newest first."""
    pages = _pages(user).order_by()
    days = pages.dates("published_at", "month")
    return sorted(
        {school_year_on(day) for day in days} | {school_year_on(timezone.localdate())}, reverse=True
    )


def year_of(user: Any, first: int) -> Year:
    """The figures of the school year that began in `first`, up to now; nine queries however many stories."""
    now = timezone.now()
    began, ended = _bounds(first)
    until = min(ended, now)
    within = {"began": began, "until": until}
    published = list(
        _pages(user).filter(published_at__gte=began, published_at__lt=until).values_list("pk", "published_at")
    )
    stories = _stories(user, within, [pk for pk, _ in published])
    units, writers, whole = _lines(stories), _lines(stories, by_writer=True), Line("")
    _count(stories, published, within, [units, writers, defaultdict(lambda: whole)])
    year = datetime.timedelta(days=365)
    before = _pages(user).filter(published_at__gte=_bounds(first - 1)[0], published_at__lt=until - year)
    open_now = Article.objects.filter(
        status__in=(Status.IN_REVIEW, Status.SECOND_READING),
        binned_at=None,
        department__in=units_watched_by(user),
    ).values_list("submitted_at", flat=True)
    return Year(
        first=first,
        began=began,
        until=until,
        units=_most_first(units),
        writers=_most_first(writers),
        months=_months(published, began, until),
        whole=whole,
        published_before=before.count(),
        waiting=len(open_now),
        longest_wait=max((now - sent for sent in open_now if sent), default=None),
    )


def silent_units(user: Any) -> list[Silence]:
    """Watched units with somebody to write whose last story is long ago, the longest silence first."""
    today = timezone.localdate()
    writing = Position.objects.on(today).filter(role="collaborator", person__user__is_active=True)
    units = Department.objects.filter(pk__in=units_watched_by(user)).filter(
        pk__in=writing.values("department")
    )
    last = dict(_pages(user).order_by().values_list("department").annotate(Max("published_at")))
    found = []
    for unit in units.distinct():
        at = last.get(unit.pk)
        days = (today - timezone.localtime(at).date()).days if at else None
        if days is None or days > SILENT_DAYS:
            found.append(Silence(unit, days))
    return sorted(found, key=lambda one: -(one.days or 10**6))


# --- reading ------------------------------------------------------------------------------------------


def _bounds(first: int) -> tuple[datetime.datetime, datetime.datetime]:
    def opens(year: int) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime(year, FIRST_MONTH, 1))

    return opens(first), opens(first + 1)


def _pages(user: Any) -> QuerySet[PublishedArticle]:
    return PublishedArticle.objects.live().filter(department__in=units_watched_by(user))


def _stories(user: Any, within: dict[str, Any], published: list[int]) -> dict[int, tuple[int, int]]:
    """Unit and writer of every story sent or published in these days."""
    sent = Revision.objects.filter(created_at__gte=within["began"], created_at__lt=within["until"])
    reach = Article.objects.filter(department__in=units_watched_by(user)).order_by()
    columns = ("pk", "department", "created_by")
    rows = [*reach.filter(pk__in=sent.order_by().values("article")).values_list(*columns)]
    known = {pk for pk, *_ in rows}
    missing = [pk for pk in published if pk not in known]
    for start in range(0, len(missing), 500):
        rows += reach.filter(pk__in=missing[start : start + 500]).values_list(*columns)
    return {pk: (unit, writer) for pk, unit, writer in rows}


def _lines(stories: dict[int, tuple[int, int]], *, by_writer: bool = False) -> dict[Any, Line]:
    """A line for each unit, or for each writer with the unit most of the stories are of."""
    units = Department.objects.in_bulk({unit for unit, _ in stories.values()})
    if not by_writer:
        return {pk: Line(str(unit)) for pk, unit in units.items()}
    of: dict[int, Counter[int]] = defaultdict(Counter)
    for unit, writer in stories.values():
        of[writer][unit] += 1
    people = User.objects.in_bulk(of)
    return {pk: Line(str(user), str(units[of[pk].most_common(1)[0][0]])) for pk, user in people.items()}


def _count(
    stories: dict[int, tuple[int, int]],
    published: Iterable[tuple[int, datetime.datetime]],
    within: dict[str, Any],
    tables: list[dict[Any, Line]],
) -> None:
    def lines(story: int) -> list[Line]:
        if story not in stories:
            return []
        unit, writer = stories[story]
        return [table[key] for table, key in zip(tables, (unit, writer, None), strict=True)]

    days = {"created_at__gte": within["began"], "created_at__lt": within["until"]}
    for story in Revision.objects.filter(**days).order_by().values_list("article", flat=True).distinct():
        for line in lines(story):
            line.sent += 1
    for story, _ in published:
        for line in lines(story):
            line.published += 1
    decided = ReviewDecision.objects.filter(
        decided_at__gte=within["began"], decided_at__lt=within["until"]
    ).order_by()
    columns = ("revision__article", "verdict", "decided_at", "revision__created_at")
    returned = set()
    for story, verdict, at, sent in decided.values_list(*columns):
        if verdict == Verdict.RETURNED:
            returned.add(story)
        elif verdict in APPROVALS:
            for line in lines(story):
                line.waits.append(at - sent)
    for story in returned:
        for line in lines(story):
            line.returned += 1


def _months(
    published: Iterable[tuple[int, datetime.datetime]], began: datetime.datetime, until: datetime.datetime
) -> list[tuple[str, int]]:
    """“Tháng 9” and how many came out in it, for every month of the year so far."""
    counted = Counter(timezone.localtime(at).strftime("%Y-%m") for _, at in published)
    month, last, found = timezone.localtime(began).date(), timezone.localtime(until).date(), []
    while month <= last and len(found) < 12:
        found.append((f"Tháng {month.month}", counted[f"{month:%Y-%m}"]))
        month = (month + datetime.timedelta(days=31)).replace(day=1)
    return found


def _most_first(lines: dict[Any, Line]) -> list[Line]:
    return sorted(lines.values(), key=lambda line: (-line.published, -line.sent, line.name))
