"""What is counted of a school year: stories by unit, month and writer.

Counted from rows that cannot change later: revisions, decisions, pages; in the database, because a year has
tens of thousands of them. A story counts for its unit and for the person who created it; an imported one for
its unit alone.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from accounts.models import User
from articles.approval.remembered import until_moved
from articles.enums import Status, Verdict
from articles.models import Article, ImportedStory, PublishedArticle, ReviewDecision, Revision
from articles.office.waits import units_watched_by
from departments.models import Department, Position
from foundation.language.school_years import FIRST_MONTH, school_year_on

SILENT_DAYS = 30
# Not IMPORTED: an import says nothing about how long a head takes.
APPROVALS = (Verdict.APPROVED, Verdict.PASSED)


@dataclass
class Line:
    """One unit's or one writer's figures in a school year. `waits` counts approvals by minutes waited."""

    name: str
    unit: str = ""
    sent: int = 0
    published: int = 0
    returned: int = 0
    waits: Counter[int] = field(default_factory=Counter)

    @property
    def half_within(self) -> datetime.timedelta | None:
        """The median time from submission to approval; None without approvals."""
        if not self.waits:
            return None
        total = self.waits.total()
        low, high = _nth(self.waits, (total - 1) // 2), _nth(self.waits, total // 2)
        return datetime.timedelta(minutes=(low + high) / 2)


def _nth(counted: Counter[int], place: int) -> int:
    """Returns the value at this place (from 0) of all values in order."""
    for value in sorted(counted):
        place -= counted[value]
        if place < 0:
            return value
    raise IndexError(place)


@dataclass(frozen=True)
class Year:
    """The figures of one school year. `first` is its first calendar year; times are aware datetimes."""

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
    """A unit with writers that has published nothing for a long time; `days` is None when it never has."""

    unit: Department
    days: int | None


def years_of() -> list[int]:
    """Returns first years of the school years since the first story of the site, newest first."""
    live = PublishedArticle.objects.live().order_by("published_at", "pk")
    oldest = live.values_list("published_at", flat=True).first()
    last = school_year_on(timezone.localdate())
    first = min(last, school_year_on(timezone.localtime(oldest).date())) if oldest else last
    return list(range(last, first - 1, -1))


def year_of(user: Any, first: int) -> Year:
    """Returns the figures of the school year that began in `first`, until now. Makes at most 12 queries."""
    now = timezone.now()
    began, ended = _bounds(first)
    until = min(ended, now)
    units, writers, whole = _lines(_remembered(units_watched_by(user), began, until))
    year = datetime.timedelta(days=365)
    before = _pages(user).filter(published_at__gte=_bounds(first - 1)[0], published_at__lt=until - year)
    open_now = (
        Article.objects.unfinished()
        .filter(
            status__in=(Status.IN_REVIEW, Status.SECOND_READING),
            binned_at=None,
            department__in=units_watched_by(user),
        )
        .aggregate(number=Count("pk"), oldest=Min("submitted_at"))
    )
    return Year(
        first=first,
        began=began,
        until=until,
        units=_most_first(units),
        writers=_most_first(writers),
        months=_months(_pages(user), began, until),
        whole=whole,
        published_before=before.count(),
        waiting=open_now["number"],
        longest_wait=now - open_now["oldest"] if open_now["oldest"] else None,
    )


def silent_units(user: Any) -> list[Silence]:
    """Returns watched units with a writer and no story in SILENT_DAYS, the longest silence first."""
    today = timezone.localdate()
    writing = Position.objects.on(today).filter(role="collaborator", person__user__is_active=True)
    units = Department.objects.filter(pk__in=units_watched_by(user)).filter(
        pk__in=writing.values("department")
    )
    newest = PublishedArticle.objects.live().filter(department=OuterRef("pk")).newest()
    found = []
    for unit in units.distinct().annotate(last=Subquery(newest.values("published_at")[:1])):
        days = (today - timezone.localtime(unit.last).date()).days if unit.last else None
        if days is None or days > SILENT_DAYS:
            found.append(Silence(unit, days))
    return sorted(found, key=lambda one: -(one.days or 10**6))


# --- counting -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Some:
    """A number of stories, decisions or approvals of one unit and writer; `what` is a field of Line."""

    what: str
    unit: int
    writer: int | None  # of an imported story none
    number: int
    minutes: int = 0


def _bounds(first: int) -> tuple[datetime.datetime, datetime.datetime]:
    def opens(year: int) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime(year, FIRST_MONTH, 1))

    return opens(first), opens(first + 1)


def _pages(user: Any) -> QuerySet[PublishedArticle]:
    return PublishedArticle.objects.live().filter(department__in=units_watched_by(user))


def _remembered(watched: set[int], began: datetime.datetime, until: datetime.datetime) -> list[Some]:
    """Returns what `_counted` yields; counting 50,000 stories of one year takes 400 ms."""
    units = sha256(repr(sorted(watched)).encode()).hexdigest()
    return until_moved(f"tally:{began:%Y}:{units}", lambda: list(_counted(watched, began, until)))


def _counted(watched: set[int], began: datetime.datetime, until: datetime.datetime) -> Iterator[Some]:
    """Yields what was sent, published, returned and approved in the period; makes four queries."""
    sent = Revision.objects.sent().filter(created_at__gte=began, created_at__lt=until)
    yield from _by_whom("sent", sent, "article", watched, Count("article", distinct=True))
    yield from _published(watched, began, until)
    decided = ReviewDecision.objects.filter(decided_at__gte=began, decided_at__lt=until)
    story = "revision__article"
    returned = decided.filter(verdict=Verdict.RETURNED, revision__created_at__gte=began)
    yield from _by_whom("returned", returned, story, watched, Count(story, distinct=True))
    approved = decided.filter(verdict__in=APPROVALS).annotate(
        minutes=Minutes(F("decided_at"), F("revision__created_at"))
    )
    yield from _by_whom("waits", approved, story, watched, Count("pk"), "minutes")


def _by_whom(
    what: str, rows: QuerySet, story: str, watched: set[int], number: Aggregate, *more: str
) -> Iterator[Some]:
    """Yields the number for each unit and writer of the stories at the path `story`, and each of `more`."""
    imported = Exists(ImportedStory.objects.filter(article=OuterRef(story)))
    rows = rows.filter(**{f"{story}__department__in": watched}).order_by().annotate(is_imported=imported)
    by = (f"{story}__department", f"{story}__created_by", "is_imported", *more)
    for unit, writer, is_imported, *minutes, count in rows.values_list(*by).annotate(number=number):
        yield Some(what, unit, None if is_imported else writer, count, *minutes)


def _published(watched: set[int], began: datetime.datetime, until: datetime.datetime) -> Iterator[Some]:
    """The same of pages, which know their story by its key alone."""
    story = Article.objects.filter(pk=OuterRef("pk"))
    imported = Exists(ImportedStory.objects.filter(article=OuterRef("pk")))
    pages = PublishedArticle.objects.live().filter(
        department__in=watched, published_at__gte=began, published_at__lt=until
    )
    known = {
        "unit": Subquery(story.values("department")),
        "writer": Subquery(story.values("created_by")),
        "is_imported": imported,
    }
    rows = pages.order_by().annotate(**known).values_list(*known).annotate(number=Count("pk"))
    for unit, writer, is_imported, count in rows:
        if unit in watched:
            yield Some("published", unit, None if is_imported else writer, count)


def _lines(counted: list[Some]) -> tuple[dict[int, Line], dict[int, Line], Line]:
    """Returns a line for each unit, for each writer with the unit of most of their stories, and of all."""
    units = Department.objects.in_bulk({some.unit for some in counted})
    of: dict[int, Counter[int]] = defaultdict(Counter)
    for some in counted:
        if some.writer:
            of[some.writer][some.unit] += some.number
    people = User.objects.in_bulk(of)
    by_unit = {pk: Line(str(unit)) for pk, unit in units.items()}
    by_writer = {pk: Line(str(user), str(units[of[pk].most_common(1)[0][0]])) for pk, user in people.items()}
    whole = Line("")
    for some in counted:
        lines = [by_unit[some.unit], whole, *([by_writer[some.writer]] if some.writer else [])]
        for line in lines:
            if some.what == "waits":
                line.waits[some.minutes] += some.number
            else:
                setattr(line, some.what, getattr(line, some.what) + some.number)
    return by_unit, by_writer, whole


def _months(
    pages: QuerySet[PublishedArticle], began: datetime.datetime, until: datetime.datetime
) -> list[tuple[str, int]]:
    """Returns (“Tháng 9”, stories published) for every month of the year so far."""
    starts, month = [], timezone.localtime(began).date()
    while month <= timezone.localtime(until).date() and len(starts) < 12:
        starts.append(month)
        month = (month + datetime.timedelta(days=31)).replace(day=1)

    def midnight(day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))

    edges = [*map(midnight, starts), until]
    counts = {
        f"n{place}": Count("pk", filter=Q(published_at__gte=edges[place], published_at__lt=edges[place + 1]))
        for place in range(len(starts))
    }
    found = pages.filter(published_at__gte=began, published_at__lt=until).order_by().aggregate(**counts)
    return [(f"Tháng {start.month}", found[f"n{place}"]) for place, start in enumerate(starts)]


def _most_first(lines: dict[int, Line]) -> list[Line]:
    return sorted(lines.values(), key=lambda line: (-line.published, -line.sent, line.name))


class Minutes(Func):
    """Whole minutes from the second moment to the first."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """By SQLite's own function: Django's difference of moments is Python, called for each row."""
        template = "CAST(ROUND((JULIANDAY(%(expressions)s)) * 1440) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - JULIANDAY(", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = "CAST(EXTRACT(EPOCH FROM %(expressions)s) / 60 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)
