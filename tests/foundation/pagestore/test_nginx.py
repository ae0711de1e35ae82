"""The nginx configuration we hand out says the same as the application, and serves the kept files."""

import datetime
import gzip
import re
import urllib.error
import urllib.request

import pytest
from django.test import Client
from django.utils import timezone

from departments.models import Department
from foundation.pagestore.addresses import file_of, query_asked, variant_of
from tests.factories.articles import make_published, make_section
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_school_year, rename
from tests.factories.documents import make_document
from tests.floods import idle_application, statuses
from tests.foundation.pagestore.reading import SPELLINGS
from tests.nginx import FOLDER, NGINX, free_port
from tests.nginx import nginx as running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_site")]


def test_nginx_says_the_same_headers(collaborator, head):
    page = make_published(collaborator, head)
    said = Client().get(page.get_absolute_url()).headers
    text = "".join((FOLDER / f"newsroom-{name}.conf").read_text() for name in ("headers", "security"))
    written = dict(re.findall(r'^add_header (\S+) "?(.*?)"?(?: always)?;$', text, re.MULTILINE))
    assert written == {name: said[name] for name in written}
    own = {"Content-Type", "Cache-Tag", "ETag", "Content-Length", "Content-Encoding", "X-Request-ID"}
    assert set(said) - own == set(written)


@pytest.fixture
def nginx(kept_site, live_server, tmp_path):
    if NGINX is None:
        pytest.skip("no nginx on this machine (apt-get install nginx-light)")
    with running(kept_site.live, live_server.url.removeprefix("http://"), tmp_path) as (port, _process):
        yield f"http://127.0.0.1:{port}"


def get(url, **headers):
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", **headers})  # noqa: S310 (loopback)
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 (loopback)
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, b""


def test_nginx_hands_out_the_kept_file_and_asks_the_application_for_the_rest(
    nginx, kept_site, collaborator, head
):
    page = make_published(collaborator, head, title="Từ tệp")
    url = page.get_absolute_url()
    reader = Client(headers={"accept-encoding": "gzip"})
    kept = reader.get(url)
    status, headers, body = get(nginx + url)
    assert (status, body) == (200, kept.content)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"] == kept.headers["Content-Security-Policy"]
    assert headers["Server"].startswith("nginx")
    assert "Cache-Tag" not in headers  # said by the application only: this was the file
    assert get(nginx + url, **{"If-None-Match": headers["ETag"]})[0] == 304
    kept_site.drop([f"article:{page.pk}"])
    reader.get("/rss.xml")
    assert get(nginx + "/rss.xml")[1]["Content-Type"] == "application/rss+xml; charset=utf-8"
    worker = reader.get("/sw.js")
    _, headers, body = get(nginx + "/sw.js")
    assert body == worker.content
    for name in ("Content-Type", "Cache-Control", "Content-Security-Policy"):
        assert headers[name] == worker.headers[name]
    assert "Cache-Tag" not in headers
    manifest = reader.get("/manifest.webmanifest")
    _, headers, body = get(nginx + "/manifest.webmanifest")
    assert (body, headers["Content-Type"]) == (manifest.content, "application/manifest+json")
    assert headers["Server"].startswith("nginx")
    found = reader.get("/.well-known/security.txt")
    status, headers, _ = get(nginx + "/.well-known/security.txt")
    assert (status, headers["Content-Type"]) == (found.status_code, found.headers["Content-Type"])


def test_nginx_reads_the_cookie_and_the_encodings_as_the_application_does(nginx, collaborator, head):
    url = make_published(collaborator, head).get_absolute_url()
    for variant in ("vua.may", "lon.toi", "vua.toi", "rat-lon.toi", "rat-lon.sang"):
        Client(headers={"accept-encoding": "gzip", "cookie": f"hien-thi={variant}"}).get(url)
    for cookie in SPELLINGS:
        theme = variant_of(cookie.strip()).partition(".")[2]
        _, headers, body = get(nginx + url, Cookie=cookie)
        assert "Cache-Tag" not in headers, cookie  # a kept file
        assert (b'data-theme="toi"' in gzip.decompress(body)) == (theme == "toi"), cookie
    for accepted in ("gzip;q=0", "br, gzip; q=0.0", "identity"):
        assert "Content-Encoding" not in get(nginx + url, **{"Accept-Encoding": accepted})[1]
    assert get(nginx + url, **{"Accept-Encoding": "br, gzip;q=0.5"})[1]["Content-Encoding"] == "gzip"
    for spelled in ("sessionid=abc", "sessionid =abc", "a=1; sessionid=abc", "__Host-sessionid=abc"):
        assert "Server" in get(nginx + url, Cookie=spelled)[1]
        # The application was asked: a file of the store is for everybody.
        assert get(nginx + url, Cookie=spelled)[1]["Cache-Control"].startswith("private")


