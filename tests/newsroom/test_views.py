"""The addresses that belong to no room."""

import os
import time

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from articles.models import Release
from newsroom.health import readiness
from newsroom.shared_cache import SharedCache
from newsroom.version import VERSION
from tests.factories.articles import approve, make_draft, submit
from tests.lifting import lifted


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path / "var", tmp_path / "uploads"
    return tmp_path / "var"


def test_healthz_answers_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_readyz_is_ready_when_everything_answers(client, db, var):
    readiness.note_worker_alive()
    response = client.get("/readyz")
    assert response.status_code == 200
    checks = {"database": True, "migrations": True, "releases": True, "mail": True}
    checks |= dict.fromkeys(("storage", "space", "pages", "cache", "worker", "backup", "limits"), True)
    assert response.json() == {"ready": True, "version": VERSION, "checks": checks}


def test_readyz_misses_a_worker_that_was_never_there(client, db, var):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert [name for name, good in response.json()["checks"].items() if not good] == ["worker"]


def test_readyz_misses_a_worker_that_stopped(client, db, var):
    readiness.note_worker_alive()
    before = time.time() - readiness.WORKER_LATE - 1
    os.utime(var / readiness.WORKER_MARK, (before, before))
    assert client.get("/readyz").json()["checks"]["worker"] is False


def test_readyz_tells_of_a_story_that_should_have_gone_out(client, collaborator, head, var):
    readiness.note_worker_alive()
    long_ago = timezone.now() - timezone.timedelta(minutes=5)
    article = submit(make_draft(collaborator), collaborator)
    approve(article, head, due_at=timezone.now() + timezone.timedelta(hours=1))
    assert client.get("/readyz").json()["checks"]["releases"] is True
    with lifted():
        Release.objects.update(due_at=long_ago)
    assert client.get("/readyz").json()["checks"]["releases"] is False


def test_readyz_misses_a_migration_that_has_not_run(client, db, var):
    readiness.note_worker_alive()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'frontpage'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] | {"migrations": True} == dict.fromkeys(response.json()["checks"], True)


def test_readyz_misses_a_cache_that_is_away(client, db, var, settings):
    readiness.note_worker_alive()
    away = {"BACKEND": "newsroom.shared_cache.SharedCache", "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = settings.CACHES | {"default": away}
    SharedCache.away_until = 0.0
    checks = client.get("/readyz").json()["checks"]
    SharedCache.away_until = 0.0
    assert {name for name, is_well in checks.items() if not is_well} == {"cache"}


@pytest.mark.parametrize("host", ["10.0.0.5:8000", "may-la.example", "", "x" * 300, "[::1", "a_b"])
def test_monitors_and_load_balancers_may_call_the_machine_by_any_name(client, db, var, settings, host):
    settings.ALLOWED_HOSTS = ["giaoduc.example"]
    settings.SECURE_SSL_REDIRECT = True
    readiness.note_worker_alive()
    assert client.get("/", headers={"host": host}).status_code in (301, 400)
    for path in ("/healthz", "/readyz"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 200, path
        assert "default-src" in answer.headers["Content-Security-Policy"]
        assert client.post(path, headers={"host": host}).status_code == 405


def test_readyz_repeats_an_answer_for_some_seconds(client, db, var, settings, django_assert_num_queries):
    settings.READY_SECONDS = 60
    client.get("/readyz")
    with django_assert_num_queries(0):
        assert client.get("/readyz").json()["checks"]["database"] is True
    settings.READY_SECONDS = 0
    assert client.get("/readyz").status_code == 503  # asked anew: no worker has been here


def test_readyz_misses_counters_that_cannot_be_written(client, db, var, settings):
    readiness.note_worker_alive()
    (var / "limits.sqlite3").write_bytes(b"of somebody else " * 100)
    there = {"BACKEND": "foundation.limiting.counters.FileCounters", "LOCATION": str(var / "limits.sqlite3")}
    settings.CACHES = settings.CACHES | {"limits": there}
    checks = client.get("/readyz").json()["checks"]
    assert {name for name, is_well in checks.items() if not is_well} == {"limits"}


def test_readyz_misses_a_storage_that_does_not_answer(client, db, var, settings):
    readiness.note_worker_alive()
    (var / "file").touch()
    settings.MEDIA_ROOT = var / "file" / "under-a-file"
    assert client.get("/readyz").json()["checks"]["storage"] is False


def test_robots_keeps_crawlers_out_of_the_office_and_shows_the_sitemap(client, settings):
    settings.SITE_URL = "https://giaoduc.example"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /tim-kiem/",
        "Sitemap: https://giaoduc.example/sitemap.xml",
        "Sitemap: https://giaoduc.example/sitemap-tin-moi.xml",
    ]


def test_display_settings_are_kept_in_one_cookie_and_shown(client, db):
    response = client.post("/hien-thi/", {"chu": "lon", "nen": "toi", "next": "/su-kien/"})
    assert (response.status_code, response["Location"]) == (302, "/su-kien/")
    page = client.get("/").content.decode()
    assert 'data-theme="toi"' in page
    assert 'data-size="lon"' in page


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:go()"])
def test_display_settings_send_nobody_elsewhere(client, target):
    assert client.post("/hien-thi/", {"chu": "lon", "next": target})["Location"] == "/"


@pytest.mark.parametrize("chu", ["", "khong-co", 'x"><script>'])
def test_unknown_display_settings_are_the_default(client, db, chu):
    client.post("/hien-thi/", {"chu": chu, "nen": chu})
    page = client.get("/").content.decode()
    assert 'data-theme="may"' in page
    assert 'data-size="vua"' in page


def test_display_settings_are_changed_by_post_only(client):
    assert client.get("/hien-thi/").status_code == 405


def test_a_lost_reader_is_offered_a_search_for_the_words_of_the_address(client, db):
    response = client.get("/tin/ke-hoach-nam-hoc/")
    assert response.status_code == 404
    assert "ke hoach nam hoc" in response.content.decode()


def test_every_answer_asks_for_no_sensor_and_carries_the_policy(client, db):
    for address in ("/", "/khong-co/", "/healthz"):
        response = client.get(address)
        assert "camera=()" in response["Permissions-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("method", "address"), [("get", "/tim-kiem/?q=a"), ("post", "/admin/login/")])
def test_what_needs_the_database_asks_politely_to_come_back(db, method, address):
    """No page of ours is drawn with the database then: this one needs none."""

    def gone(*args):
        raise OperationalError("the database is gone")

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(gone):
        response = getattr(client, method)(address, {"username": "ctv", "password": "x"})
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "no-store" in response["Cache-Control"]
    assert "Trang tạm nghỉ ít phút" in response.content.decode()


def test_other_sites_are_told_in_json(db):
    def gone(*args):
        raise OperationalError("the database is gone")

    with connection.execute_wrapper(gone):
        response = Client(raise_request_exception=False).get("/api/v1/stories")
    assert response.status_code == 503
    assert "tạm nghỉ" in response.json()["detail"]


def test_a_fault_of_ours_is_no_pause(db, monkeypatch):
    def fault(*args):
        raise ZeroDivisionError

    with connection.execute_wrapper(fault):
        response = Client(raise_request_exception=False).get("/tim-kiem/?q=a")
    assert response.status_code == 500
    assert "Trang chưa mở được" in response.content.decode()
