"""A long list of the office is counted as far as it is turned, and says that there is more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Tag
from foundation.inserting.rows import insert_all
from foundation.paging import capped
from foundation.paging.capped import CappedPaginator
from tests.factories.events import make_event

EVENTS = "/admin/events/event/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(capped, "MOST", 5)


@pytest.mark.parametrize(("rows", "count", "is_capped"), [(0, 0, False), (5, 5, False), (6, 5, True)])
def test_no_more_than_the_most_is_counted(few, rows, count, is_capped):
    insert_all(Tag(name=f"thẻ {n}", slug=f"the-{n}") for n in range(rows))
    with CaptureQueriesContext(connection) as asked:
        pages = CappedPaginator(Tag.objects.all(), 2)
        assert (pages.count, pages.is_capped, pages.num_pages) == (count, is_capped, -(-max(count, 1) // 2))
    assert len(asked) == 1
    assert "LIMIT 6" in asked[0]["sql"]


def test_the_list_of_events_says_that_there_is_more(few, client, desk_editor):
    for number in range(5):
        make_event(f"Việc {number}")
    client.force_login(desk_editor)
    assert "5 sự kiện" in (page := client.get(EVENTS).content.decode())
    assert "Hơn" not in page
    make_event("Việc cuối")
    assert "Hơn 5 sự kiện; hãy tìm hoặc lọc" in client.get(EVENTS).content.decode()
    assert "<b>Hơn 5</b> kết quả" in client.get(EVENTS, {"q": "viec"}).content.decode()
