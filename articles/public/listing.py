"""Readers' lists of stories: all, of a section, of a tag. One query for each page, at any depth."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from articles.models import PublishedArticle, PublishedTag, Section, Tag
from foundation.language.school_years import FIRST_MONTH, school_year_display, school_year_on
from foundation.paging.keyset import read_page
from foundation.paging.months import MONTH, MonthJump

SIZE = 20
SCHOOL_YEARS = 7  # links beside a list; older years are reached by month


def of_all(asked: QueryDict) -> dict[str, Any]:
    """Returns the context of the list of all stories; `asked` are the parameters of the address."""
    return _page(PublishedArticle.objects.live().cards(), asked)


def of_section(section: Section, asked: QueryDict) -> dict[str, Any]:
    """Returns the context of a section's list."""
    return _page(PublishedArticle.objects.live().filter(section=section).cards(), asked)


def of_tag(tag: Tag, asked: QueryDict) -> dict[str, Any]:
    """Returns the context of a tag's list, read from the uses of the tag, which have their story's time."""
    uses = PublishedTag.objects.on_live_pages().filter(tag=tag).cards()
    found = _page(uses, asked, pk="content_object_id")
    return found | {"stories": [use.content_object for use in found["stories"]]}


def _page(rows: QuerySet, asked: QueryDict, pk: str = "pk") -> dict[str, Any]:
    live = PublishedArticle.objects.live()
    page = read_page(rows, "published_at", asked, SIZE, whole=live, pk=pk)
    school_years = _school_years(page.months, is_first=page.is_first)
    return {"stories": page.items, "page": page, "school_years": school_years}


def _school_years(months: MonthJump | None, *, is_first: bool) -> list[dict[str, Any]]:
    """Returns links to the school years of a list, each at its last month; none when there is only one.

    On later pages no year is marked as current, except the year of a chosen month.
    """
    if months is None:
        return []
    options = [option for _year, found in months.years for option in found]
    newest, oldest = (school_year_on(_day(option["value"])) for option in (options[0], options[-1]))
    chosen = next((option["value"] for option in options if option["selected"]), "")
    ends = {year: f"{year + 1}-{FIRST_MONTH - 1:02}" for year in range(newest, oldest - 1, -1)[:SCHOOL_YEARS]}
    ends[newest] = ""
    return [
        {
            "label": school_year_display(year),
            "url": f"?{MONTH}={end}" if end else "./",
            "current": end == chosen and (is_first or bool(chosen)),
        }
        for year, end in ends.items()
        if newest != oldest
    ]


def _day(month: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{month}-01")


def corrected(limit: int) -> list[PublishedArticle]:
    """Returns live stories with a correction notice, the latest correction first."""
    told = PublishedArticle.objects.live().filter(corrected_at__isnull=False)
    return list(told.without_text().order_by("-corrected_at", "-pk")[:limit])
