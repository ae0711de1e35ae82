"""Whatever a page, a feed, a calendar or a sitemap names can be opened, and has one address."""

import json
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache

from tests.newsroom.public_site import STATUSES, build

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
OTHER_NAME = "localhost"  # also this machine, and never to be written anywhere
LINK = re.compile(r'\b(?:href|src|action|poster)="([^"]*)"')
SET = re.compile(r'\bsrcset="([^"]*)"')
SHARED = re.compile(r'<meta (?:property|name)="(?:og|twitter):(?:url|image)" content="([^"]*)"')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
IN_XML = re.compile(r'(?:<loc>|<link>|<guid>|href="|url=")([^<"]+)')
IN_CALENDAR = re.compile(r"^URL:(\S+)", re.MULTILINE)
IN_WORKER = re.compile(r'"(/[^"]*)"')
OUTSIDE = ("mailto:", "tel:", "data:", "https://vidu.example/")
OUTSIDE += ("https://www.openstreetmap.org/", "https://www.google.com/maps/", "https://sp.zalo.me/")
# Behind the door: where they lead is asked by tests/access.
OFFICE = "/admin/"
ONLY_BY_POST = "/hien-thi/"
# A code that was mistyped is offered as it may have been meant; whether it exists is the answer.
OFFERED = re.compile(r"/khen-thuong/xac-minh/[A-Z0-9-]+/")


@pytest.fixture
def site(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    cache.clear()
    return build()


def named_in(kind: str, text: str) -> list[str]:
    """The addresses a document of this kind names, as written."""
    if kind == "text/html":
        sets = [one.split()[0] for value in SET.findall(text) for one in value.split(",")]
        data = [address for block in DATA.findall(text) for address in _in_data(json.loads(block))]
        return [unescape(one) for one in (*LINK.findall(text), *sets, *SHARED.findall(text))] + data
    if kind.endswith("json"):
        return list(_in_data(json.loads(text)))
    if kind.endswith("xml"):
        return [unescape(one) for one in IN_XML.findall(text)]
    patterns = {"text/calendar": IN_CALENDAR, "text/javascript": IN_WORKER}
    return patterns[kind].findall(text.replace("\r\n ", "")) if kind in patterns else []


def _in_data(said):
    if isinstance(said, dict):
        for name, value in said.items():
            if name not in ("@context", "version", "id", "urlTemplate"):
                yield from _in_data(value)
    elif isinstance(said, list):
        for one in said:
            yield from _in_data(one)
    elif isinstance(said, str) and said.startswith(("http", "/")) and "//schema.org/" not in said:
        yield said


def test_every_address_that_is_named_can_be_opened(client, site):
    """Asked under another name of this machine: what is named is the site's own all the same."""
    waiting = [
        *site.values(),
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-tin-moi.xml",
        "/sw.js",
        "/su-kien/lich.ics",
    ]
    origin, wrong, read = dict.fromkeys(waiting, "the start"), [], 0
    known = {site[name]: status for name, status in STATUSES.items()}
    while waiting:
        address = waiting.pop()
        answer = client.get(address, headers={"host": OTHER_NAME})
        status, read = answer.status_code, read + 1
        allowed = {known.get(address, 200), 301} | ({404} if OFFERED.fullmatch(address) else set())
        if status not in allowed:
            wrong.append(f"{address} from {origin[address]}: {status}")
        if answer.streaming:
            list(answer.streaming_content)
            continue
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        for written in [answer.headers["Location"]] if status == 301 else named_in(kind, answer.text):
            if written.startswith(OUTSIDE):
                continue
            whole = urljoin(SITE + address, written)
            if not whole.startswith(f"{SITE}/"):
                wrong.append(f"{address} names {written}")
            path = urlsplit(whole)._replace(scheme="", netloc="", fragment="").geturl()
            if path not in origin and not path.startswith((OFFICE, ONLY_BY_POST)):
                origin[path] = address
                waiting.append(path)
    assert not wrong, "\n".join(wrong)
    assert read > len(site) + 50


def test_the_reader_of_addresses_finds_them_wherever_they_stand():
    page = (
        '<link rel="icon" href="/i.svg"><meta property="og:image" content="http://a/b.jpg">'
        '<img src="/1.jpg" srcset="/2.avif 480w, /3.avif 800w"><form action="/tim/?a=1&amp;b=2"></form>'
        '<script type="application/ld+json">{"url":"http://a/c","image":[{"url":"http://a/d"}]}</script>'
    )
    found = [
        "/i.svg",
        "/1.jpg",
        "/tim/?a=1&b=2",
        "/2.avif",
        "/3.avif",
        "http://a/b.jpg",
        "http://a/c",
        "http://a/d",
    ]
    assert named_in("text/html", page) == found
    assert named_in("application/xml", "<loc>http://a/?x=1&amp;y</loc>") == ["http://a/?x=1&y"]
    assert named_in("text/calendar", "URL:http://a/b\r\n c\r\n") == ["http://a/bc"]
