"""What pages ask of the database: the same with one and with thirty of everything, and little of it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.models import OfficialDocument
from foundation.pagestore.parts import _parts
from frontpage.enums import Slot
from frontpage.models import Placement
from tests.factories.articles import make_published, make_section
from tests.factories.awards import make_collective, make_commendation, make_decision
from tests.factories.documents import make_document
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
# An address with a word the page does not know is drawn and not kept: every reading is a drawing.
DRAWN = "?chua-luu=1"
# Address: queries when a story has just been published; queries of a process that knows nothing yet.
COSTS = {
    # One asks for an address of the old site, because of the parameter; once: whose site it is, its alerts,
    # the names of units.
    "/": (3, 13),
    "/tin/": (1, 2),
    "/tin-tieu-diem/": (1, 1),  # its months are those of all stories
    "/chuyen-muc/day-va-hoc/": (1, 2),
    "/the/thi-dua/": (1, 2),
    "/khen-thuong/": (0, 7),
    "/khen-thuong/xac-minh/": (0, 0),
    "/su-kien/": (0, 3),
    "/van-ban/": (0, 2),
    "/don-vi/": (0, 1),
    "/don-vi/truong-thpt-chu-van-an/": (2, 9),
    "/don-vi/truong-thpt-chu-van-an/tin/": (1, 3),
    "/dinh-chinh/": (1, 1),
    "story": (1, 4),
    "event": (0, 13),
    "decision": (0, 5),
    "document": (0, 6),
    "/rss.xml": (1, 2),
    "/atom.xml": (1, 1),
    "/feed.json": (1, 1),
    "/chuyen-muc/day-va-hoc/rss.xml": (1, 2),
    "/don-vi/truong-thpt-chu-van-an/rss.xml": (1, 4),
    "/van-ban/rss.xml": (1, 1),
    "/su-kien/lich.ics": (1, 1),
    "/sitemap.xml": (1, 1),
    "/sitemap-trang.xml": (2, 2),
    "/sitemap-tin-moi.xml": (1, 1),
    "/sitemap-bai-viet-0.xml": (1, 1),
    "/sitemap-su-kien-0.xml": (1, 1),
    "/sitemap-khen-thuong-0.xml": (1, 1),
    "/sitemap-van-ban-0.xml": (1, 1),
}


@pytest.fixture
def publish(collaborator, head):
    section = make_section("Dạy và học", slug="day-va-hoc", on_front_page=True)

    def make(count=1):
        for _ in range(count):
            decision = make_decision()
            make_commendation(decision)
            make_collective(decision)
            event = make_event()
            make_document()
            words = {"section": section, "tags": ["Thi đua"], "event": event}
            page = make_published(collaborator, head, commendation_decision=decision, **words)
            Placement.objects.create(article=page, slot=Slot.FOCUS, starts_at=timezone.now())
        return page

    return make


def cost(client, address):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address + DRAWN)
    assert answer.status_code == 200
    return len(asked)


def test_drawing_a_page_costs_the_same_with_one_and_with_thirty(client, kept_site, publish):
    page, seen = publish(), []
    named = {
        "story": page,
        "event": page.event,
        "decision": page.commendation_decision,
        "document": OfficialDocument.objects.get(),
    }
    for count in (1, 29):
        if count > 1:
            publish(count)
        _parts.clear()
        cache.clear()
        addresses = {name: named[name].get_absolute_url() if name in named else name for name in COSTS}
        cold = {name: cost(client, address) for name, address in addresses.items()}
        kept_site.drop(["stories", f"section:{page.section_id}"])
        warm = {name: cost(client, address) for name, address in addresses.items()}
        seen.append((warm, cold))
    assert seen[0] == seen[1]
    warm, cold = seen[1]
    found = {name: (warm[name], cold[name]) for name in COSTS}
    assert found == COSTS


def test_a_story_read_again_costs_one_query(client, kept_site, publish):
    page = publish()
    assert "Giấy khen trong bài" in client.get(page.get_absolute_url() + DRAWN).content.decode()
    assert cost(client, page.get_absolute_url()) == 1
