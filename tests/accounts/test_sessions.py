"""A session ends after two idle hours and after twelve in any case; what a page asks by itself is no work."""

import runpy
import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.models import Session
from foundation.pagestore.serving import is_anonymous
from tests.architecture import ROOT
from tests.factories.departments import PASSWORD, make_user

HOUR = 3600


@pytest.fixture
def lan(db):
    return make_user("lan", is_staff=True)


@pytest.fixture
def later(monkeypatch):
    """`later(hours)` moves the clock on."""
    moved = {"by": 0.0}
    clock, now = time.time, timezone.now

    def on(hours):
        moved["by"] += hours * HOUR

    monkeypatch.setattr(sessions.time, "time", lambda: clock() + moved["by"])
    monkeypatch.setattr(timezone, "now", lambda: now() + timezone.timedelta(seconds=moved["by"]))
    return on


def is_inside(client, **headers):
    return client.get(reverse("admin:index"), headers=headers).status_code == 200


@pytest.fixture
def inside(lan):
    client = Client()
    client.force_login(lan)
    return client


def test_two_idle_hours_end_it(inside, later):
    later(1.9)
    assert is_inside(inside)
    later(1.9)
    assert is_inside(inside)  # the page before put it off
    later(2.1)
    assert not is_inside(inside)


def test_twelve_hours_end_it_however_busy_one_is(inside, later):
    for _ in range(11):
        later(1)
        assert is_inside(inside)
    cookie = inside.cookies["sessionid"]
    assert cookie["max-age"] <= HOUR
    later(1.1)
    assert not is_inside(inside)


def test_what_a_page_asks_by_itself_is_no_work(inside, later):
    for _ in range(3):
        later(0.6)
        assert is_inside(inside, sec_fetch_dest="empty")
    later(0.6)
    assert not is_inside(inside, sec_fetch_dest="empty")


def test_a_row_says_whose_it_is_and_when_it_was_used(inside, lan, later):
    row = Session.objects.get()
    assert (row.user, row.auth_hash) == (lan, lan.get_session_auth_hash())
    assert row.began_at == row.seen_at.replace(microsecond=0)
    later(1)
    is_inside(inside)
    seen = Session.objects.get()
    assert seen.began_at == row.began_at
    assert HOUR - 5 < (seen.seen_at - row.seen_at).total_seconds() < HOUR + 60


def test_pages_read_one_after_another_write_nothing(inside, django_assert_num_queries):
    is_inside(inside)
    before = Session.objects.get().seen_at
    is_inside(inside)
    assert Session.objects.get().seen_at == before


def test_a_changed_password_ends_all_other_sessions(lan):
    here, there = Client(), Client()
    for client in (here, there):
        client.post(reverse("admin:login"), {"username": "lan", "password": PASSWORD})
    new = "bánh xèo giòn tan"
    words = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post(reverse("admin:password_change"), words).status_code == 302
    assert (is_inside(here), is_inside(there)) == (True, False)


@pytest.mark.parametrize(("site", "prefix"), [("https://a.example", "__Host-"), ("http://127.0.0.1", "")])
def test_with_https_a_browser_takes_our_cookies_from_this_host_alone(monkeypatch, site, prefix):
    monkeypatch.setenv("SITE_URL", site)
    said = runpy.run_path(str(ROOT / "newsroom" / "settings.py"))
    names = {said[f"{name}_COOKIE_NAME"] for name in ("SESSION", "CSRF", "DEVICE")}
    assert names == {f"{prefix}sessionid", f"{prefix}csrftoken", f"{prefix}thiet-bi"}
    assert said["SESSION_COOKIE_SECURE"] == said["CSRF_COOKIE_SECURE"] == bool(prefix)
    named = {"SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "CSRF_COOKIE_DOMAIN", "CSRF_COOKIE_PATH"}
    assert not named & set(said)  # Django's own: no domain, the whole site


@pytest.mark.parametrize("name", ["sessionid", "__Host-sessionid"])
def test_the_page_store_knows_a_signed_in_reader_by_the_same_name(settings, name):
    settings.SESSION_COOKIE_NAME = name
    assert not is_anonymous({"HTTP_COOKIE": f"hien-thi=lon.toi; {name}=abc"})
    assert is_anonymous({"HTTP_COOKIE": "hien-thi=lon.toi; thiet-bi=abc; csrftoken=abc"})
