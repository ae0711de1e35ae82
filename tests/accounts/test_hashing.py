"""Passwords cost little memory, never more than two at a time, and are the same however they are typed."""

import os
import tempfile
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, identify_hasher, make_password
from django.urls import reverse

from accounts import hashing
from accounts.hashing import TooBusyError, TurnedArgon2Hasher
from accounts.password_length import LONGEST
from newsroom import settings as product
from tests.factories.departments import make_user

PILED = "a" + "\u0300\u0316" * 20_000  # putting these marks in order takes seconds
WORDS = "Cà phê sữa đá trên đồi Ế ẩm"


@pytest.fixture(autouse=True)
def argon2(settings, tmp_path):
    settings.PASSWORD_HASHERS, settings.VAR_DIR = product.PASSWORD_HASHERS, tmp_path


def test_a_password_is_kept_as_owasp_advises():
    decoded = identify_hasher(made := make_password(WORDS)).decode(made)
    assert (decoded["algorithm"], decoded["variety"]) == ("argon2", "argon2id")
    assert (decoded["memory_cost"], decoded["time_cost"], decoded["parallelism"]) == (19_456, 2, 1)


def test_an_old_hash_is_made_anew_when_its_owner_signs_in(client, db):
    user = make_user("lan", is_staff=True)
    user.password = Argon2PasswordHasher().encode("ca-phe-sua-da-17", "mot-chut-muoi-cu")
    user.save()
    assert "m=102400" in user.password
    words = {"username": "lan", "password": "ca-phe-sua-da-17"}
    assert client.post(reverse("admin:login"), words).status_code == 302
    user.refresh_from_db()
    assert "m=19456,t=2,p=1" in user.password
    assert user.check_password("ca-phe-sua-da-17")


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_every_keyboard_types_the_same_password(stored, typed):
    stored, typed = unicodedata.normalize(stored, WORDS), unicodedata.normalize(typed, WORDS)
    assert check_password(typed, make_password(stored))
    older = Argon2PasswordHasher().encode(stored, "mot-chut-muoi-cu")  # made of what the keyboard sent
    assert check_password(typed, older)
    assert not check_password(typed.lower(), make_password(stored))


def test_more_than_two_wait_for_their_turn(monkeypatch):
    now, most, gate = [], [], threading.Lock()

    def slow(self, password, salt):
        with gate:
            now.append(1)
            most.append(len(now))
        time.sleep(0.05)
        with gate:
            now.pop()
        return "x"

    monkeypatch.setattr(Argon2PasswordHasher, "encode", slow)
    hashings = [threading.Thread(target=TurnedArgon2Hasher().encode, args=("a", "b")) for _ in range(8)]
    for hashing_now in hashings:
        hashing_now.start()
    for hashing_now in hashings:
        hashing_now.join(10)
    assert (len(most), max(most)) == (8, 2)


def test_who_gets_no_turn_is_told_so_and_may_try_again(client, db, settings):
    settings.HASHING_PATIENCE = 0.05
    make_user("lan", is_staff=True)
    words = {"username": "lan", "password": "sai"}
    with hashing._a_turn(), hashing._a_turn():
        with pytest.raises(TooBusyError):
            make_password("x")
        refused = client.post(reverse("admin:login"), words)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert "mật khẩu của bạn không sai" in refused.text
    assert client.post(reverse("admin:login"), words).status_code == 200


@pytest.mark.parametrize("name", ["lan", "khong-co"])
@pytest.mark.parametrize("password", [PILED, "x" * (LONGEST + 1)])
def test_a_password_longer_than_any_is_wrong_before_it_is_hashed(client, db, settings, name, password):
    make_user("lan", is_staff=True)
    settings.HASHINGS_AT_ONCE = settings.HASHING_PATIENCE = 0
    words = {"username": name, "password": password}
    assert client.post(reverse("admin:login"), words).status_code == 200
    assert client.post(reverse("admin:login"), words | {"password": "x"}).status_code == 503


def test_the_longest_password_is_taken_composed_and_in_pieces():
    longest = "ế" * LONGEST
    assert check_password(unicodedata.normalize("NFD", longest), make_password(longest))
    assert not check_password(PILED, make_password(longest))


@pytest.mark.parametrize("typed", ["sai", WORDS, unicodedata.normalize("NFD", WORDS)])
def test_a_wrong_password_costs_one_hashing_whether_the_name_exists_or_not(client, db, monkeypatch, typed):
    make_user("lan", is_staff=True)
    hashings = []
    for act in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, act)
        monkeypatch.setattr(
            Argon2PasswordHasher, act, lambda *words, real=real: hashings.append(name) or real(*words)
        )
    for name in ("lan", "khong-co"):
        assert client.post(reverse("admin:login"), {"username": name, "password": typed}).status_code == 200
    assert hashings == ["lan", "khong-co"]


def test_a_busy_machine_is_no_wrong_password(client, db, settings, limits):
    limits(sign_in=(2, 900), sign_in_name=(2, 900))
    settings.HASHING_PATIENCE = 0
    make_user("lan", is_staff=True)
    words = {"username": "lan", "password": "sai"}
    with hashing._a_turn(), hashing._a_turn():
        assert [client.post(reverse("admin:login"), words).status_code for _ in range(4)] == [503] * 4
    assert [client.post(reverse("admin:login"), words).status_code for _ in range(3)] == [200, 200, 429]


def only_two_have_a_turn():
    with hashing._a_turn(), hashing._a_turn(), pytest.raises(TooBusyError):
        make_password("x")
    return check_password("x", make_password("x"))


def test_places_that_root_made_are_taken_by_the_service(settings, caplog):
    settings.HASHING_PATIENCE, was = 0, os.geteuid()
    with tempfile.TemporaryDirectory() as folder:
        settings.VAR_DIR = Path(folder)
        assert only_two_have_a_turn()
        settings.VAR_DIR.chmod(0o755)
        for place in settings.VAR_DIR.iterdir():
            place.chmod(0o444)
        os.seteuid(was or 65_534)  # root may write everything
        try:
            assert only_two_have_a_turn()
        finally:
            os.seteuid(was)
    assert caplog.messages == []


def test_where_no_place_can_be_opened_people_sign_in_and_it_is_told_once(settings, caplog):
    settings.HASHING_PATIENCE = 0
    for number in range(2):
        (settings.VAR_DIR / f"hashing.{number}.lock").mkdir()
    assert only_two_have_a_turn()
    assert [message for message in caplog.messages if "hashing.0.lock" in message] == caplog.messages[:1]
    assert len(caplog.messages) == 2