# Queries of links as people share them, and of strangers.
QUERIES = (
    "",
    "fbclid=IwAR0_x-Y",
    "utm_source=zalo&utm_medium=social",
    "gclid=a&zarsrc=30&zalo_from=1",
    "truoc=5",
)
QUERIES += ("truoc=5&fbclid=abc", "fbclid=abc&truoc=5", "utm_source=a&truoc=5&zarsrc=1", "fbclid=", "truoc=6")
QUERIES += (
    "truoc=5&truoc=5",
    "truoc=5&x=1",
    "truoc=",
    "truoc=../5",
    "truoc=%2e%2e",
    "xfbclid=1",
    "fbclid",
    "=5",
)
QUERIES += (
    "truoc=5=5",
    "-truoc=5",
    "TRUOC=5",
    "truoc=5%20",
    "fbclid=a;truoc=5",
    "utm_=1",
    "truoc=" + "5" * 41,
)
QUERIES += ("q=&loai=", "loai=&truoc=5&hieu_luc=", "q=&fbclid=1&truoc=5", "q=a&truoc=5", "Q=&truoc=5")


def test_nginx_names_the_kept_file_as_the_application_does(nginx, kept_site):
    for file in ("index", "index@truoc=5"):
        words = gzip.compress(file.encode())
        (kept_site.live / "vua.may/tin").mkdir(parents=True, exist_ok=True)
        (kept_site.live / "vua.may/tin" / f"{file}.html.gz").write_bytes(words)
        (kept_site.live / "vua.may" / f"rss.xml{file.removeprefix('index')}.gz").write_bytes(words)
    handed_out = {}
    for query in QUERIES:
        name = file_of("/tin/", query_asked(query), "vua.may")
        there = kept_site.live / name if name else kept_site.live / "none"
        _, headers, body = get(f"{nginx}/tin/?{query}")
        if "Etag" in headers and "Cache-Tag" not in headers:  # a file of nginx
            assert body == there.read_bytes(), query
            handed_out[query] = gzip.decompress(body).decode()
        _, headers, body = get(f"{nginx}/rss.xml?{query}")
        assert body != gzip.compress(b"index@truoc=5"), query
    clean = ("", *QUERIES[1:4], "fbclid=", "fbclid=a;truoc=5", "truoc=", "q=&loai=")
    placed = (*QUERIES[4:8], "loai=&truoc=5&hieu_luc=", "q=&fbclid=1&truoc=5")
    assert handed_out == dict.fromkeys(clean, "index") | dict.fromkeys(placed, "index@truoc=5")


