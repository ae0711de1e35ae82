"""Guessing is slowed down by name, address and device; a stranger keeps nobody out of their own account."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.brakes import begin_try
from newsroom import settings as product
from tests.factories.departments import PASSWORD, make_user

WRONG = "sai"
LIMITS = {
    "sign_in": (3, 900),
    "sign_in_name": (5, 3600),
    "sign_in_network": (7, 900),
    "sign_in_network_day": (9, 86_400),
    "sign_in_device": (2, 900),
}


@pytest.fixture(autouse=True)
def _limits(limits, db):
    limits(**LIMITS)


@pytest.fixture
def lan(db):
    return make_user("lan", is_staff=True)


def attempt(client, name="lan", password=WRONG, address="203.0.113.9"):
    words = {"username": name, "password": password}
    return client.post(reverse("admin:login"), words, REMOTE_ADDR=address).status_code


def test_one_name_from_one_address(lan):
    assert [attempt(Client(), name) for name in ("lan", "LAN", " Lan ", "lan")] == [200, 200, 200, 429]
    assert attempt(Client(), "minh") == 200


def test_one_name_from_many_addresses(lan):
    statuses = [attempt(Client(), address=f"203.0.113.{n}") for n in range(6)]
    assert statuses == [200] * 5 + [429]


def test_many_names_from_one_address(db):
    statuses = [attempt(Client(), f"ten{n}") for n in range(9)]
    assert statuses == [200] * 7 + [429] * 2
    assert attempt(Client(), "ten1", address="198.51.100.7") == 200


def test_an_ipv6_subscriber_is_one_address(db):
    assert [attempt(Client(), f"ten{n}", address=f"2001:db8:0:1::{n}") for n in range(8)][-1] == 429


def test_even_the_right_password_waits_for_a_stranger(lan):
    for _ in range(3):
        attempt(Client())
    words = {"username": "lan", "password": PASSWORD}
    refused = Client().post(reverse("admin:login"), words, REMOTE_ADDR="203.0.113.9")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert "Tạm dừng đăng nhập" in refused.text
    assert "Hãy thử lại sau" in refused.text


def test_strangers_never_keep_the_owner_out_of_a_device_they_used_before(lan):
    own = Client()
    assert attempt(own, password=PASSWORD, address="198.51.100.7") == 302
    own.post(reverse("admin:logout"))
    for n in range(12):
        attempt(Client(), address=f"203.0.113.{n}")
        attempt(Client(), f"ten{n}", address="198.51.100.7")  # the whole school's address
    assert attempt(Client(), password=PASSWORD, address="198.51.100.7") == 429
    assert attempt(own, password=PASSWORD, address="198.51.100.7") == 302


def test_a_known_device_has_a_brake_of_its_own(lan):
    own = Client()
    attempt(own, password=PASSWORD)
    own.post(reverse("admin:logout"))
    assert [attempt(own) for _ in range(3)] == [200, 200, 429]


def test_a_device_is_known_for_its_own_people_only(lan):
    make_user("minh", is_staff=True)
    own = Client()
    attempt(own, password=PASSWORD)
    own.post(reverse("admin:logout"))
    assert [attempt(own, "minh") for _ in range(4)] == [200, 200, 200, 429]


def test_a_cookie_of_before_the_password_changed_opens_no_lock(lan):
    own = Client()
    attempt(own, password=PASSWORD)
    stolen = own.cookies["thiet-bi"].value
    lan.set_password("hoàn toàn khác hẳn")
    lan.save()
    for _ in range(3):
        attempt(Client())
    thief = Client()
    thief.cookies["thiet-bi"] = stolen
    assert attempt(thief) == 429
    assert attempt(own, password="hoàn toàn khác hẳn", address="198.51.100.7") == 302
    assert own.cookies["thiet-bi"].value != stolen
    thief.cookies["thiet-bi"] = stolen
    assert attempt(thief) == 429


def test_right_passwords_are_no_guesses(lan):
    for _ in range(12):
        assert attempt(Client(), password=PASSWORD) == 302


def test_many_tries_at_once_are_counted_too(lan, rf):
    """Counted before the password is looked at: ten requests that come together are not ten free tries."""
    requests = [rf.post("/", REMOTE_ADDR="203.0.113.9") for _ in range(10)]
    assert [begin_try(request, "lan").wait > 0 for request in requests] == [False] * 3 + [True] * 7


def test_the_figures_leave_room_for_a_room_of_beginners_and_none_for_guessing():
    limits = product.LIMITS
    assert limits["sign_in_network"][0] >= 45 * 2
    tries_a_day = limits["sign_in_name"][0] * 86_400 / limits["sign_in_name"][1]
    assert tries_a_day <= 1000
    assert set(LIMITS) <= set(limits)
