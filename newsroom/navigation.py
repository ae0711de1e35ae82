"""The navigation bar: the sections chosen by the desk, then the fixed pages."""

from typing import NamedTuple

from django.core.cache import cache
from django.urls import reverse

from articles.models import Section
from foundation.pagestore.parts import part
from foundation.pagestore.shelf import store

SECONDS = 60


class NavigationItem(NamedTuple):
    """One link of the navigation bar."""

    label: str
    url: str
    current: bool = False


def navigation(path: str) -> list[NavigationItem]:
    """Return the bar for the page at `path`, with the item that contains it marked."""
    items = part("navigation", ["sections"], _items) if store() else _items_of_this_minute()
    return [item._replace(current=True) if _lies_in(path, item.url) else item for item in items]


def _items_of_this_minute() -> list[NavigationItem]:
    """Cached for a minute: where pages are not kept nothing tells what changed."""
    return cache.get_or_set("site-navigation", _items, SECONDS)


def _items() -> list[NavigationItem]:
    sections = Section.objects.filter(in_navigation=True).values_list("name", "slug")
    return [
        NavigationItem("Trang chủ", "/"),
        *(NavigationItem(name, reverse("articles:section_detail", args=[slug])) for name, slug in sections),
        NavigationItem("Sự kiện", reverse("events:event_list")),
        NavigationItem("Khen thưởng", reverse("awards:decision_list")),
        NavigationItem("Văn bản", reverse("documents:document_list")),
        NavigationItem("Đơn vị", reverse("departments:department_list")),
    ]


def _lies_in(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
