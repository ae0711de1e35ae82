"""Readers' lists of stories: all, of a section, of a tag. One query a page, at any depth."""

from typing import Any

from django.http import QueryDict

from articles.models import PublishedArticle, PublishedTag, Section, Tag
from paging.keyset import Page, read_page

SIZE = 20


def of_all(asked: QueryDict) -> dict[str, Any]:
    live = PublishedArticle.objects.live()
    return _context(read_page(live.cards(), "published_at", asked, SIZE, whole=live))


def of_section(section: Section, asked: QueryDict) -> dict[str, Any]:
    live = PublishedArticle.objects.live()
    rows = live.filter(section=section).cards()
    return _context(read_page(rows, "published_at", asked, SIZE, whole=live))


def of_tag(tag: Tag, asked: QueryDict) -> dict[str, Any]:
    """Read from the uses of the tag, which carry the time of their story."""
    live = PublishedArticle.objects.live()
    uses = PublishedTag.objects.on_live_pages(tag)
    page = read_page(uses, "published_at", asked, SIZE, whole=live, pk="content_object_id")
    return _context(page) | {"stories": [use.content_object for use in page.items]}


def _context(page: Page) -> dict[str, Any]:
    return {"stories": page.items, "page": page}


def corrected(limit: int) -> list[PublishedArticle]:
    """Live stories with a notice of a change, the latest change first."""
    told = PublishedArticle.objects.live().filter(corrected_at__isnull=False)
    return list(told.without_text().order_by("-corrected_at", "-pk")[:limit])
