"""One page of the old site as a story: its main text, title, date, author."""

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from lxml import html
from readability import Document
from readability.readability import Unparseable

from articles.bulk.old_site.posts import OldPost, Term
from articles.public.old_addresses import exact_key, key
from foundation.language.vietnamese import slug

_SHORT = 250  # letters: of less, nobody can tell the text from the menu beside it
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:h]([0-5]\d)(?!\d)")
_OF_A_DATE = re.compile(r"date|time|ngay|publish|post-?info|meta", re.IGNORECASE)
_TOLD = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_LATER = ("data-src", "data-original", "data-lazy-src")


@dataclass(frozen=True)
class PageRule:
    """What the operator knows of the site's pages: CSS selectors, "" where the machine should find out."""

    body: str = ""
    title: str = ""
    date: str = ""


def name_of(address: str) -> str:
    """Returns what is unique of a page: path and parameters, or their digest when they are long."""
    parts = urlsplit(address)
    name = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return name if len(name) <= 120 else hashlib.sha256(name.encode()).hexdigest()[:40]


def read_page(raw: bytes, address: str, rule: PageRule) -> OldPost:
    """Returns the page's story. Without a certain main text or day it stays a draft."""
    text = _decoded(raw)
    page = html.document_fromstring(text or "<html></html>")
    page.make_links_absolute(address, handle_failures="ignore")
    content, is_certain = _body(page, text, address, rule)
    words = " ".join(html.fromstring(f"<div>{content}</div>").text_content().split())
    is_short = not is_certain and len(words) < _SHORT
    section = _meta(page, "article:section")
    return OldPost(
        name=name_of(address),
        said="trang",
        title=_title(page, rule),
        link=address,
        content=content,
        published_at=_published_at(page, text, rule),
        why_draft="không chắc đâu là thân bài, hãy đọc lại hoặc nêu --body" if is_short else "",
        bylines=[name for name in [_meta(page, "author")] if name and "://" not in name],
        terms=[Term.of("category", slug(section), section)] if section else [],
        addresses=[path for path in [exact_key(address) or key(address)] if path],
    )


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1258"):
        try:
            return raw.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace")


def _body(page: html.HtmlElement, text: str, address: str, rule: PageRule) -> tuple[str, bool]:
    """Returns the main text's HTML with whole addresses, and whether a rule of the site found it."""
    found = page.cssselect(rule.body) if rule.body else []
    if found:
        part = found[0]
    else:
        try:
            summary = Document(text, url=address).summary(html_partial=True)
        except Unparseable:
            return "", False
        part = html.fromstring(f"<div>{summary}</div>")
        part.make_links_absolute(address, handle_failures="ignore")
    for useless in list(part.iter("script", "style", "nav", "form", "button", "noscript")):
        useless.drop_tree()
    for image in part.iter("img"):
        if later := next((image.get(name) for name in _LATER if image.get(name)), ""):
            image.set("src", urljoin(address, later))
    return html.tostring(part, encoding="unicode", with_tail=False), bool(found)


def _title(page: html.HtmlElement, rule: PageRule) -> str:
    said = [one.text_content() for one in page.cssselect(rule.title)] if rule.title else []
    said.append(_meta(page, "og:title"))
    said += [one.text_content() for one in page.iter("h1")]
    said += [one.text_content() for one in page.iter("title")]
    return next((" ".join(one.split()) for one in said if one.strip()), "")


def _meta(page: html.HtmlElement, name: str) -> str:
    for meta in page.iter("meta"):
        if name in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            return " ".join((meta.get("content") or "").split())
    return ""


def _published_at(page: html.HtmlElement, text: str, rule: PageRule) -> datetime.datetime | None:
    if rule.date:
        said = " ".join(one.text_content() for one in page.cssselect(rule.date))
        return _exact(said.strip()) or _seen(said)
    exact = (_exact(one) for one in _exact_words(page, text))
    if found := next(filter(None, exact), None):
        return found
    seen = (
        _seen(" ".join(one.text_content().split())[:200])
        for one in page.iter("span", "div", "p", "time", "li", "em", "small")
        if _OF_A_DATE.search(f"{one.get('class', '')} {one.get('id', '')}") or one.tag == "time"
    )
    return next(filter(None, seen), None)


def _exact_words(page: html.HtmlElement, text: str) -> Iterator[str]:
    yield _meta(page, "article:published_time")
    yield _meta(page, "datePublished")
    if found := _TOLD.search(text):
        yield found[1]
    yield from (one.get("datetime") or "" for one in page.iter("time"))


def _exact(words: str) -> datetime.datetime | None:
    try:
        moment = parse_datetime(words)
        day = None if moment else parse_date(words)
    except ValueError:
        return None
    if day:
        moment = datetime.datetime.combine(day, datetime.time(12))
    if moment is None or moment.year < 1990:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.get_default_timezone())


def _seen(words: str) -> datetime.datetime | None:
    """Reads “Thứ hai, 05/09/2016 08:30”, day before month."""
    if not (day := _DAY.search(words)):
        return None
    clock = _CLOCK.search(words)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (12, 0)
    try:
        found = datetime.datetime(int(day[3]), int(day[2]), int(day[1]), hour, minute)
    except ValueError:
        return None
    return found.replace(tzinfo=timezone.get_default_timezone())
