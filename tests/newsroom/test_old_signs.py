"""Rows from before the door for plain text contain anything; no page, feed or file fails because of one."""

import json
import logging
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from lxml import etree
from PIL import Image

from articles.models import PublishedArticle
from foundation.language.signs import UNWRITABLE
from foundation.language.written import _tell
from newsroom.middleware import WritableTextMiddleware
from tests.foundation.language.test_doors import columns
from tests.newsroom.public_site import STATUSES, build

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SITE = "http://127.0.0.1:8000"
SIGNS = [chr(code) for code in (*range(1, 32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"]
SIGNS += ["\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"]
ROOMS = ("articles.PublishedArticle", "articles.Section", "articles.Tag", "departments.", "events.",
         "documents.", "awards.", "media.Photo", "search.Entry")  # fmt: skip
KEYS = {"articles.PublishedArticle.sha256", "articles.PublishedArticle.slug"}
FILES = (
    "/rss.xml", "/atom.xml", "/feed.json", "/van-ban/rss.xml", "/su-kien/lich.ics", "/khen-thuong/bang.csv",
    "/sitemap.xml", "/sitemap-tin-moi.xml", "/manifest.webmanifest",
    *(f"/api/v1/{name}" for name in ("units", "stories", "events", "documents", "commendations")),
)  # fmt: skip


def plant(signs: str) -> None:
    """Write the signs into every text of every public record, as a row from before the door has them."""
    for name, field in columns().items():
        if not name.startswith(ROOMS) or name in KEYS or (field.max_length and field.max_length < 30):
            continue
        table, column = field.model._meta.db_table, field.column
        room = f"AND length({column}) + {len(signs)} <= {field.max_length}" if field.max_length else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = substr({column}, 1, 3) || %s || substr({column}, 4) "  # noqa: S608
                f"WHERE length({column}) > 3 {room}",
                [signs],
            )
    for page in PublishedArticle.objects.all():
        said = {name: planted(getattr(page, name), signs) for name in PLACES}
        PublishedArticle.objects.filter(pk=page.pk).update(**said)


PLACES = ("hero", "card_photo", "bylines", "tag_names", "corrections")
WORDS = ("caption", "credit", "alt", "name", "notice", "label", "department_name")


def planted(data: Any, signs: str) -> Any:
    if isinstance(data, dict):
        return {
            key: value + signs if key in WORDS and isinstance(value, str) and value else planted(value, signs)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [[one[0] + signs, one[1]] if isinstance(one, list) else planted(one, signs) for one in data]
    return data


@pytest.fixture
def site(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    cache.clear()
    _tell.cache_clear()
    return build()


def texts(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for one in inside for text in texts(one)]


def read(answer: Any) -> list[str]:
    """Every text of a well-formed answer; fails where a reader's program would."""
    kind, text = answer.headers["Content-Type"], b"".join(answer).decode()
    if "xml" in kind:
        return list(etree.fromstring(text.encode()).itertext())
    if "json" in kind:
        return texts(json.loads(text))
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return [text, *texts([json.loads(block) for block in blocks])]


@pytest.mark.parametrize("signs", ["".join(SIGNS[at::4]) for at in range(4)], ids=["1", "2", "3", "4"])
def test_no_sign_in_an_old_row_breaks_what_readers_get(signs, client, site, caplog):
    plant(signs)
    caplog.set_level(logging.WARNING, "newsroom.text")
    shards = re.findall(rf"<loc>{SITE}([^<]+)</loc>", client.get("/sitemap.xml").text)
    story = site["story"]
    more = [f"{site['section']}rss.xml", f"{site['unit']}atom.xml", f"{site['event']}lich.ics"]
    addresses = [*site.values(), *FILES, *shards, *more, f"/oembed?url={SITE}{story}"]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (200, STATUSES.get({v: k for k, v in site.items()}.get(address), 200)), (
            address
        )
        assert [text for text in read(answer) if UNWRITABLE.search(text)] == [], address
    picture = re.search(r'<meta property="og:image" content="([^"]+)"', client.get(story).text)[1]
    drawn = client.get(picture.removeprefix(SITE))
    assert Image.open(BytesIO(b"".join(drawn.streaming_content))).size == (1200, 630)
    told = [record.getMessage() for record in caplog.records if record.name == "newsroom.text"]
    assert any(story in line for line in told)  # which record
    for address in addresses:
        client.get(address)
    assert [
        record.getMessage() for record in caplog.records if record.name == "newsroom.text"
    ] == told  # once


def test_an_answer_without_its_sign_says_its_own_length(rf):
    """Who reads without compression would wait for the length that was announced before."""
    text = "Chào \x01 mừng".encode()

    def with_a_sign(request):
        return HttpResponse(text, content_type="text/html", headers={"Content-Length": str(len(text))})

    answer = WritableTextMiddleware(with_a_sign)(rf.get("/"))
    assert answer.content == "Chào  mừng".encode()
    assert int(answer.headers["Content-Length"]) == len(answer.content)
