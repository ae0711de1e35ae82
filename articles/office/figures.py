"""Figures of a school year by unit, month and writer, for people responsible for them.

Counted from rows that cannot change later: revisions, decisions, pages. A story counts for its unit and for
the person who created it; an imported one for its unit alone.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from articles.enums import Status, Verdict
from articles.models import Article, ImportedStory, PublishedArticle, ReviewDecision, Revision
from articles.office.reports import table_file
from articles.office.waits import units_watched_by
from departments.models import Department, Position
from departments.querysets import in_force
from foundation.language.school_years import FIRST_MONTH, school_year_display, school_year_on
from inbox.telling import tell

SILENT_DAYS = 30
# Not IMPORTED: an import says nothing about how long a head takes.
APPROVALS = (Verdict.APPROVED, Verdict.PASSED)


@dataclass
class Line:
    """One unit's or one writer's figures in a school year."""

    name: str
    unit: str = ""
    sent: int = 0
    published: int = 0
    returned: int = 0
    waits: list[datetime.timedelta] = field(default_factory=list)

    @property
    def half_within(self) -> datetime.timedelta | None:
        """The median time from submission to approval; None without approvals."""
        return median(self.waits) if self.waits else None


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


def years_of(user: Any) -> list[int]:
    """Returns first years of the school years with stories of the watched units, newest first."""
    pages = _pages(user).order_by()
    days = pages.dates("published_at", "month")
    return sorted(
        {school_year_on(day) for day in days} | {school_year_on(timezone.localdate())}, reverse=True
    )


def year_of(user: Any, first: int) -> Year:
    """Returns the figures of the school year that began in `first`, until now. Makes nine queries."""
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
    """Returns watched units with a writer and no story in SILENT_DAYS, the longest silence first."""
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


def _stories(user: Any, within: dict[str, Any], published: list[int]) -> dict[int, tuple[int, int | None]]:
    """Returns {story: (unit, writer)} of every story sent or published in the period; an imported story has
    no writer here.
    """
    sent = Revision.objects.sent().filter(created_at__gte=within["began"], created_at__lt=within["until"])
    reach = Article.objects.filter(department__in=units_watched_by(user)).order_by()
    reach = reach.annotate(is_imported=Exists(ImportedStory.objects.filter(article=OuterRef("pk"))))
    columns = ("pk", "department", "created_by", "is_imported")
    rows = [*reach.filter(pk__in=sent.order_by().values("article")).values_list(*columns)]
    known = {pk for pk, *_ in rows}
    missing = [pk for pk in published if pk not in known]
    for start in range(0, len(missing), 500):
        rows += reach.filter(pk__in=missing[start : start + 500]).values_list(*columns)
    return {pk: (unit, None if is_imported else writer) for pk, unit, writer, is_imported in rows}


def _lines(stories: dict[int, tuple[int, int | None]], *, by_writer: bool = False) -> dict[Any, Line]:
    """Returns a line for each unit, or for each writer with the unit of most of their stories."""
    units = Department.objects.in_bulk({unit for unit, _ in stories.values()})
    if not by_writer:
        return {pk: Line(str(unit)) for pk, unit in units.items()}
    of: dict[int, Counter[int]] = defaultdict(Counter)
    for unit, writer in stories.values():
        if writer:
            of[writer][unit] += 1
    people = User.objects.in_bulk(of)
    return {pk: Line(str(user), str(units[of[pk].most_common(1)[0][0]])) for pk, user in people.items()}


def _count(
    stories: dict[int, tuple[int, int | None]],
    published: Iterable[tuple[int, datetime.datetime]],
    within: dict[str, Any],
    tables: list[dict[Any, Line]],
) -> None:
    def lines(story: int) -> list[Line]:
        if story not in stories:
            return []
        unit, writer = stories[story]
        units, writers, whole = tables
        return [units[unit], *([writers[writer]] if writer else []), whole[None]]

    days = {"created_at__gte": within["began"], "created_at__lt": within["until"]}
    for story in (
        Revision.objects.sent().filter(**days).order_by().values_list("article", flat=True).distinct()
    ):
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
    """Returns (“Tháng 9”, stories published) for every month of the year so far."""
    counted = Counter(timezone.localtime(at).strftime("%Y-%m") for _, at in published)
    month, last, found = timezone.localtime(began).date(), timezone.localtime(until).date(), []
    while month <= last and len(found) < 12:
        found.append((f"Tháng {month.month}", counted[f"{month:%Y-%m}"]))
        month = (month + datetime.timedelta(days=31)).replace(day=1)
    return found


def _most_first(lines: dict[Any, Line]) -> list[Line]:
    return sorted(lines.values(), key=lambda line: (-line.published, -line.sent, line.name))


SHOWN, SILENT_SHOWN = 10, 8
HEADINGS = ("Tên", "Đơn vị", "Gửi", "Đăng", "Trả lại", "Nửa số lần duyệt trong (giờ)")
# Coordinates of the months' chart, in SVG units.
LEFT, RIGHT, TOP, FLOOR, LABELS = 40, 460, 24, 140, 168


def may_see(user: Any) -> bool:
    """Whether the person may see figures: of units they decide for or audit."""
    return user.is_superuser or bool(units_watched_by(user))


@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The school year of `?nam=2026`, else the current one; `?tep=` returns a table as a file."""
    if not may_see(request.user):
        raise PermissionDenied
    years = years_of(request.user)
    asked = request.GET.get("nam", "")
    first = int(asked) if asked in map(str, years) else years[0]
    year = year_of(request.user, first)
    if request.GET.get("tep"):
        return _file(request, year)
    context = admin.site.each_context(request) | _shown(request, year, years)
    return render(request, "admin/articles/figures.html", context)


