"""Sitemaps for search engines: an index, shards of stories and records, other pages, news.

A shard contains a fixed range of ids, so its cost does not grow with the site, and a new story changes only
one shard.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle, Section
from articles.public.page_tags import SHARD, shard_of
from awards.models import Decision
from departments.models import Department
from documents.models import OfficialDocument
from events.models import Event
from foundation.pagestore.keeping import keep_page
from foundation.paging.addresses import address_of
from identity.current import site_words

STORIES = "bai-viet"
# The other rooms in shards: the cache tag of their pages, the view, the column of the last change.
_TAGS = {"su-kien": "events", "khen-thuong": "awards", "van-ban": "documents"}
_VIEWS = {
    "su-kien": ("events:event_detail", "changed_at"),
    "khen-thuong": ("awards:decision_detail", ""),
    "van-ban": ("documents:document_detail", ""),
}
_NEWS_REACH = datetime.timedelta(hours=48)  # Google News reads no older ones
_NEWS_LIMIT = 1000
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Lists every shard. Makes one query."""
    newest = [
        records.order_by().values(name=Value(name)).annotate(last=Max("pk")).values_list("name", "last")
        for name, records in _rooms().items()
    ]
    last = dict(newest[0].union(*newest[1:]).order_by())
    paths = [reverse("articles:sitemap_pages")]
    for name in _rooms():
        shards = range(shard_of(last[name]) + 1) if last[name] else ()
        paths += [reverse("articles:sitemap_shard", args=[name, number]) for number in shards]
    lines = (f"<sitemap><loc>{settings.SITE_URL}{path}</loc></sitemap>" for path in paths)
    return _xml_response(request, _document("sitemapindex", lines), "stories", *_TAGS.values())


@require_safe
def shard(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """The records of a room with ids in the shard's range; 404 after the newest shard."""
    records = _rooms().get(name)
    if records is None or request.path != reverse("articles:sitemap_shard", args=[name, number]):
        raise Http404
    first = number * SHARD
    rows = records.filter(pk__gte=first, pk__lt=first + SHARD).order_by("pk")
    lines = list(_stories(rows) if name == STORIES else _records(rows, name))
    if not lines and (records.order_by("-pk").values_list("pk", flat=True).first() or 0) < first:
        raise Http404
    tag = f"sitemap:{number}" if name == STORIES else _TAGS[name]
    return _xml_response(request, _document("urlset", lines), tag)


def _rooms() -> dict[str, QuerySet]:
    """Returns the records in shards, by the name in their address."""
    return {
        STORIES: PublishedArticle.objects.live(),
        "su-kien": Event.objects.public(),
        "khen-thuong": Decision.objects.public(),
        "van-ban": OfficialDocument.objects.public(),
    }


def _stories(rows: QuerySet) -> Iterator[str]:
    before = f"<url><loc>{settings.SITE_URL}/bai-viet/"
    for pk, slug, day in rows.values_list("pk", "slug", _text("updated_at")):
        yield f"{before}{f'{slug}-' if slug else ''}{pk}/</loc>{_changed(day)}</url>"


def _records(rows: QuerySet, name: str) -> Iterator[str]:
    view, changed = _VIEWS[name]
    for slug, *day in rows.values_list("slug", *[_text(changed)] if changed else []):
        yield _url(address_of(view, slug), *day)


def _text(moment: str) -> Cast:
    """The time as text from the database, so that thousands of rows are only copied."""
    return Cast(moment, TextField())


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Every public page that is in no shard: the rooms, the sections, the units."""
    lines = [_url(path) for path in _fixed()]
    for view, records in (
        ("articles:section_detail", Section.objects.all()),
        ("departments:department_detail", Department.objects.all()),
    ):
        lines += [_url(address_of(view, slug)) for slug in records.values_list("slug", flat=True)]
    return _xml_response(request, _document("urlset", lines), "sections", "units")


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Stories of the last 48 hours, for Google News."""
    since = timezone.now() - _NEWS_REACH
    rows = PublishedArticle.objects.live().filter(published_at__gte=since).newest()
    found = rows.values("pk", "slug", "title", "published_at")[:_NEWS_LIMIT]
    name = escape(site_words().name)
    lines = (_news_url(row, name) for row in found)
    return _xml_response(request, _document("urlset", lines, f' xmlns:news="{_NEWS}"'), "stories")


def _fixed() -> Iterator[str]:
    yield from map(reverse, ("frontpage:home", "frontpage:focus_stories"))
    names = ("departments:department_list", "events:event_list", "awards:decision_list", "awards:verify")
    names += ("articles:story_list", "articles:correction_list", "about", "contact", "accessibility")
    yield from map(reverse, (*names, "documents:document_list"))


def _url(path: str, changed: str = "") -> str:
    return f"<url><loc>{settings.SITE_URL}{escape(path)}</loc>{_changed(changed)}</url>"


def _changed(moment: str) -> str:
    """Rounds “2026-11-20 07:30:00.25+00” down to the second; the database stores UTC."""
    return f"<lastmod>{moment[:10]}T{moment[11:19]}+00:00</lastmod>" if moment else ""


def _news_url(row: dict[str, Any], name: str) -> str:
    path = f"/bai-viet/{row['slug']}-{row['pk']}/" if row["slug"] else f"/bai-viet/{row['pk']}/"
    return (
        f"<url><loc>{settings.SITE_URL}{path}</loc><news:news>"
        f"<news:publication><news:name>{name}</news:name><news:language>vi</news:language></news:publication>"
        f"<news:publication_date>{row['published_at']:%Y-%m-%dT%H:%M:%S+00:00}</news:publication_date>"
        f"<news:title>{escape(row['title'])}</news:title></news:news></url>"
    )


def _document(root: str, lines: Iterable[str], more: str = "") -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join([head, f'<{root} xmlns="{_SITEMAP}"{more}>', *lines, f"</{root}>", ""])


def _xml_response(request: HttpRequest, text: str, *tags: str) -> HttpResponse:
    return keep_page(request, HttpResponse(text, content_type="application/xml; charset=utf-8"), *tags)
