"""The page of the school year's figures, with tables as files and the reminder to silent units."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from articles.office.reports import table_file
from articles.office.tally import Line, Silence, Year, silent_units, year_of, years_of
from articles.office.waits import units_watched_by
from departments.models import Position
from departments.querysets import in_force
from foundation.language.school_years import school_year_display
from inbox.telling import tell

SHOWN, SILENT_SHOWN = 10, 8
HEADINGS = ("Tên", "Đơn vị", "Gửi", "Đăng", "Trả lại", "Thời gian duyệt trung vị (giờ)")
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
    years = years_of()
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
