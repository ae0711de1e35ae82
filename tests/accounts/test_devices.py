"""A device is recognised for the people who signed in on it; a new one is told to its person once."""

import time

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts import devices
from accounts.devices import device_words
from accounts.models import Device
from inbox.models import Notice
from tests.factories.departments import PASSWORD, make_user

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


def enter(client, name="lan", password=PASSWORD, agent=WINDOWS):
    words = {"username": name, "password": password}
    answer = client.post(reverse("admin:login"), words, headers={"user-agent": agent})
    assert answer.status_code == 302
    return answer


@pytest.fixture
def lan(db):
    return make_user("lan", is_staff=True, email="lan@vidu.example")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (WINDOWS, "Máy tính Windows, Chrome"),
        (f"{WINDOWS} Edg/140.0", "Máy tính Windows, Edge"),
        ("(Windows NT 10.0) coc_coc_browser/124 Chrome/118 Safari/537", "Máy tính Windows, Cốc Cốc"),
        ("(Linux; Android 14; SM-A055F) Chrome/140 Mobile Safari/537", "Điện thoại Android, Chrome"),
        ("(Linux; Android 13) SamsungBrowser/25 Chrome/121", "Máy tính bảng Android, Samsung Internet"),
        ("(iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "iPhone, Safari"),
        ("(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Máy tính Linux, Firefox"),
        ("", "Máy không rõ loại"),
        ("<script>", "Máy không rõ loại"),
    ],
)
def test_a_device_is_called_as_people_call_it(agent, words):
    assert device_words(agent) == words


def test_a_new_device_is_told_to_its_person_by_mail_once(lan):
    own = Client()
    cookie = enter(own).cookies["thiet-bi"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] >= 365 * 24 * 3600
    own.post(reverse("admin:logout"))
    enter(own)
    told = Notice.objects.get(recipient=lan)
    assert (told.heading, told.about) == ("Đăng nhập trên máy lạ", "Máy tính Windows, Chrome")
    assert told.mail_at is not None
    enter(Client(), agent="Firefox/140")
    assert Notice.objects.filter(recipient=lan).count() == 2
    assert Device.objects.filter(user=lan).count() == 2


def test_two_people_of_one_machine_are_known_apart(lan):
    make_user("minh", is_staff=True)
    shared = Client()
    for name in ("lan", "minh", "lan", "minh"):
        enter(shared, name)
        shared.post(reverse("admin:logout"))
    assert sorted(Device.objects.values_list("user__username", flat=True)) == ["lan", "minh"]


def test_a_change_of_password_changes_the_cookie_and_tells_of_no_new_device(lan):
    own = Client()
    before = enter(own).cookies["thiet-bi"].value
    new = "bánh xèo giòn tan"
    words = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    after = own.post(reverse("admin:password_change"), words).cookies["thiet-bi"].value
    assert after != before
    own.post(reverse("admin:logout"))
    enter(own, password=new)
    assert Device.objects.filter(user=lan).count() == 1
    told = Notice.objects.filter(recipient=lan).order_by("pk")
    assert [notice.heading for notice in told][1:] == ["Mật khẩu đã đổi"]


def test_a_forged_or_broken_cookie_is_no_device(lan):
    for value in ("x", '{"1": "x"}', ""):
        other = Client()
        other.cookies["thiet-bi"] = value
        enter(other)
    assert Device.objects.filter(user=lan).count() == 3


def test_a_page_that_is_looked_at_notes_nothing(lan):
    reader = Client()
    reader.force_login(lan)
    reader.get(reverse("admin:index"))
    assert not Device.objects.exists()


def test_a_cookie_older_than_browsers_keep_one_is_no_device(rf, lan, monkeypatch):
    asked, answer = rf.get("/"), HttpResponse()
    devices.remember_device(asked, answer, lan)
    asked.COOKIES = {name: morsel.value for name, morsel in answer.cookies.items()}
    assert devices.known_device(asked, lan)
    later = time.time() + devices.LONGEST + 60
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert devices.known_device(asked, lan) is None
