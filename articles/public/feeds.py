"""Feeds of published stories: RSS, Atom and JSON, of the whole site, a section, a unit. One query each."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle, Section
from articles.models.published import section_address
from articles.public.feed_formats import FullTextAtom, FullTextRss, JsonFeed, StoryFormat
from articles.public.syndication import FeedEntry, absolute, entries
from departments.lineage import merged_into
from departments.models import Department
from foundation.pagestore.keeping import keep
from foundation.pagestore.parts import part
from foundation.paging.prepared import ask
from foundation.sharecards.card import NAME

ABOUT = "Tin mới của ngành giáo dục Đắk Lắk."
FORMATS: dict[str, type[StoryFormat]] = {
    "rss.xml": FullTextRss,
    "atom.xml": FullTextAtom,
    "feed.json": JsonFeed,
}


def of_site(name: str) -> Callable[..., HttpResponse]:
    """The newest stories of the whole site as `rss.xml`, `atom.xml` or `feed.json`."""

    @require_safe
    def feed(request: HttpRequest) -> HttpResponse:
        return _answer(request, name, ask(_everything, made=FeedEntry), "", "/")

    return feed


def of_section(name: str) -> Callable[..., HttpResponse]:
    @require_safe
    def feed(request: HttpRequest, slug: str) -> HttpResponse:
        title, pk = part(f"section {slug}", ["sections"], lambda: _section(slug))
        return _answer(request, name, ask(_in_section, [pk], made=FeedEntry), title, section_address(slug))

    return feed


def of_unit(name: str) -> Callable[..., HttpResponse]:
    """Stories of a unit and of those merged into it, as on its page."""

    @require_safe
    def feed(request: HttpRequest, slug: str) -> HttpResponse:
        title, link, pks = part(f"unit of feed {slug}", ["units"], lambda: _unit(slug))
        return _answer(request, name, ask(_of_units, pks, made=FeedEntry), title, link)

    return feed


def _answer(request: HttpRequest, name: str, found: list[FeedEntry], of: str, link: str) -> HttpResponse:
    feed = FORMATS[name](
        title=f"{of} – {NAME}" if of else NAME,
        link=absolute(link),
        description=ABOUT,
        subtitle=ABOUT,
        language="vi",
        author_name=NAME,
        feed_url=settings.SITE_URL + request.path,
    )
    feed.entries = found
    response = HttpResponse(content_type=feed.content_type)
    response.headers["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    feed.write(response, "utf-8")
    return keep(request, response, "stories", "sections", "units")


def _section(slug: str) -> tuple[str, int]:
    section = get_object_or_404(Section, slug=slug)
    return section.name, section.pk


def _unit(slug: str) -> tuple[str, str, list[int]]:
    unit = Department.objects.filter(slug=slug).first()
    if unit is None:
        raise Http404
    return str(unit), unit.get_absolute_url(), sorted(merged_into(unit.pk))


def _everything() -> QuerySet:
    return entries(PublishedArticle.objects.live())


def _in_section(pks: Sequence[int]) -> QuerySet:
    return entries(PublishedArticle.objects.live().filter(section=pks[0]))


def _of_units(pks: Sequence[int]) -> QuerySet:
    return entries(PublishedArticle.objects.live().filter(department__in=pks))
