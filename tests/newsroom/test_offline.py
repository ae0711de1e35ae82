"""The worker of readers' browsers: where it is found, what it says, that it can be called back."""

import re

from newsroom import offline
from tests.architecture import ROOT

WORKER = (ROOT / "static/js/offline/worker.js").read_text()


def test_the_worker_stands_at_the_root_and_is_looked_at_every_time(client, db):
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    for address in re.findall(r'"(/[^"]*)"', answer.text):
        assert client.get(address).status_code == 200, address
    assert client.post("/sw.js").status_code == 405


def test_another_sheet_or_another_offline_page_is_another_version(client, db, monkeypatch):
    first = client.get("/sw.js").text
    assert client.get("/sw.js").text == first
    monkeypatch.setattr(offline, "FILES", offline.FILES[:-1])
    second = client.get("/sw.js").text
    monkeypatch.setattr(offline, "TEMPLATE", "503.html")
    assert len({first, second, client.get("/sw.js").text}) == 3


def test_the_operator_can_call_it_back(client, db, settings):
    settings.OFFLINE_READING = False
    text = client.get("/sw.js").text
    assert "retire" in text and "SHELL" not in text
    assert "registration.unregister()" in (ROOT / "static/js/offline/retire.js").read_text()


def test_every_public_page_asks_for_it_and_the_office_does_not(client, db, admin_client):
    assert "js/offline/register" in client.get("/").text
    assert "js/offline/register" not in admin_client.get("/admin/").text


def test_the_worker_knows_the_private_addresses_and_the_way_out(client, db):
    (written,) = re.findall(r"const PRIVATE = /(.*)/;", WORKER)
    private = re.compile(written.replace("\\/", "/"))
    for path in (
        "/admin/",
        "/xem-truoc/abc/",
        "/ve/abc/",
        "/tim-kiem/",
        "/khen-thuong/xac-minh/DL17-0001/",
        "/api/v1/",
    ):
        assert private.match(path), path
    for path in ("/", "/bai-viet/a-1/", "/khen-thuong/", "/van-ban/"):
        assert not private.match(path), path
    assert 'const SIGN_OUT = "/admin/logout/"' in WORKER
    assert client.post("/admin/logout/").status_code != 404


def test_the_page_without_the_network_says_what_happened_and_what_to_do(client, db):
    page = client.get("/mat-mang/")
    assert "<h1>Đang mất mạng</h1>" in page.text
    assert 'name="robots" content="noindex"' in page.text
    assert offline.MARK in page.text and offline.MARK in WORKER
