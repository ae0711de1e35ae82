"""What stands in the navigation bar: the sections chosen by the desk, then the fixed rooms."""

from django.core.cache import cache
from django.urls import reverse

from articles.models import Section

KEY, SECONDS = "site-navigation", 60


def navigation(path: str) -> list[dict]:
    """Items with label, url and whether `path` lies in them. One query a minute, not one a page."""
    return [item | {"current": _is_current(item["url"], path)} for item in _items()]


def _items() -> list[dict]:
    items = cache.get(KEY)
    if items is None:
        sections = Section.objects.filter(in_navigation=True).values_list("name", "slug")
        items = [
            {"label": "Trang chủ", "url": "/"},
            *(
                {"label": name, "url": reverse("articles:section_detail", args=[slug])}
                for name, slug in sections
            ),
            {"label": "Sự kiện", "url": reverse("events:event_list")},
            {"label": "Khen thưởng", "url": reverse("awards:decision_list")},
            {"label": "Văn bản", "url": reverse("documents:document_list")},
            {"label": "Đơn vị", "url": reverse("departments:department_list")},
        ]
        cache.set(KEY, items, SECONDS)
    return items


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
