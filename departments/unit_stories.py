"""All stories of one unit, read page by page from a story on."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from departments.lineage import merged_into
from departments.models import Department
from departments.unit_page import belonging

SIZE = 20


def story_page(unit: Department, asked: Mapping[str, str]) -> dict[str, Any]:
    """One page; `truoc` holds the number of the story it comes after. No COUNT, no OFFSET."""
    stories = belonging(unit, "published_articles", merged_into(unit.pk)).live()
    older_than = _place(stories, asked.get("truoc", ""))
    rows = stories.before(*older_than) if older_than else stories
    found = list(rows.newest().cards()[: SIZE + 1])
    shown = found[:SIZE]
    units = reverse("departments:department_list")
    return {
        "unit": unit,
        "crumbs": [{"label": "Đơn vị", "url": units}, {"label": unit.name, "url": unit.get_absolute_url()}],
        "stories": shown,
        "is_first": not older_than,
        "newer_url": f"{unit.get_absolute_url()}tin/" if older_than else "",
        "older_url": f"?truoc={shown[-1].pk}" if len(found) > SIZE else "",
    }


def _place(stories: QuerySet, text: str) -> tuple[Any, int] | None:
    """Where a story stands in the list; nothing for what is no story of the unit."""
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        return None
    return stories.filter(pk=int(text)).values_list("published_at", "pk").first()
