"""What feed readers trip over: the rules of the W3C's feed validator that our feeds could break.

Each function takes a feed's bytes and the address it was read at, and returns sentences, one a fault.
"""

import datetime
import email.utils
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"
MEDIA, DC = "{http://search.yahoo.com/mrss/}", "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# RFC 2396 with a host: no letter with a mark, no room.
ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?")
RFC822 = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:[a-z]+|#\d+);")
# What feed readers let through of HTML.
SAFE = set(
    "a p br strong em h2 h3 h4 ul ol li blockquote figure figcaption img table thead tbody tr th td".split()
)
SAFE |= set("caption span div".split())


def rss_faults(content: bytes, address: str) -> list[str]:
    return list(_rss(content, address))


def _rss(content: bytes, address: str) -> Iterator[str]:
    root = etree.fromstring(content)
    channel = root.find("channel")
    names = [child.tag for child in channel]
    if root.get("version") != "2.0":
        yield "rss: no version 2.0"
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        if names.count(name) != 1 or not channel.findtext(name):
            yield f"channel: {name} must stand once"
    if channel.findtext("language") != "vi":
        yield "channel: not Vietnamese"
    if "item" in names and set(names[names.index("item") :]) != {"item"}:
        yield "channel: something after the first item"
    own = [link.get("href") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield f"channel: self is {own}"
    yield from _addresses(channel.findtext("link"))
    yield from _mail_dates(channel.findtext("lastBuildDate"))
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    if len(set(guids)) != len(guids) or not all(guids):
        yield "items: guid lacking or twice"
    for item in items:
        yield from _item(item)


def _item(item: Any) -> Iterator[str]:
    names = [child.tag for child in item]
    for name in ("title", "link", "description", "pubDate", "guid"):
        if names.count(name) != 1 or not (item.findtext(name) or "").strip():
            yield f"item: {name} must stand once"
    if MARKUP.search(item.findtext("title")):
        yield "item: markup in the title"
    if "author" in names:
        yield "item: author must be an address of mail; names are dc:creator"
    if f"{CONTENT}encoded" in names and names.index("description") > names.index(f"{CONTENT}encoded"):
        yield "item: the whole text before its summary"
    if item.find("guid").get("isPermaLink") != "false":
        yield from _addresses(item.findtext("guid"))
    yield from _addresses(item.findtext("link"), *(one.get("url") for one in item.findall(f"{MEDIA}content")))
    yield from _mail_dates(item.findtext("pubDate"))
    enclosures = item.findall("enclosure")
    if len(enclosures) > 1:
        yield "item: two enclosures"
    for one in enclosures:
        yield from _addresses(one.get("url"))
        if not (one.get("length") or "").isdigit() or not re.fullmatch(
            r"\w+/[\w.+-]+", one.get("type") or ""
        ):
            yield "item: enclosure without length or type"
    for one in item.findall(f"{MEDIA}content"):
        if one.get("medium") != "image" or any(not (one.get(n) or "").isdigit() for n in ("width", "height")):
            yield "item: a picture without its kind or size"
    yield from _html(item.findtext("description"), item.findtext(f"{CONTENT}encoded"))


def atom_faults(content: bytes, address: str) -> list[str]:
    return list(_atom(content, address))


def _atom(content: bytes, address: str) -> Iterator[str]:
    feed = etree.fromstring(content)
    if feed.get(LANG) != "vi":
        yield "feed: no xml:lang"
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield f"feed: self is {own}"
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(ids)) != len(ids):
        yield "entries: id twice"
    if entries and max(e.findtext(f"{ATOM}updated") for e in entries) != feed.findtext(f"{ATOM}updated"):
        yield "feed: updated is not that of its newest entry"
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            if len(part.findall(ATOM + name)) != 1 or not part.findtext(ATOM + name):
                yield f"{part.tag}: {name} must stand once"
        if not part.findtext(f"{ATOM}author/{ATOM}name"):
            yield f"{part.tag}: no author"
        alternates = [one.get("href") for one in part.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        if len(alternates) != 1:
            yield f"{part.tag}: alternate must stand once"
        yield from _addresses(part.findtext(f"{ATOM}id"), *alternates)
        yield from _dates(part.findtext(f"{ATOM}updated"), part.findtext(f"{ATOM}published"))
    for entry in entries:
        yield from _entry(entry)


def _entry(entry: Any) -> Iterator[str]:
    for name in ("content", "summary"):
        if entry.find(ATOM + name).get("type") != "html":
            yield f"entry: {name} is not said to be HTML"
        yield from _html(entry.findtext(ATOM + name))
    if entry.findtext(f"{ATOM}published") > entry.findtext(f"{ATOM}updated"):
        yield "entry: updated before it was published"


def json_faults(content: bytes, address: str) -> list[str]:
    return list(_json(json.loads(content), address))


def _json(feed: dict[str, Any], address: str) -> Iterator[str]:
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not feed["title"] or feed["language"] != "vi":
        yield "feed: version, title or language"
    if feed["feed_url"] != address:
        yield f"feed: its address is {feed['feed_url']}"
    yield from _addresses(feed["home_page_url"])
    ids = [item["id"] for item in feed["items"]]
    if len(set(ids)) != len(ids) or not all(isinstance(one, str) for one in ids):
        yield "items: id twice or no text"
    for item in feed["items"]:
        yield from _addresses(item["url"], item.get("image"))
        yield from _dates(item["date_published"], item["date_modified"])
        yield from _html(item["content_html"])
        if not item["authors"] or not all(author["name"] for author in item["authors"]):
            yield "item: no author"
        if not all(isinstance(tag, str) and tag for tag in item["tags"]):
            yield "item: a tag without words"


def _addresses(*addresses: str | None) -> Iterator[str]:
    yield from (f"no whole address: {one}" for one in addresses if one and not ADDRESS.fullmatch(one))


def _mail_dates(*dates: str | None) -> Iterator[str]:
    for date in filter(None, dates):
        if not RFC822.fullmatch(date) or f"{email.utils.parsedate_to_datetime(date):%a}" != date[:3]:
            yield f"no date of RFC 822: {date}"


def _dates(*dates: str | None) -> Iterator[str]:
    for date in filter(None, dates):
        if not RFC3339.fullmatch(date) or not datetime.datetime.fromisoformat(date).tzinfo:
            yield f"no date of RFC 3339: {date}"


def _html(*texts: str | None) -> Iterator[str]:
    for text in filter(None, texts):
        for element in html.fragment_fromstring(text, create_parent="div").iter():
            if element.tag not in SAFE:
                yield f"readers drop <{element.tag}>"
            for name in ("src", "href"):
                value = element.get(name, "")
                if value and not value.startswith(("mailto:", "tel:")):
                    yield from _addresses(value)
            if odd := set(element.attrib) - {
                "src",
                "href",
                "alt",
                "width",
                "height",
                "colspan",
                "rowspan",
                "scope",
                "start",
            }:
                yield f"readers drop {sorted(odd)} of <{element.tag}>"
