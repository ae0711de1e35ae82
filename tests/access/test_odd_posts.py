"""Whatever is sent to a writing address, the answer is words or a refusal, and it comes soon.

A sample of addresses, people and oddities is tried, always the same one; ODD_POSTS=2 tries another,
ODD_POSTS=all tries everything (an hour).
"""

import logging
import os
import random

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.access.addresses import Address, all_addresses, fill, post_data, query, states_of
from tests.access.odd_posts import Form, as_words, forms_of, send, variants
from tests.access.world import PEOPLE, World, build

pytestmark = pytest.mark.django_db
ASKED = os.environ.get("ODD_POSTS", "1")
WRITERS = ("ctv", "truong", "thuky", "thidua", "quantri")
SAMPLE, WAYS = 22, 7  # addresses a person, ways to send each form
REFUSED = (403, 404, 405)


@pytest.mark.filterwarnings("ignore")  # of Django, about letters that no form declares
@pytest.mark.parametrize("person", PEOPLE if ASKED == "all" else WRITERS)
def test_no_form_fails_or_dawdles(person, settings, tmp_path):
    if connection.vendor != "sqlite" and ASKED == "1":
        pytest.skip(
            "the same on every database, but for what tests of the rooms hold (ODD_POSTS=2 tries here)"
        )
    settings.MEDIA_ROOT = tmp_path
    logging.disable(logging.CRITICAL)
    try:
        assert [str(answer) for answer in _answers(person, build()) if answer.is_fault] == []
    finally:
        logging.disable(logging.NOTSET)


def _answers(person: str, world: World):
    client = Client(raise_request_exception=False)
    if person in world.users:
        client.force_login(world.users[person])
    chance = None if ASKED == "all" else random.Random(f"{ASKED} {person}")  # noqa: S311 (a sample)
    addresses = [one for one in all_addresses() if one.pattern.startswith("admin/") or person == "khach"]
    seen: set[tuple] = set()
    for address in chance.sample(addresses, SAMPLE) if chance else addresses:
        for form in _forms(client, address, world, chance):
            plain = send(client, form, ("plain", *as_words(form.pairs)))
            if form.kind in seen or plain.status in REFUSED:
                continue
            seen.add(form.kind)
            yield plain
            yield from (send(client, form, sent) for sent in variants(form, chance, WAYS))


def _forms(client: Client, address: Address, world: World, chance: random.Random | None):
    """The forms that an address shows, and itself as a form."""
    states = states_of(address)
    for state in [chance.choice(states)] if chance else states:
        path = fill(address, world, state)
        with transaction.atomic():
            page = client.get(path, query(address))
            is_page = not page.streaming and page.headers.get("Content-Type", "").startswith("text/html")
            found = list(forms_of(path, page.text)) if is_page else list(page) and []
            transaction.set_rollback(True)
        cache.clear()
        yield from found
        data = post_data(address, world, state)
        pairs = (
            (name, str(one))
            for name, some in data.items()
            for one in (some if isinstance(some, list) else [some])
        )
        yield Form(path, tuple(pairs), ("file",))
