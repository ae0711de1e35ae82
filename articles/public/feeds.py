"""Feeds of published stories and notes of the day (RSS, Atom, JSON) for the site, a section, a unit."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import SyndicationFeed
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle, Section
from articles.models.published import section_address
from articles.models.querysets import PublishedQuerySet
from articles.public.feed_formats import FullTextAtom, FullTextRss, JsonFeed
from articles.public.syndication import absolute, entries, facts_of
from daybook.models import Note
from daybook.notes.feeding import facts_of_note, newest_notes
from departments.lineage import merged_into
from departments.models import Department
from foundation.pagestore.keeping import keep_page
from foundation.pagestore.parts import part
from identity.current import site_words

FORMATS: dict[str, type[SyndicationFeed]] = {
    "rss.xml": FullTextRss,
    "atom.xml": FullTextAtom,
    "feed.json": JsonFeed,
}


class _Of(NamedTuple):
    """Of what a feed is: empty of the whole site; the page that it follows."""

    title: str
    link: str


def of_site(name: str) -> Callable[..., HttpResponse]:
    """Returns the view of the newest stories of the whole site; `name` is a key of FORMATS."""

    @require_safe
    def feed(request: HttpRequest) -> HttpResponse:
        return _feed_response(request, name, PublishedArticle.objects.live(), _Of("", "/"), _notes())

    return feed


def of_section(name: str) -> Callable[..., HttpResponse]:
    """Returns the view of a section's newest stories; `name` is a key of FORMATS."""

    @require_safe
    def feed(request: HttpRequest, slug: str) -> HttpResponse:
        title, pk = part(f"section {slug}", ["sections"], lambda: _section(slug))
        found = PublishedArticle.objects.live().filter(section=pk)
        return _feed_response(request, name, found, _Of(title, section_address(slug)))

    return feed


def of_unit(name: str) -> Callable[..., HttpResponse]:
    """Returns the view of the newest stories of a unit and the units merged into it; `name` is a key of
    FORMATS.
    """

    @require_safe
    def feed(request: HttpRequest, slug: str) -> HttpResponse:
        title, link, pks = part(f"unit of feed {slug}", ["units"], lambda: _unit(slug))
        found = PublishedArticle.objects.live().filter(department__in=pks)
        return _feed_response(request, name, found, _Of(title, link), _notes(pks))

    return feed


def _feed_response(
    request: HttpRequest, name: str, stories: PublishedQuerySet, of: _Of, notes: Iterable[Note] = ()
) -> HttpResponse:
    site = site_words()
    about = f"Tin mới của {site.sector}."
    feed = FORMATS[name](
        title=f"{of.title} – {site.name}" if of.title else site.name,
        link=absolute(of.link),
        description=about,
        subtitle=about,
        language="vi",
        author_name=site.name,
        feed_url=settings.SITE_URL + request.path,
    )
    items = [*map(facts_of, entries(stories)), *map(facts_of_note, notes)]
    for item in sorted(items, key=lambda one: one["pubdate"], reverse=True):
        feed.add_item(**item)
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response.headers["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return keep_page(request, response, "stories", "events", "sections", "units")


def _notes(units: list[int] | None = None) -> list[Note]:
    return part(f"newest notes of {units}", ["events", "units"], lambda: newest_notes(units))


def _section(slug: str) -> tuple[str, int]:
    section = get_object_or_404(Section, slug=slug)
    return section.name, section.pk


def _unit(slug: str) -> tuple[str, str, list[int]]:
    unit = Department.objects.filter(slug=slug).first()
    if unit is None:
        raise Http404
    return str(unit), unit.get_absolute_url(), sorted(merged_into(unit.pk))
