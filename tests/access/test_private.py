"""What somebody who is signed in gets is kept by no cache on the way, at whatever address."""

import logging

import pytest
from django.test import Client

from foundation.pagestore import shelf
from tests.access.addresses import all_addresses, fill, query
from tests.access.world import build

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PAGE_STORE = tmp_path / "uploads", str(tmp_path / "pages")
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    yield build()
    logging.getLogger("django.request").setLevel(logging.NOTSET)
    shelf.store().close()
    shelf._store.cache_clear()


def read_all(client, world):
    for address in all_addresses():
        answer = client.get(fill(address, world, "nhap"), query(address))
        if answer.streaming:
            list(answer.streaming_content)
        yield address.name or address.pattern, answer


def is_private(answer):
    said = {word.strip() for word in answer.headers.get("Cache-Control", "").split(",")}
    if "public" in said:
        return False
    return "no-store" in said or ("private" in said and "Cookie" in answer.headers.get("Vary", ""))


def test_no_cache_on_the_way_keeps_an_answer_to_who_is_signed_in(world):
    client = Client(raise_request_exception=True)
    client.force_login(world.users["thuky"])
    answers = dict(read_all(client, world))
    assert len(answers) > 150
    assert [name for name, answer in answers.items() if not is_private(answer)] == []
    assert [name for name, answer in answers.items() if "Cache-Tag" in answer.headers] == []
    office = {n: a for n, a in answers.items() if n.startswith("admin:") and a.status_code == 200}
    assert len(office) > 40
    assert [
        name for name, answer in office.items() if "no-store" not in answer.headers["Cache-Control"]
    ] == []


def test_pages_of_readers_stay_shared(world):
    """The rule above must not cost readers what makes their pages quick."""
    stranger = Client(headers={"accept-encoding": "gzip"})
    address = world.records["articles_publishedarticle"].get_absolute_url()
    assert stranger.get(address).headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "public" in stranger.get("/static/css/site.css").headers["Cache-Control"]
    inside = Client()
    inside.force_login(world.users["ctv"])
    assert inside.get(address).headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert "public" in inside.get("/static/css/site.css").headers["Cache-Control"]
