"""All stories of one unit, read page by page."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from departments.models import Department
from foundation.paging.keyset import read_page

SIZE = 20


def story_page(unit: Department, merged: Iterable[int], asked: QueryDict) -> dict[str, Any]:
    """Return one page of the stories of the unit and of those merged into it (`merged`), as one list."""
    whole = unit.published_articles.model._default_manager.live()
    parts = [whole.filter(department=pk) for pk in sorted(merged)]
    page = read_page(whole.cards(), "published_at", asked, SIZE, whole=whole, parts=parts)
    units = reverse("departments:department_list")
    return {
        "unit": unit,
        "crumbs": [{"label": "Đơn vị", "url": units}, {"label": unit.name, "url": unit.get_absolute_url()}],
        "stories": page.items,
        "page": page,
    }
