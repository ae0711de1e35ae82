"""Everybody sees where they are signed in, ends one place or all others; a locked account is out at once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.ending import delete_ended
from accounts.models import Device, Session
from approvals.models import AuditEntry
from inbox.models import Notice
from tests.factories.departments import PASSWORD

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A055F) Chrome/140 Mobile Safari/537"


def enter(user, agent):
    client = Client(headers={"user-agent": agent})
    words = {"username": user.username, "password": PASSWORD}
    assert client.post(reverse("admin:login"), words).status_code == 302
    return client


def is_inside(client):
    return client.get(reverse("admin:index")).status_code == 200


def ends(page):
    return re.findall(r'action="([^"]*/phien/[^"]*)"', page)


@pytest.fixture(autouse=True)
def _password_is_enough(settings):
    settings.SECOND_FACTOR_ROLES = []


@pytest.fixture
def places(collaborator):
    return enter(collaborator, WINDOWS), enter(collaborator, PHONE)


def test_one_sees_ones_own_places_and_nobody_elses(places, head):
    enter(head, WINDOWS)
    page = places[0].get(reverse("admin:devices")).text
    assert "Đang đăng nhập ở 2 nơi" in page
    assert page.index("Máy tính Windows, Chrome") < page.index("máy này") < page.index("Điện thoại Android")
    assert len(ends(page)) == 1
    assert not [one.session_key for one in Session.objects.all() if one.session_key in page]
    assert "Máy lạ" in page  # the telephone: newer than the computer


def test_one_place_is_ended_and_the_others_stay(places, head):
    here, there = places
    (address,) = ends(here.get(reverse("admin:devices")).text)
    stranger = enter(head, WINDOWS)
    assert "đã hết từ trước" in stranger.post(address, follow=True).text  # another's place cannot be ended
    assert is_inside(there)
    assert "Đã đăng xuất nơi ấy" in here.post(address, follow=True).text
    assert (is_inside(here), is_inside(there)) == (True, False)
    assert AuditEntry.objects.filter(action="Đăng xuất một nơi khác").exists()


def test_not_me_ends_all_others_and_tells_the_administrators(places, collaborator, administrator):
    here, there = places
    page = here.post(reverse("admin:end_other_sessions"), follow=True).text
    assert "Đã đăng xuất mọi nơi khác (1 phiên)" in page
    assert (is_inside(here), is_inside(there)) == (True, False)
    assert Device.objects.get(user=collaborator).words == "Máy tính Windows, Chrome"
    told = Notice.objects.get(recipient=administrator, heading="Có người báo bị dùng tài khoản")
    assert collaborator.username in told.about
    assert AuditEntry.objects.filter(action__startswith="Đăng xuất mọi nơi khác").exists()


def test_not_me_asks_again_first(places, settings):
    settings.SECOND_FACTOR_ROLES = ["head"]
    here, there = places
    asked = here.post(reverse("admin:end_other_sessions"))
    assert (asked.status_code, is_inside(there)) == (403, True)  # nothing has been done yet
    here.post(reverse("admin:end_other_sessions"), {"confirm_by": "password", "confirm_password": PASSWORD})
    assert not is_inside(there)


def test_a_locked_account_is_out_at_once_and_for_good(places, collaborator, administrator):
    office = enter(administrator, WINDOWS)
    for action in ("lock", "unlock"):
        chosen = {"action": action, "_selected_action": [collaborator.pk]}
        office.post(reverse("admin:accounts_user_changelist"), chosen)
        assert [is_inside(place) for place in places] == [False, False]
    assert not Session.objects.filter(user=collaborator).exists()


def test_the_worker_deletes_what_has_ended(places):
    first = Session.objects.order_by("began_at").first()
    Session.objects.filter(pk=first.pk).update(expire_date=first.began_at)
    assert (delete_ended(), delete_ended()) == (1, 0)


@pytest.mark.parametrize("name", ["end_session", "end_other_sessions"])
def test_looking_ends_nothing(places, name):
    args = ["x"] if name == "end_session" else []
    assert places[0].get(reverse(f"admin:{name}", args=args)).status_code == 405