def test_nginx_hands_out_deep_pages_months_and_known_filters(
    nginx, kept_site, collaborator, head, monkeypatch
):
    """The application draws each once; from then on nginx answers, shared links too."""
    monkeypatch.setattr("articles.public.listing.SIZE", 1)
    school = collaborator.person.positions.get().department
    section = make_section()
    for _ in range(3):
        make_published(collaborator, head, section=section)
    year = make_school_year(2017)
    decision = make_decision(school_year=year)
    make_commendation(decision, department=school)
    make_document("12/KH-SGDĐT")
    rename(school, "Trường THPT Chu Văn An mới", datetime.date(2025, 7, 1))
    reader = Client(headers={"accept-encoding": "gzip"})
    older = re.search(r'href="(\?truoc=[^"]+)"', gzip.decompress(reader.get("/tin/").content).decode())[1]
    month = f"{timezone.localdate():%Y-%m}"
    for address in (
        f"/tin/{older}",
        f"/tin/?thang={month}",
        f"{section.get_absolute_url()}?thang={month}",
        "/khen-thuong/?nam-hoc=2017&hinh-thuc=&don-vi=&ten=",
        "/khen-thuong/?hinh-thuc=giay-khen",
        f"/khen-thuong/?don-vi={Department.objects.get(pk=school.pk).slug}",
        "/van-ban/?q=&loai=ke-hoach&tu=&hieu_luc=",
        "/van-ban/?hieu_luc=con",
        "/van-ban/?sap=so",
        "/don-vi/?q=&loai=high_school",
        "/don-vi/truong-thpt-chu-van-an-moi/?ngay=2000-01-01",
    ):
        drawn = reader.get(address)
        assert drawn.status_code == 200, address
        for shared in (
            address,
            f"{address}&utm_source=zalo&zarsrc=30",
            address.replace("?", "?fbclid=a_-B&"),
        ):
            _, headers, body = get(nginx + shared)
            assert "Cache-Tag" not in headers and body == drawn.content, shared
    for invented in ("/khen-thuong/?don-vi=khong-co", "/khen-thuong/?nam-hoc=1888", "/van-ban/?loai=tho"):
        before = kept_site.measure()
        assert reader.get(invented).status_code == 200
        assert kept_site.measure() == before, invented


def test_nginx_hands_out_the_icons_as_the_application_does(nginx):
    for name in ("favicon.ico", "apple-touch-icon.png"):
        answer = Client().get(f"/{name}")
        drawn = b"".join(answer.streaming_content)
        status, headers, body = get(f"{nginx}/{name}")
        assert (status, body) == (200, drawn)
        for header in ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options"):
            assert headers[header] == answer.headers[header], header
        assert headers["Cache-Control"] == "public, max-age=86400"


def test_what_nginx_answers_itself_is_guarded_and_polite_too(kept_site, collaborator, head, tmp_path):
    if NGINX is None:
        pytest.skip("no nginx on this machine (apt-get install nginx-light)")
    page = make_published(collaborator, head, title="Còn trong kho")
    kept = Client(headers={"accept-encoding": "gzip"}).get(page.get_absolute_url())
    nobody = f"127.0.0.1:{free_port()}"
    with running(kept_site.live, nobody, tmp_path) as (port, _process):
        site = f"http://127.0.0.1:{port}"
        said = {path: get(site + path) for path in ("/static/icon.svg", "/static/khong-co.css", "/su-kien/")}
        assert [status for status, _, _ in said.values()] == [200, 404, 503]
        for path, (_, headers, _) in said.items():
            for name in ("Content-Security-Policy", "X-Content-Type-Options", "Permissions-Policy"):
                assert headers[name] == kept.headers[name], path
        assert said["/su-kien/"][1]["Retry-After"] == "60"
        assert get(site + page.get_absolute_url())[0] == 200  # what is kept is still read


def test_nginx_refuses_a_flood_in_words_and_lets_a_class_through(kept_site, tmp_path):
    if NGINX is None:
        pytest.skip("no nginx on this machine (apt-get install nginx-light)")
    with idle_application() as there, running(kept_site.live, there, tmp_path) as (port, _process):
        assert set(statuses(port, "/tim-kiem/?q=lan", 90)[0]) == {200}  # a class of 45, twice each
        found, refused, words = statuses(port, "/khen-thuong/xac-minh/?ma=1", 300)
        assert found[429] > 100
        assert "Chờ 30 giây rồi mở lại" in words
        assert refused.headers["Retry-After"] == "30"
        assert refused.headers["Content-Security-Policy"].startswith("default-src 'none'")
        # Nothing else of the same address is refused for it.
        assert set(statuses(port, "/tin/", 50)[0]) == {200}
        assert set(statuses(port, "/uploads/anh/x/480.jpg", 700)[0]) == {200}
        assert set(statuses(port, "/static/icon.svg", 700)[0]) == {200}
        assert statuses(port, "/admin/login/", 90)[0][200] == 90  # looking at the page is no attempt
        door = statuses(port, "/admin/login/", 90, "POST")[0]
        assert door[200] >= 50
        assert door[429] > 0
        assert statuses(port, "/hoi-nhieu/", 1)[2] == "ok"  # what the application refuses, it words itself
