"""The head approves exactly what was on the page: every row of it, and nothing changed since."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.roles import Role
from approvals.enums import RecordStatus
from events.models import Event
from media.presentation import thumbnail
from tests.events.test_admin import as_typed, rows
from tests.factories.departments import make_user
from tests.factories.documents import make_document
from tests.factories.events import at, make_event, make_event_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(school):
    return make_user("bientaptruong", Role.DESK_EDITOR, school, full_name="Lê Thị Biên")


@pytest.fixture
def event(school, editor):
    photos = (make_event_photo(editor, caption="Toàn cảnh hội trường", alt_text="Hội trường kín chỗ"),)
    document = make_document("12/KH-THPT", issuer=school)
    event = make_event("Lễ khai giảng", host=school, status=RecordStatus.IN_REVIEW, photos=photos)
    event.event_documents.create(document=document)
    event.programme.create(starts_at=at("10/11/2017 08:15"), title="Đánh trống", note="Hiệu trưởng")
    event.delegates.create(name="Bà Nguyễn Thị A", title="Phó Chủ tịch UBND xã")
    event.participants.create(label="Các trường trong cụm", count=3)
    return event


def change_page(event):
    return reverse("admin:events_event_change", args=[event.pk])


def press(client, event, page, step="approve"):
    """Press the button of the page that was read."""
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    return client.post(reverse("admin:events_event_step", args=[event.pk, step]), {"version": version})


def change_a_row(client, event, editor, title):
    """The editor saves the form with another title in the programme and nothing else changed."""
    client.force_login(editor)
    event.refresh_from_db()
    data = as_typed(event)
    item = event.programme.get()
    same = {"id": item.pk, "event": event.pk, "hour": "08:15", "note": item.note}
    data |= rows("programme", same | {"title": title}, initial=1)
    for part in ("delegates", "participants", "event_photos", "event_documents"):
        row = getattr(event, part).get()
        data |= rows(part, fields_of(row), initial=1)
    answer = client.post(change_page(event), data)
    assert answer.status_code == 302, answer.context["errors"]


def fields_of(row):
    return {
        field.name: value for field in row._meta.fields if (value := field.value_from_object(row)) is not None
    }


def test_the_head_sees_every_part_as_readers_will(client, event, head):
    client.force_login(head)
    page = client.get(change_page(event)).content.decode()
    for words in (
        "08:15",
        "Đánh trống",
        "Bà Nguyễn Thị A",
        "Phó Chủ tịch UBND xã",
        "Các trường trong cụm",
        "Toàn cảnh hội trường",
        'alt="Hội trường kín chỗ"',
        "12/KH-THPT",
    ):
        assert words in page
    assert "Hour" not in page
    assert "None" not in page


def test_the_head_sees_each_of_thirty_pictures_on_the_page_or_where_it_leads(client, event, editor, head):
    for number in range(30):
        photo = make_event_photo(editor, caption=f"Kho {number}", credit=f"Tác giả {number}",
                                 alt_text=f"Mô tả {number}")  # fmt: skip
        event.event_photos.create(photo=photo, caption=f"Lời {number}" if number % 2 else "", position=number)
    client.force_login(head)
    page = client.get(change_page(event)).text
    whole = reverse("admin:events_event_list_rows", args=[event.pk, "anh"])
    assert whole in page and "Tác giả 29" not in page
    listed = client.get(whole).text
    for use in event.event_photos.select_related("photo"):
        caption = use.caption or use.photo.caption
        assert f'<img src="{thumbnail(use.photo)}"' in listed
        for words in (caption, use.photo.credit, use.photo.alt_text):
            assert f">{escape(words)}</td>" in listed


def test_an_editor_still_types_in_the_rows(client, event, editor):
    client.force_login(editor)
    assert 'name="programme-0-title"' in client.get(change_page(event)).content.decode()


def test_a_row_changed_between_reading_and_pressing_refuses_the_approval(client, event, head, editor):
    client.force_login(head)
    page = client.get(change_page(event)).content.decode()
    change_a_row(client, event, editor, "Văn nghệ")
    client.force_login(head)
    refused = press(client, event, page)
    assert refused.status_code == 409
    assert "vừa thay đổi từ lúc bạn mở trang" in refused.content.decode()
    assert Event.objects.get().status == RecordStatus.IN_REVIEW
    again = client.get(change_page(event)).content.decode()
    assert "Văn nghệ" in again
    assert press(client, event, again).status_code == 302
    assert Event.objects.get().status == RecordStatus.PUBLIC
