"""Feeds of published stories: RSS, Atom and JSON, of the whole site, a section, a unit."""

import datetime
import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape

from articles.models import PublishedArticle, Section
from articles.querysets import PublishedQuerySet
from articles.syndication import NAME, absolute, authors_of, entries, full_text, photos_of
from departments.lineage import merged_into
from departments.models import Department
from documents.feeds import SiteFeed
from pagestore.keeping import keep

ABOUT = "Tin mới của ngành giáo dục Đắk Lắk."
MEDIA = "http://search.yahoo.com/mrss/"


def _for_html(item: dict[str, Any]) -> dict[str, Any]:
    """Both formats read the summary as HTML: “điểm < 5” must stay what it says."""
    return item | {"description": escape(item["description"])}


class FullTextRss(Rss201rev2Feed):
    """RSS 2.0 with the whole text (content:encoded) and the photo's words (Media RSS)."""

    def rss_attributes(self) -> dict[str, str]:
        more = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": MEDIA,
        }
        return super().rss_attributes() | more

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, _for_html(item))
        for name in item["names"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["full_text"])
        for photo in item["photos"]:
            said = {"url": absolute(photo["src"]), "medium": "image", "type": "image/jpeg"}
            size = {name: str(photo[name]) for name in ("width", "height")}
            handler.startElement("media:content", said | size)
            handler.addQuickElement("media:description", photo["caption"] or photo["alt"], {"type": "plain"})
            if photo["credit"]:
                handler.addQuickElement("media:credit", photo["credit"])
            handler.endElement("media:content")


class FullTextAtom(Atom1Feed):
    """Atom 1.0 with summary and whole text; Django's writes the summary only."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, _for_html(item))
        for name in item["names"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        said = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "description": self.feed["description"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": "vi",
            "items": [self.item(item) for item in self.items],
        }
        outfile.write(json.dumps(said, ensure_ascii=False).encode(encoding))

    def item(self, item: dict[str, Any]) -> dict[str, Any]:
        picture = {"image": absolute(item["photos"][0]["src"])} if item["photos"] else {}
        return {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["description"],
            "content_html": item["full_text"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [{"name": name} for name in item["names"]],
            "tags": list(item["categories"]),
        } | picture


class StoryFeed(SiteFeed):
    """The newest stories of the whole site; subclasses say of what part. One query besides the part's own."""

    author_name = NAME
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep(request, super().__call__(request, *args, **kwargs), "stories", "sections", "units")

    def title(self, obj: Any) -> str:
        return f"{obj} – {NAME}" if obj else NAME

    def subtitle(self, obj: Any) -> str:
        return ABOUT

    description = subtitle

    def link(self, obj: Any) -> str:
        return obj.get_absolute_url() if obj else "/"

    def items(self, obj: Any) -> PublishedQuerySet:
        return entries(PublishedArticle.objects.live())

    def item_title(self, item: PublishedArticle) -> str:
        return item.title

    def item_description(self, item: PublishedArticle) -> str:
        return item.lead

    def item_guid(self, item: PublishedArticle) -> str:
        """Stays the same when title and address change."""
        return f"{settings.SITE_URL}/bai-viet/{item.pk}/"

    def item_pubdate(self, item: PublishedArticle) -> datetime.datetime:
        return item.published_at

    def item_updateddate(self, item: PublishedArticle) -> datetime.datetime:
        return item.updated_at

    def item_categories(self, item: PublishedArticle) -> list[str]:
        return [item.section.name, *(name for name, _slug in item.tag_names)]

    def item_extra_kwargs(self, item: PublishedArticle) -> dict[str, Any]:
        return {"full_text": full_text(item), "names": authors_of(item), "photos": list(photos_of(item))}


class SectionFeed(StoryFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Section:
        return get_object_or_404(Section, slug=slug)

    def items(self, obj: Section) -> PublishedQuerySet:
        return entries(PublishedArticle.objects.live().filter(section=obj))


class DepartmentFeed(StoryFeed):
    """Stories of a unit and of those merged into it, as on its page."""

    def get_object(self, request: HttpRequest, slug: str) -> Department:
        unit = Department.objects.filter(slug=slug).first()
        if unit is None:
            raise Http404
        return unit

    def items(self, obj: Department) -> PublishedQuerySet:
        units = {obj.pk, *merged_into(obj.pk)}
        return entries(PublishedArticle.objects.live().filter(department__in=units))


FORMATS = {"rss.xml": FullTextRss, "atom.xml": FullTextAtom, "feed.json": JsonFeed}


def in_format(feed: type[StoryFeed], name: str) -> StoryFeed:
    """The feed as `rss.xml`, `atom.xml` or `feed.json`."""
    return type(feed.__name__, (feed,), {"feed_type": FORMATS[name]})()
