"""A feed of stories as RSS, Atom and JSON. An item has the keys of `syndication.facts_of`."""

import json
from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import escape

from articles.public.syndication import absolute
from foundation.exporting.feeds import WritableFeed, WritableRss

MEDIA = "http://search.yahoo.com/mrss/"


def _for_html(item: dict[str, Any]) -> dict[str, Any]:
    """RSS and Atom readers treat the summary as HTML, so “điểm < 5” must be escaped."""
    return item | {"description": escape(item["description"])}


class FullTextRss(WritableRss):
    """RSS 2.0 with the whole text (content:encoded) and the photos (Media RSS)."""

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


class FullTextAtom(WritableFeed, Atom1Feed):
    """Atom 1.0 with summary and whole text; Django's class writes only the summary."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, _for_html(item))
        for name in item["names"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class JsonFeed(WritableFeed):
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
        }
        said["items"] = [self._item(item) for item in self.items]
        json.dump(said, outfile, ensure_ascii=False)

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        picture = {"image": absolute(item["photos"][0]["src"])} if item["photos"] else {}
        said = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["description"],
            "content_html": item["full_text"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [{"name": name} for name in item["names"]],
            "tags": list(item["categories"]),
        }
        return said | picture
