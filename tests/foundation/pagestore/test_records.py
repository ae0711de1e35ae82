"""What is said of an event, a commendation or a document reaches readers at once, kept pages too."""

import datetime
import re
import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from approvals.engine import take
from approvals.enums import RecordStatus
from awards.workflow import WORKFLOW
from documents.workflow import DOCUMENT
from events.enums import Occurrence
from foundation.pagestore.announcing import announce
from tests.documents.test_admin import typed as document_typed
from tests.events.test_admin import as_typed, change_url, rows
from tests.factories.articles import approve, make_draft, submit
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_school_year, make_user
from tests.factories.documents import make_document
from tests.factories.events import make_event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_site")]
READER = Client()


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    cache.clear()


def read(address):
    answer = READER.get(address)
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode().replace("\r\n ", "")


def soon(days=10):
    return timezone.now() + datetime.timedelta(days=days)


@pytest.fixture
def event(province, school, collaborator, head):
    event = make_event("Ngày hội STEM", host=province, starts_at=soon(), place_name="Hội trường")
    event.participants.create(label="Trường THPT Chu Văn An", department=school)
    announce(event)
    approve(submit(make_draft(collaborator, title="Đón ngày hội", event=event), collaborator), head)
    return event


def save(editor, event, **changes):
    staff = Client()
    staff.force_login(editor)
    event.refresh_from_db()
    row = event.participants.get()
    same = {"id": row.pk, "event": event.pk, "label": row.label, "department": row.department_id}
    same |= {"count_qualifier": "", "position": 0}
    note = {"occurrence_note": event.occurrence_note, "occurrence": event.occurrence}
    data = as_typed(event) | note | rows("participants", same, initial=1) | changes
    answer = staff.post(change_url(event), data)
    assert answer.status_code == 302, answer.context["errors"]


def everywhere(event):
    """Each place at which readers meet the event, read and so kept."""
    story = event.published_articles.get()
    own = event.get_absolute_url()
    return {
        "event": read(own),
        "list": read("/su-kien/"),
        "home": read("/"),
        "story": read(story.get_absolute_url()),
        "file": read(f"{own}lich.ics"),
        "subscription": read("/su-kien/lich.ics"),
        "api": read("/api/v1/events"),
        "unit api": read(f"/api/v1/units/{event.host.slug}/events"),
        "search": read("/tim-kiem/?q=Ngày hội STEM"),
        "sitemap": read(reverse("articles:sitemap_shard", args=["su-kien", 0])),
        "unit": read(event.participants.get().department.get_absolute_url()),
    }


SAID = {
    Occurrence.CANCELLED: ("Đã hủy", "EventCancelled", "CANCELLED", '"cancelled"'),
    Occurrence.POSTPONED: ("Tạm hoãn", "EventPostponed", "TENTATIVE", '"postponed"'),
    Occurrence.RESCHEDULED: ("Đã dời lịch", "EventRescheduled", "CONFIRMED", '"rescheduled"'),
}


@pytest.mark.parametrize("occurrence", SAID)
def test_a_changed_plan_is_obeyed_everywhere_at_once(
    event, desk_editor, occurrence, django_assert_num_queries
):
    badge, machine, status, state = SAID[occurrence]
    before = everywhere(event)
    with django_assert_num_queries(0):  # kept pages, all of them
        for page in (event.get_absolute_url(), "/", "/su-kien/", "/su-kien/lich.ics", "/api/v1/events"):
            read(page)
    assert all(badge.lower() not in page.lower() for page in before.values())
    assert "SEQUENCE:0" in before["file"] and "SEQUENCE:0" in before["subscription"]
    time.sleep(1)  # a sitemap tells the time to the second
    save(desk_editor, event, occurrence=occurrence, occurrence_note="Mưa lũ kéo dài")
    after = everywhere(event)
    for place in ("event", "list", "story"):
        assert badge in after[place], place
    # What will not take place is nothing to look forward to.
    takes_place = occurrence == Occurrence.RESCHEDULED
    titles = [event.title in places["home"].replace("\xa0", " ") for places in (before, after)]
    assert titles == [True, takes_place]
    assert (badge in after["home"]) is takes_place
    assert "Mưa lũ kéo dài" in after["event"]
    assert "Mưa lũ kéo dài" in after["story"]
    assert f"https://schema.org/{machine}" in after["event"]
    for place in ("file", "subscription"):
        assert f"STATUS:{status}" in after[place], place
        assert "SEQUENCE:1" in after[place], place
    for place in ("api", "unit api"):
        assert state in after[place], place
        assert "Mưa lũ kéo dài" in after[place], place
    assert f"sự kiện, {badge.lower()}" in after["search"].lower()
    assert lastmod(after["sitemap"], event) > lastmod(before["sitemap"], event)