@never_cache
@require_POST
def remind_silent(request: HttpRequest) -> HttpResponse:
    """Remind the writers of silent units, each at most once a week."""
    if not may_see(request.user) or not _may_remind(request.user):
        raise PermissionDenied
    week = f"{timezone.localdate():%G-%V}"
    told = sum(_remind(silence, week) for silence in silent_units(request.user)[:SILENT_SHOWN])
    if told:
        messages.success(request, f"Đã nhắc {told} cộng tác viên của các đơn vị lâu chưa có tin.")
    else:
        messages.info(request, "Tuần này các đơn vị ấy đã được nhắc rồi.")
    return redirect("admin:figures")


def _may_remind(user: Any) -> bool:
    """Only people who decide about stories; auditors only read."""
    return user.has_perm("articles.approve_article") or user.has_perm("articles.second_read_article")


def _remind(silence: Silence, week: str) -> int:
    posts = Position.objects.filter(
        in_force(timezone.localdate()), department=silence.unit, role="collaborator"
    )
    writers = User.objects.filter(person__positions__in=posts).distinct()
    long = f"{silence.days} ngày nay" if silence.days else "Đến nay"
    return tell(
        writers,
        "silent",
        "Mong tin của đơn vị",
        about=str(silence.unit),
        words=f"{long} trang tin chưa có bài của đơn vị. Khi có hoạt động, mời bạn viết tin ngắn kèm ảnh.",
        address=reverse("admin:writing_board"),
        once=f"silent:{silence.unit.pk}:{week}",
    )


def _shown(request: HttpRequest, year: Year, years: list[int]) -> dict[str, Any]:
    most = max((line.published + line.returned for line in year.units), default=0)
    return {
        "title": f"Cộng tác viên năm học {school_year_display(year.first)}",
        "year": year,
        "years": [(first, school_year_display(first)) for first in years],
        "until": min(year.until, timezone.now()),
        "longest_wait": span_words(year.longest_wait),
        "half_within": span_words(year.whole.half_within),
        "returned_share": round(100 * year.whole.returned / year.whole.sent) if year.whole.sent else 0,
        "bars": [_bar(line, most) for line in year.units[:SHOWN]],
        "months": _columns(year.months),
        "is_open": year.until < timezone.now() + datetime.timedelta(minutes=1),
        "writers": [(line, span_words(line.half_within)) for line in year.writers[:SHOWN]],
        "silent": silent_units(request.user)[:SILENT_SHOWN],
        "may_remind": _may_remind(request.user),
    }


def _bar(line: Line, most: int) -> dict[str, Any]:
    """Lengths in thousandths of the longest bar."""
    published, returned = (round(1000 * n / (most or 1)) for n in (line.published, line.returned))
    return {"line": line, "published": published, "returned": returned}


def _columns(months: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Returns the columns of the chart in whole units, because SVG does not accept a decimal comma."""
    most, step = max((n for _, n in months), default=0) or 1, (RIGHT - LEFT) // max(len(months), 4)
    found = []
    for place, (label, count) in enumerate(months):
        height = round((FLOOR - TOP) * count / most)
        x = LEFT + place * step + step // 8
        short = label if len(months) < 6 else label.replace("Tháng ", "T")
        found.append(
            {
                "name": label,
                "label": short,
                "count": count,
                "x": x,
                "width": step * 3 // 4,
                "middle": x + step * 3 // 8,
                "y": FLOOR - height,
                "height": height,
                "above": FLOOR - height - 6,
            }
        )
    return found


def span_words(span: datetime.timedelta | None) -> str:
    """Returns “25 phút”, “6 giờ”, “3 ngày”; “–” for None."""
    if span is None:
        return "–"
    minutes = round(span.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} phút"
    return f"{round(minutes / 60)} giờ" if minutes < 48 * 60 else f"{round(minutes / 1440)} ngày"


def _file(request: HttpRequest, year: Year) -> HttpResponse:
    by_unit = request.GET.get("bang") == "don-vi"
    label, lines = ("đơn vị", year.units) if by_unit else ("người viết", year.writers)
    words = f"Số liệu năm học {school_year_display(year.first)} theo {label}"
    name = f"so-lieu-{year.first}-{'don-vi' if by_unit else 'nguoi'}"
    return table_file(request, name, words, HEADINGS, map(_cells, lines))


def _cells(line: Line) -> tuple[str, ...]:
    hours = f"{line.half_within.total_seconds() / 3600:.1f}".replace(".", ",") if line.waits else ""
    return (line.name, line.unit, str(line.sent), str(line.published), str(line.returned), hours)


def urls(site: admin.AdminSite) -> list:
    """Returns the admin URLs of the figures."""
    return [
        path("thong-ke/", site.admin_view(figures), name="figures"),
        path("thong-ke/nhac/", site.admin_view(remind_silent), name="remind_silent"),
    ]
