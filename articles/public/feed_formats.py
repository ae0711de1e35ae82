"""A feed as RSS, Atom and JSON. An item is written once for what its row says, whatever feed it is in."""

import datetime
import io
import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from articles.public.syndication import FeedEntry, absolute, facts_of

MEDIA = "http://search.yahoo.com/mrss/"
# Written items a process remembers, some 2 MB: a new story is in the site's, its section's, its unit's feed.
KEPT = 256


class StoryFormat(SyndicationFeed):
    """Stories are given as rows, `entries`, newest first; `items` stays empty."""

    entries: list[FeedEntry]

    def latest_post_date(self) -> datetime.datetime:
        days = [day for entry in self.entries for day in (entry["published_at"], entry["updated_at"])]
        return max(days, default=None) or datetime.datetime.now(tz=datetime.UTC)

    def written_items(self) -> list[str]:
        return [_written(type(self), settings.SITE_URL, entry) for entry in self.entries]

    @classmethod
    def alone(cls, entry: FeedEntry) -> "StoryFormat":
        """A feed of Django's kind with this one item."""
        feed = cls(title="", link="", description="")
        feed.entries = []
        feed.add_item(**facts_of(entry.page))
        return feed

    def item_text(self) -> str:
        """The only item as it stands in the feed."""
        raise NotImplementedError


@lru_cache(maxsize=KEPT)
def _written(kind: type[StoryFormat], _site: str, entry: FeedEntry) -> str:
    return kind.alone(entry).item_text()


class _Xml(StoryFormat):
    def write(self, outfile: Any, encoding: str) -> None:
        """In one piece: an answer takes each word it is handed apart."""
        text = io.StringIO()
        super().write(text, encoding)
        outfile.write(text.getvalue().encode(encoding))

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        super().write_items(handler)
        for text in self.written_items():
            handler.ignorableWhitespace(text)  # the one way to hand on what is written already

    def item_text(self) -> str:
        text = io.StringIO()
        self.write_items(SimplerXMLGenerator(text, "utf-8", short_empty_elements=True))
        return text.getvalue()


def _for_html(item: dict[str, Any]) -> dict[str, Any]:
    """Both formats read the summary as HTML: “điểm < 5” must stay what it says."""
    return item | {"description": escape(item["description"])}


class FullTextRss(_Xml, Rss201rev2Feed):
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


class FullTextAtom(_Xml, Atom1Feed):
    """Atom 1.0 with summary and whole text; Django's writes the summary only."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, _for_html(item))
        for name in item["names"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class JsonFeed(StoryFormat):
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
        head = json.dumps(said, ensure_ascii=False).removesuffix("}")
        outfile.write(f'{head}, "items": [{", ".join(self.written_items())}]}}'.encode(encoding))

    def item_text(self) -> str:
        (item,) = self.items
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
        return json.dumps(said | picture, ensure_ascii=False)