def lastmod(sitemap, event):
    return re.search(rf"{event.get_absolute_url()}</loc><lastmod>([^<]+)", sitemap)[1]


def test_another_hour_and_another_row_reach_every_page_and_calendar(event, desk_editor):
    everywhere(event)
    save(desk_editor, event, starts_at_1="06:15")
    after = everywhere(event)
    for place in ("event", "list", "home"):
        assert "06:15" in after[place], place
    assert re.search(r"DTSTART;TZID=Asia/Ho_Chi_Minh:\d{8}T061500", after["subscription"])
    assert "SEQUENCE:1" in after["file"]
    save(desk_editor, event, **rows("programme", {"hour": "07:00", "title": "Thi rô-bốt"}))
    after = everywhere(event)
    assert "Thi rô-bốt" in after["event"]
    assert "SEQUENCE:2" in after["file"] and "SEQUENCE:2" in after["subscription"]
    stamps = (
        re.search(r"DTSTAMP:(\S+)", after["file"])[1],
        re.search(r"LAST-MODIFIED:(\S+)", after["file"])[1],
    )
    event.refresh_from_db()
    assert set(stamps) == {f"{event.changed_at:%Y%m%dT%H%M%SZ}"}


def test_an_event_that_is_cancelled_no_longer_counts_as_taken_part_in(event, desk_editor):
    today = timezone.localdate()
    make_school_year(today.year if today.month >= 9 else today.year - 1)
    before = everywhere(event)["unit"]
    save(desk_editor, event, occurrence=Occurrence.CANCELLED, occurrence_note="Mưa lũ")
    assert before != everywhere(event)["unit"]


def test_a_record_that_becomes_public_again_comes_back_to_its_story(
    province, collaborator, head, registrar, desk_editor
):
    decision = make_decision(issuer=province)
    make_commendation(decision, "Trần Đức Mạnh")
    draft = make_draft(collaborator, title="Trao giấy khen", commendation_decision=decision)
    approve(submit(draft, collaborator), head)
    page = decision.published_articles.get().get_absolute_url()
    assert "Trần Đức Mạnh" in read(page)
    decision = take(WORKFLOW, decision, "withdraw", actor=registrar, version=1, note="Sai số")
    assert "Trần Đức Mạnh" not in read(page)
    decision = take(WORKFLOW, decision, "submit", actor=registrar, version=decision.version)
    boss = head_of(province)
    take(WORKFLOW, decision, "publish", actor=boss, version=decision.version)
    assert "Trần Đức Mạnh" in read(page)


def head_of(unit):
    return make_user("giamdoc", "head", unit)


def test_a_replacement_shows_on_both_documents_and_lists_at_once(province, registrar):
    old = make_document("1/KH-SGDĐT", issuer=province, issued_on=datetime.date(2025, 1, 1))
    middle = make_document("2/KH-SGDĐT", issuer=province, issued_on=datetime.date(2025, 2, 1))
    last = make_document(
        "3/KH-SGDĐT",
        issuer=province,
        issued_on=datetime.date(2025, 3, 1),
        status=RecordStatus.DRAFTING,
        gist="Kế hoạch mới.",
    )
    event = make_event(host=province, documents=(middle,))
    pages = [old.get_absolute_url(), middle.get_absolute_url(), "/van-ban/", "/", event.get_absolute_url()]
    for page in pages:
        assert "thay bằng" not in read(page).lower()
    staff = Client()
    staff.force_login(registrar)
    for document, newer in ((old, middle), (middle, last)):
        data = document_typed(province, number=document.number, summary=document.summary)
        data |= {"issued_on": f"{document.issued_on:%d/%m/%Y}", "replaced_by": newer.pk, "ending": "replaced"}
        data |= {"seen_version": 1, "kind": document.kind, "gist": "Nội dung."}
        address = reverse("admin:documents_officialdocument_change", args=[document.pk])
        answer = staff.post(address, data)
        assert answer.status_code == 302, answer.context["errors"]
    assert "Thay bằng" in read(pages[0])
    assert "1/KH-SGDĐT" in read(pages[1])
    assert "3/KH-SGDĐT" not in read(pages[0]) + read(pages[1])  # a draft is not spoken of
    take(DOCUMENT, last, "publish", actor=registrar, version=1)
    assert "rồi" in read(pages[0]) and "3/KH-SGDĐT" in read(pages[0])
    assert "3/KH-SGDĐT" in read(pages[1])
    for page in pages[2:]:
        assert "Đã thay bằng 3" in read(page), page
    assert "đã thay bằng 3" in read("/tim-kiem/?q=2/KH-SGDĐT")
    assert "Thay cho" in read(last.get_absolute_url()) and "2/KH-SGDĐT" in read(last.get_absolute_url())
