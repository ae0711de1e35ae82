"""Every address of the project is asked by a head who has given the password alone: none answers content."""

import logging
import re

import pytest
from django.db import transaction
from django.test import Client

from tests.access.addresses import all_addresses, fill, post_data, query, states_of
from tests.access.test_table import DOOR
from tests.access.world import build
from tests.signing_in import half_sign_in, make_app

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# Each of these decides itself whom it answers (tests/second_factor/test_door.py).
OF_THE_DOOR = DOOR | {"admin:login", "admin:logout"}
OF_THE_MOMENT = {"metrics", "readyz"}  # counts each asking; asks how long the worker has been silent


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    yield build()
    logging.getLogger("django.request").setLevel(logging.NOTSET)


@pytest.mark.parametrize("has_device", [False, True])
def test_at_the_door_everybody_is_a_stranger(world, has_device):
    head = world.users["truong"]
    if has_device:
        make_app(head)
    at_door, stranger = Client(raise_request_exception=True), Client(raise_request_exception=True)
    half_sign_in(at_door, head)
    asked = 0
    for address in all_addresses():
        if address.name in OF_THE_DOOR | OF_THE_MOMENT:
            continue
        for method in ("GET",) if has_device else ("GET", "POST"):
            said = [answer_of(client, address, method, world) for client in (at_door, stranger)]
            assert said[0] == said[1], f"{method} {address.pattern}"
            asked += 1
    assert asked > 150


def answer_of(client, address, method, world):
    """Status, place led to, and text without what differs for everybody: tokens, nonces."""
    state = states_of(address)[0]
    path = fill(address, world, state)
    cookies = client.cookies.copy()
    with transaction.atomic():
        sent = post_data(address, world, state) if method == "POST" else query(address)
        answer = client.post(path, sent) if method == "POST" else client.get(path, sent)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies
    text = re.sub(r'(nonce|value)="[^"]{20,}"', "", body.decode("utf-8", "replace"))
    return answer.status_code, answer.headers.get("Location"), text


def test_a_planted_door_is_noticed(world):
    """The same head, inside, gets at these addresses what nobody at the door gets."""
    inside, stranger = Client(), Client()
    inside.force_login(world.users["truong"])
    found = {address.name: address for address in all_addresses()}
    for name in ("admin:review_desk", "admin:articles_article_session", "admin:inbox", "media:photo_file"):
        address = found[name]
        assert answer_of(inside, address, "GET", world) != answer_of(stranger, address, "GET", world), name
