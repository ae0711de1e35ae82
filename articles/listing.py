"""How long lists continue: “before this story”, so that every page costs what the first does."""

from collections.abc import Mapping
from typing import Any

from articles.models import PublishedArticle
from articles.querysets import PublishedQuerySet

SIZE = 20
KEYS = ("truoc", "sau")


def page(stories: PublishedQuerySet, asked: Mapping[str, str], size: int = SIZE) -> dict[str, Any]:
    """One page of a newest-first list and the addresses of its neighbours.

    `asked` may hold `truoc` (older than this story) or `sau` (newer than it); else it is the first page.
    Two queries at most, no COUNT, no OFFSET.
    """
    older_than, newer_than = _key(asked.get("truoc", "")), _key(asked.get("sau", ""))
    if older_than:
        rows = list(stories.before(*older_than).newest().cards()[: size + 1])
        found, has_older, has_newer = rows[:size], len(rows) > size, True
    elif newer_than:
        rows = list(stories.after(*newer_than).oldest().cards()[: size + 1])
        found, has_older, has_newer = rows[:size][::-1], True, len(rows) > size
    else:
        rows = list(stories.newest().cards()[: size + 1])
        found, has_older, has_newer = rows[:size], len(rows) > size, False
    return {
        "stories": found,
        "is_first_page": not has_newer,
        "older_url": f"?truoc={found[-1].pk}" if found and has_older else "",
        "newer_url": f"?sau={found[0].pk}" if found and has_newer else "",
    }


def _key(text: str) -> tuple[Any, int] | None:
    """Where a story stands in the list; a withdrawn one still marks its place."""
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        return None
    row = PublishedArticle.objects.filter(pk=int(text)).values_list("published_at", "pk").first()
    return row or None
