"""Any site comes over by visiting its pages: politely, from its own host alone, once."""

import gzip
import io
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from articles.bulk.crawled.visiting import Visitor
from articles.bulk.old_site.fetching import fetch
from articles.enums import Status
from articles.models import Article, PublishedArticle
from newsroom.management.commands import import_site
from tests.factories.media import image_bytes

pytestmark = pytest.mark.django_db

TEXT = "".join(
    f"<p>Đoạn {n}: sáng nay, nhà trường tổ chức lễ chào cờ, học sinh kể chuyện người tốt, việc tốt.</p>"
    for n in range(1, 6)
)
MENU = '<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/lien-he">Liên hệ</a></li></ul>'


def page(title, body=TEXT, day='<span class="post-date">Thứ sáu, 10/11/2017 10:12</span>', head=""):
    return (
        f'<html><head><meta charset="utf-8"><title>{title} - Trường</title>{head}</head><body>{MENU}'
        f'<div class="chinh"><h1>{title}</h1>{day}<div class="noi-dung">{body}</div></div>'
        "<div class='chan'>Bản quyền © Trường</div></body></html>"
    ).encode()


PAGES = {
    "/robots.txt": b"User-agent: *\nDisallow: /noi-bo/\nSitemap: {base}/ban-do.xml\nSitemap: http://127.0.0.2/x.xml\n",
    "/ban-do.xml": b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{base}/bai.xml.gz</loc>"
    b"</sitemap><sitemap><loc>{base}/ban-do.xml</loc></sitemap></sitemapindex>",
    "/bai.xml.gz": b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{base}/tin/chao-co.html</loc></url>"
    b"<url><loc>{base}/Tin.aspx?id=5&amp;muc=2</loc></url><url><loc>{base}/noi-bo/kin.html</loc></url>"
    b"<url><loc>http://khac.example/tin/x.html</loc></url><url><loc>{base}/tin/mat.html</loc></url>"
    b"<url><loc>{base}/tin/khong-ngay.html</loc></url><url><loc>{base}/tin/ngan.html</loc></url></urlset>",
    "/tin/chao-co.html": page(
        "Chào cờ đầu tuần",
        TEXT.replace("Đoạn 2", '<img src="/anh/co.jpg"> Đoạn 2', 1)
        + '<p>Đọc <a href="/Tin.aspx?muc=2&amp;id=5">bài kia</a>.</p>',
        head='<meta name="author" content="Nguyễn Thị Lan">'
        '<meta property="article:section" content="Tin tức">',
    ),
    "/Tin.aspx?id=5&muc=2": page(
        "Bài theo tham số",
        head='<meta property="article:published_time" content="2018-01-02T03:04:05+07:00">',
        day="",
    ),
    "/tin/khong-ngay.html": page("Bài không ngày", day=""),
    "/tin/ngan.html": page("Thông báo ngắn", "<p>Mai nghỉ học.</p>"),
    "/noi-bo/kin.html": page("Kín"),
    "/ds": MENU.encode() + b'<a href="/tin/chao-co.html">A</a> <a href="/ds?trang=2">2</a>',
    "/ds?trang=2": b'<a href="/Tin.aspx?id=5&muc=2#x">B</a> <a href="/ds">1</a> <a href="http://[x">hong</a>',
}


@pytest.fixture
def site(managing_editor, monkeypatch):
    asked = []

    class Old(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Cookie")))
            base = f"http://127.0.0.1:{self.server.server_port}"
            found = image_bytes() if self.path == "/anh/co.jpg" else PAGES.get(self.path)
            self.send_response(200 if found else 404)
            self.send_header("Set-Cookie", "theo-doi=1")
            self.end_headers()
            body = (found or b"").replace(b"{base}", base.encode())
            self.wfile.write(gzip.compress(body) if self.path.endswith(".gz") else body)

        def log_message(self, *args):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Old)
    server.asked, server.base = asked, f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    near = partial(Visitor, get=partial(fetch, may_reach=lambda address: True))
    monkeypatch.setattr(import_site.Command, "visitor_class", staticmethod(near))
    yield server
    server.shutdown()
    server.server_close()


