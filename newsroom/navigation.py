"""What stands in the navigation bar: the sections chosen by the desk, then the fixed rooms."""

from django.core.cache import cache
from django.urls import reverse

from articles.models import Section
from pagestore.shelf import store

SECONDS = 60


def navigation(path: str) -> list[dict]:
    """Items with label, url and whether `path` lies in them. One query a minute, not one a page.

    Where pages are kept, what is remembered here must not be older than what was dropped there: a page
    drawn with the old bar would be kept.
    """
    return [item | {"current": _is_current(item["url"], path)} for item in _items()]


def _items() -> list[dict]:
    kept = store()
    key = f"site-navigation-{kept.mark('sections') if kept else ''}"  # before the query: see Store.turn
    items = cache.get(key)
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
        cache.set(key, items, SECONDS)
    return items


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
