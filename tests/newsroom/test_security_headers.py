"""Whatever answers, and whatever goes wrong, says how the browser must guard it."""

import gzip

import pytest
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.test import Client

from articles.models import PublishedArticle
from foundation.pagestore import shelf
from foundation.pagestore.serving import KeptPages
from media.models import Photo
from newsroom import about
from tests.foundation.pagestore.wsgi import ask
from tests.newsroom.public_site import build

pytestmark = pytest.mark.django_db
SAID = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def site(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    cache.clear()
    return build()


def missing(headers):
    wrong = [name for name, words in SAID.items() if not headers.get(name, "").startswith(words)]
    if "unsafe-" in headers.get("Content-Security-Policy", ""):
        wrong.append("unsafe-")
    return wrong


def answers(client, site):
    """Every kind of answer there is, by its name."""
    photo = Photo.objects.first()
    story = PublishedArticle.objects.live().first()
    kind, width, *_ = photo.renditions[0]
    yield from ((name, client.get(address)) for name, address in site.items())
    more = {
        "photo": f"/uploads/anh/{photo.content_hash}/{width}.{kind}",
        "no photo": f"/uploads/anh/{'0' * 64}/480.jpg",
        "file": f"{site['document']}tep/",
        "another slug": f"/bai-viet/ten-cu-{story.pk}/",
        "no slash": "/van-ban",
        "only by post": "/hien-thi/",
        "calendar": "/su-kien/lich.ics",
        "table": "/khen-thuong/bang.csv",
        "share picture": f"/chia-se/bai-viet/{story.pk}-{'0' * 16}.jpg",
        "oembed": f"/oembed?url=http://127.0.0.1:8000{story.get_absolute_url()}",
        "api": "/api/v1/stories",
        "api, none": "/api/v1/stories/999999",
        "sheet": "/static/css/site.css",
        "drawing": "/static/img/icon.svg",
        "browser's icon": "/favicon.ico",
        "telephone's icon": "/apple-touch-icon.png",
        "manifest": "/manifest.webmanifest",
        "no sheet": "/static/css/khong-co.css",
        "sign-in": "/admin/login/",
        "office": "/admin/",
        "no preview": "/xem-truoc/khong-co/",
    }
    for path in ("rss.xml", "atom.xml", "feed.json", "sitemap.xml", "robots.txt", "healthz", "readyz"):
        more[path] = f"/{path}"
    yield from ((name, client.get(address)) for name, address in more.items())
    yield "head", client.head("/")
    yield "not to be posted to", client.post("/")
    yield "display", client.post("/hien-thi/", {"chu": "lon"})
    yield "no token", Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    yield "another host", client.get("/", headers={"host": "evil.example"})


def test_every_kind_of_answer(client, site):
    found, statuses = {}, set()
    for name, answer in answers(client, site):
        statuses.add(answer.status_code)
        if wrong := missing(answer.headers):
            found[name] = wrong
        if answer.streaming:
            list(answer.streaming_content)  # the file is closed then
    assert found == {}
    assert statuses >= {200, 301, 302, 400, 403, 404, 405, 410}


def test_what_moved_or_is_gone_is_asked_for_again(client, site):
    """Browsers remember a 301 or a 410 for ever if nobody says otherwise; a story may be restored."""
    silent = {
        name
        for name, answer in answers(client, site)
        if answer.status_code in (301, 404, 410) and "no-" not in answer.headers.get("Cache-Control", "")
    }
    assert silent == set()
    assert client.get(site["story, withdrawn"]).headers["Cache-Control"] == "no-cache"


def test_our_own_mistake(monkeypatch, db):
    def broken():
        raise RuntimeError("planted")

    monkeypatch.setattr(about, "office", broken)
    answer = Client(raise_request_exception=False).get("/lien-he/")
    assert answer.status_code == 500
    assert "Lỗi ở phía chúng tôi" in answer.text
    assert missing(answer.headers) == []


@pytest.mark.django_db(transaction=True)
def test_a_page_from_the_store_says_the_same(settings, tmp_path, site):
    settings.PAGE_STORE = str(tmp_path / "pages")
    cache.clear()
    try:
        reader = Client(headers={"accept-encoding": "gzip"})
        drawn = reader.get(site["story"])
        said, body = ask(KeptPages(get_wsgi_application()), site["story"], HTTP_ACCEPT_ENCODING="gzip")
        assert said["status"] == "200 OK"
        assert gzip.decompress(body) == gzip.decompress(drawn.content)
        assert missing(said["headers"]) == []
    finally:
        shelf.store().close()
        shelf._store.cache_clear()


def test_https_is_asked_for_by_every_kind_of_answer(settings, site):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    reader = Client(headers={"x-forwarded-proto": "https"})
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for address in ("/", "/khong-co/", "/static/img/icon.svg", "/hien-thi/", "/healthz", "/admin/login/"):
        assert "max-age=31536000" in reader.get(address).headers["Strict-Transport-Security"], address
    assert "Strict-Transport-Security" not in Client().get("/").headers  # said over HTTPS only


def test_words_are_packed_for_who_can_unpack_them(site):
    """Also what is not kept; each time under another name, so that its length tells nothing."""
    plain = Client().get("/tin/?la=1")
    packed = [Client(headers={"accept-encoding": "gzip"}).get("/tin/?la=1") for _ in range(20)]
    assert {gzip.decompress(answer.content) for answer in packed} == {plain.content}
    assert len({len(answer.content) for answer in packed}) > 1
    for answer in packed:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(answer.headers["Content-Length"]) == len(answer.content) < len(plain.content)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_the_cookie_of_looks_goes_over_https_alone(client, settings):
    answer = client.post("/hien-thi/", {"size": "lon", "theme": "toi"})
    assert not answer.cookies["hien-thi"]["secure"]  # this run has no HTTPS
    settings.SESSION_COOKIE_SECURE = True
    answer = client.post("/hien-thi/", {"size": "lon", "theme": "toi"})
    assert answer.cookies["hien-thi"]["secure"]
