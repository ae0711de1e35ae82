"""What search engines are told of: an index, fixed shards of stories, the other pages, the newest news.

A shard holds the stories of a fixed range of numbers, so it costs the same at any size, and a new
story changes one shard only.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle, Section
from articles.page_tags import SHARD, shard_of
from articles.syndication import NAME
from awards.models import Decision
from departments.models import Department
from documents.models import OfficialDocument
from events.models import Event
from pagestore.keeping import keep

_NEWS_REACH = datetime.timedelta(hours=48)  # Google News reads no older ones
_NEWS_LIMIT = 1000
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    last = PublishedArticle.objects.live().aggregate(last=Max("pk"))["last"]
    shards = range(shard_of(last) + 1) if last else ()
    names = [reverse("articles:sitemap_pages")]
    names += [reverse("articles:sitemap_shard", args=[number]) for number in shards]
    lines = (f"<sitemap><loc>{settings.SITE_URL}{name}</loc></sitemap>" for name in names)
    return _answer(request, _document("sitemapindex", lines), "stories")


@require_safe
def shard(request: HttpRequest, number: int) -> HttpResponse:
    """Stories whose number lies in the range; 404 past the newest one."""
    first = number * SHARD
    rows = PublishedArticle.objects.live().filter(pk__gte=first, pk__lt=first + SHARD).order_by("pk")
    found = rows.values_list("pk", "slug", "updated_at")
    lines = [_url(f"/bai-viet/{f'{slug}-' if slug else ''}{pk}/", updated) for pk, slug, updated in found]
    if not lines and not PublishedArticle.objects.live().filter(pk__gte=first).exists():
        raise Http404
    return _answer(request, _document("urlset", lines), f"sitemap:{number}")


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Every public page that is no story."""
    lines = [_url(path) for path in _fixed()]
    for name, records, changed in (
        ("articles:section_detail", Section.objects.all(), None),
        ("departments:department_detail", Department.objects.all(), None),
        ("events:event_detail", Event.objects.public(), "changed_at"),
        ("awards:decision_detail", Decision.objects.public(), None),
        ("documents:document_detail", OfficialDocument.objects.public(), None),
    ):
        # The shape of the address once, and no more of a row than it needs: there are thousands.
        before, after = reverse(name, args=["0"]).rsplit("0", 1)
        rows = records.values_list("slug", *[changed] if changed else []).iterator()
        lines += [_url(f"{before}{slug}{after}", *day) for slug, *day in rows]
    tags = ("sections", "units", "events", "awards", "documents")
    return _answer(request, _document("urlset", lines), *tags)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    since = timezone.now() - _NEWS_REACH
    rows = PublishedArticle.objects.live().filter(published_at__gte=since).newest()
    found = rows.values("pk", "slug", "title", "published_at")[:_NEWS_LIMIT]
    lines = (_news_url(row) for row in found)
    return _answer(request, _document("urlset", lines, f' xmlns:news="{_NEWS}"'), "stories")


def _fixed() -> Iterator[str]:
    yield reverse("frontpage:home")
    names = ("departments:department_list", "events:event_list", "awards:decision_list", "awards:verify")
    names += ("articles:story_list", "articles:correction_list", "about", "contact", "accessibility")
    yield from map(reverse, (*names, "documents:document_list"))


def _url(path: str, changed: datetime.datetime | None = None) -> str:
    when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%S+00:00}</lastmod>" if changed else ""
    return f"<url><loc>{settings.SITE_URL}{escape(path)}</loc>{when}</url>"


def _news_url(row: dict[str, Any]) -> str:
    path = f"/bai-viet/{row['slug']}-{row['pk']}/" if row["slug"] else f"/bai-viet/{row['pk']}/"
    return (
        f"<url><loc>{settings.SITE_URL}{path}</loc><news:news>"
        f"<news:publication><news:name>{NAME}</news:name><news:language>vi</news:language></news:publication>"
        f"<news:publication_date>{row['published_at']:%Y-%m-%dT%H:%M:%S+00:00}</news:publication_date>"
        f"<news:title>{escape(row['title'])}</news:title></news:news></url>"
    )


def _document(root: str, lines: Iterable[str], more: str = "") -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join([head, f'<{root} xmlns="{_SITEMAP}"{more}>', *lines, f"</{root}>", ""])


def _answer(request: HttpRequest, text: str, *tags: str) -> HttpResponse:
    return keep(request, HttpResponse(text, content_type="application/xml; charset=utf-8"), *tags)
