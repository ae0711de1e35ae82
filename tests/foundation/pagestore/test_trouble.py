"""A disk that is full or an index that is broken costs speed; readers and the desk notice nothing else."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client

from foundation.pagestore import purging, shelf
from foundation.pagestore.serving import KeptPages
from tests.factories.articles import make_published, make_section

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_site")]


@pytest.fixture
def reader():
    return Client()


def break_index(store):
    store.close()
    for path in store._index.parent.glob("index.sqlite3*"):
        path.write_bytes(b"no index any more" * 400)


def test_pages_that_cannot_be_written_are_drawn_each_time(reader, kept_site, collaborator, head):
    page = make_published(collaborator, head, title="Đĩa đầy vẫn đọc được")
    kept_site.live.rmdir()
    kept_site.live.write_text("a file where the folder should be")
    for _ in range(2):
        assert "Đĩa đầy vẫn đọc được" in reader.get(page.get_absolute_url()).content.decode()


def test_a_broken_index_hinders_nobody_and_leaves_nothing_old(reader, kept_site, collaborator, head):
    section = make_section("Dạy và học", slug="day-va-hoc")
    make_published(collaborator, head, section=section, title="Bài cũ")
    where = section.get_absolute_url()
    reader.get(where)
    break_index(kept_site)
    make_published(collaborator, head, section=section, title="Bài mới")
    assert "Bài mới" in reader.get(where).content.decode()
    assert list(kept_site.live.rglob("*.gz")) == []


def test_a_broken_index_is_begun_anew_when_the_server_starts(reader, kept_site, collaborator, head):
    page = make_published(collaborator, head)
    reader.get(page.get_absolute_url())
    break_index(kept_site)
    KeptPages(get_wsgi_application())
    assert list(kept_site.live.rglob("*.gz")) == []
    reader.get(page.get_absolute_url())
    assert len(list(kept_site.live.rglob("*.gz"))) == 1


def test_two_processes_agree_on_an_index_begun_anew(kept_site, collaborator, head, reader):
    page = make_published(collaborator, head)
    worker = type(kept_site)(kept_site.live.parent, kept_site.most_bytes)
    before = worker.turn()
    kept_site.begin_anew()
    assert kept_site.turn() >= before
    reader.get(page.get_absolute_url())
    assert worker.drop([f"article:{page.pk}"]) == 1
    worker.close()
    assert shelf.store() is kept_site
    assert purging.follow() > 0  # told again what the lost index knew: harmless