def bring(site, **options):
    said = io.StringIO()
    call_command("import_site", site.base, stdout=said, **({"pause": 0} | options))
    return said.getvalue()


def test_pages_of_the_sitemap_become_stories_at_their_old_addresses(site, client):
    report = bring(site)
    page, other = PublishedArticle.objects.order_by("published_at")
    assert (page.title, page.section.name) == ("Chào cờ đầu tuần", "Tin tức")
    assert (page.published_at.isoformat(), other.published_at.isoformat()) == (
        "2017-11-10T03:12:00+00:00",
        "2018-01-01T20:04:05+00:00",
    )
    assert [row["name"] for row in page.bylines] == ["Nguyễn Thị Lan"]
    body = Article.objects.get(pk=page.pk).body
    assert page.lead.startswith("Đoạn 1")
    assert body.count("Đoạn") == 4
    assert f'href="{other.get_absolute_url()}"' in body
    for words in ("Liên hệ", "Bản quyền"):
        assert words not in page.lead + body
    drafts = Article.objects.filter(status=Status.DRAFTING).values_list("title", flat=True)
    assert sorted(drafts) == ["Bài không ngày", "Thông báo ngắn"]
    for words in (
        "robots.txt không cho vào",
        "máy chủ trả lời 404",
        "không chắc đâu là thân bài",
        "không rõ ngày đăng",
    ):
        assert words in report
    assert {cookie for _path, cookie in site.asked} == {None}
    assert not [path for path, _cookie in site.asked if "noi-bo" in path]
    leads = {
        "/tin/chao-co.html": page.get_absolute_url(),
        "/tin/chao-co.html?fbclid=abc": page.get_absolute_url(),
        "/Tin.aspx?id=5&muc=2": other.get_absolute_url(),
        "/tin.aspx?muc=2&id=5&utm_source=zalo": other.get_absolute_url(),
        "/Tin.aspx?id=6&muc=2": None,
        "/Tin.aspx": None,
        "/tin/ngan.html": None,
    }
    assert {address: client.get(address).headers.get("Location") for address in leads} == leads


def test_again_no_page_is_asked_twice_and_a_stopped_run_goes_on(site):
    assert "chạy lại để làm tiếp" in bring(site, most=2)
    assert Article.objects.count() == 2
    bring(site)
    assert Article.objects.count() == 4
    site.asked.clear()
    assert "4 bài đã nhập từ lần trước" in bring(site)
    assert [path for path, _cookie in site.asked if "chao-co" in path or "Tin.aspx" in path] == []
    assert Article.objects.count() == 4


def test_lists_with_further_pages_rules_of_the_site_and_a_rehearsal(site):
    options = {"lists": ["/ds"], "story": r"/tin/.+html|Tin\.aspx", "body": ".noi-dung"}
    assert "2 bài đã công khai" in bring(site, dry_run=True, **options)
    assert not Article.objects.exists()
    bring(site, **options)
    assert PublishedArticle.objects.count() == 2


def test_what_may_not_be_visited_is_refused_in_words(site, monkeypatch):
    for options, words in (
        ({"lists": ["/ds"]}, "--story"),
        ({"story": "("}, "không đọc được"),
        ({"story": "khong-co"}, "Không tìm thấy bài nào"),
        ({"sitemap": ["http://khac.example/x.xml"]}, "không thuộc máy đã nêu"),
    ):
        with pytest.raises(CommandError, match=words):
            bring(site, **options)
    monkeypatch.setattr(import_site.Command, "visitor_class", Visitor)
    with pytest.raises(CommandError, match="mạng riêng"):
        bring(site)
    with pytest.raises(CommandError, match="http"):
        call_command("import_site", "file:///etc/passwd")
    assert not Article.objects.exists()
