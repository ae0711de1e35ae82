"""Units hear when plans change: those that take part, today's people of them, nobody else."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from accounts.roles import Role
from approvals.engine import take
from departments.models import Position
from events.enums import Occurrence
from events.workflow import EVENT
from inbox.models import Notice
from inbox.posting import send_due
from tests.events.test_admin import as_typed, change_url, rows
from tests.factories.departments import make_user
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(province, school, head, collaborator, other_head):
    event = make_event("Ngày hội STEM", host=province)
    event.participants.create(label="Trường THPT Chu Văn An", department=school)
    return event


def save(client, editor, event, **changes):
    client.force_login(editor)
    row = event.participants.get()
    same = {"id": row.pk, "event": event.pk, "label": row.label, "department": row.department_id}
    same |= {"count_qualifier": "", "position": 0}
    data = as_typed(event, **changes) | rows("participants", same, initial=1)
    answer = client.post(change_url(event), data)
    assert answer.status_code == 302, answer.context["errors"]


def told(kind="event_changed"):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


@pytest.mark.parametrize(
    ("occurrence", "heading"),
    [
        (Occurrence.CANCELLED, "Sự kiện đã hủy"),
        (Occurrence.POSTPONED, "Sự kiện tạm hoãn"),
        (Occurrence.RESCHEDULED, "Sự kiện đã dời lịch"),
    ],
)
def test_the_units_that_take_part_hear_why_at_once(client, event, desk_editor, occurrence, heading):
    save(client, desk_editor, event, occurrence=occurrence, occurrence_note="Mưa lũ")
    assert told() == {"truongdonvi", "ctv"}
    notice = Notice.objects.first()
    assert (notice.heading, notice.about, notice.address) == (
        heading,
        "Ngày hội STEM",
        event.get_absolute_url(),
    )
    assert "Mưa lũ." in notice.words
    assert "vì Trường THPT Chu Văn An tham dự" in notice.words
    assert send_due() == 2
    assert mail.outbox[0].body.count("http") == 1


def test_another_hour_is_news_and_another_word_is_not(client, event, desk_editor):
    save(client, desk_editor, event, attendance="90")
    assert told() == set()
    event.refresh_from_db()
    save(client, desk_editor, event, starts_at_1="13:30")
    assert told() == {"truongdonvi", "ctv"}
    assert "13:30" in Notice.objects.first().words


def test_a_host_hears_what_the_desk_changed_and_co_hosts_too(
    client, province, school, other_school, desk_editor
):
    make_user("sep", Role.HEAD, province)
    make_user("ban", Role.HEAD, other_school)
    event = make_event(host=province)
    event.co_hosts.add(other_school)
    client.force_login(desk_editor)
    data = as_typed(event, place_name="Nhà văn hóa", co_hosts=[other_school.pk])
    assert client.post(change_url(event), data).status_code == 302
    assert told() == {"sep", "ban"}
    assert "phối hợp tổ chức" in Notice.objects.get(recipient__username="ban").words


def test_what_is_not_public_is_told_to_nobody(client, event, desk_editor):
    type(event).objects.filter(pk=event.pk).update(status="drafting")
    event.refresh_from_db()
    save(client, desk_editor, event, starts_at_1="13:30")
    assert not Notice.objects.exists()


def test_who_has_left_the_unit_gets_no_mail_about_it(client, event, desk_editor, collaborator):
    save(client, desk_editor, event, starts_at_1="13:30")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Position.objects.filter(person__user=collaborator).update(valid_until=yesterday)
    assert send_due() == 1
    assert mail.outbox[0].to == ["truongdonvi@vidu.example"]


def test_an_event_taken_down_is_told_to_its_units(event, managing_editor):
    take(EVENT, event, "withdraw", actor=managing_editor, version=event.version, note="Nhầm ngày")
    assert told("event_withdrawn") == {"truongdonvi", "ctv"}
    assert "Nhầm ngày" in Notice.objects.filter(kind="event_withdrawn").first().words
