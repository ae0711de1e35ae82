"""Which pages of the old site are stories: from its sitemaps, or from list pages and their next pages."""

import gzip
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urldefrag, urljoin

from lxml import etree, html

from articles.bulk.crawled.visiting import Visitor

MOST_MAPS, MOST_LISTS, MOST_PAGES = 500, 2000, 100_000
LARGEST_MAP = 60 * 1024 * 1024  # bytes, unpacked
_NEXT = re.compile(r"^(?:trang sau|tiếp(?: theo)?|sau|next|older|›|»|>|>>|→)\s*[›»>→]*$", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,5}$")


def in_sitemaps(visitor: Visitor, maps: list[str]) -> Iterator[str]:
    """Yields the addresses in the sitemaps and the maps these name, each once."""
    waiting, seen, told = list(maps), set(), set()
    while waiting and len(seen) < MOST_MAPS:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        for is_map, found in _locations(visitor.visit(address) or b""):
            if not visitor.is_here(found):
                continue
            if is_map:
                waiting.append(found)
            elif found not in told and len(told) < MOST_PAGES:
                told.add(found)
                yield found


def _locations(raw: bytes) -> Iterator[tuple[bool, str]]:
    if raw.startswith(b"\x1f\x8b"):
        try:
            raw = gzip.GzipFile(fileobj=BytesIO(raw)).read(LARGEST_MAP)
        except (OSError, EOFError, zlib.error):
            return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(raw, parser) if raw.strip() else None
    for element in root.iter("{*}loc") if root is not None else ():
        parent = element.getparent()
        is_map = parent is not None and etree.QName(parent).localname == "sitemap"
        if parent is not None and etree.QName(parent).localname in ("sitemap", "url"):
            yield is_map, (element.text or "").strip()


def in_lists(visitor: Visitor, lists: list[str], story: re.Pattern[str]) -> Iterator[str]:
    """Yields the addresses matching `story` on these pages and on the further pages of each list."""
    waiting, seen, told = list(lists), set(), set()
    while waiting and len(seen) < MOST_LISTS:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        raw = visitor.visit(address)
        if not raw or not raw.strip():
            continue
        for link in html.document_fromstring(raw).iter("a"):
            href, words = link.get("href") or "", " ".join(link.text_content().split())
            try:
                found = urldefrag(urljoin(address, href.strip()))[0]
            except ValueError:
                continue
            if not visitor.is_here(found):
                continue
            if story.search(found):
                if found not in told and len(told) < MOST_PAGES:
                    told.add(found)
                    yield found
            elif link.get("rel") == "next" or _NEXT.match(words) or _NUMBER.match(words):
                waiting.append(found)
