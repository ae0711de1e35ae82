"""Who hears what of events and commendation decisions: those responsible, after it is true."""

import datetime

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from approvals.engine import StepRefused, take
from awards.workflow import WORKFLOW
from departments import delegating
from departments.models import Position
from events.models import Event
from events.workflow import EVENT
from inbox.models import Notice
from inbox.posting import send_due
from tests.factories.departments import delegate, make_user
from tests.records.steps import move

pytestmark = pytest.mark.django_db


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_a_submission_is_told_to_those_whose_turn_it_is_and_nobody_else(
    draft, clerk, head, other_head, registrar
):
    record = move(draft, "submit", clerk)
    assert told("submitted") == {"truongdonvi"}
    notice = Notice.objects.get()
    assert "đến lượt quyết định của Hiệu trưởng, Trường THPT Chu Văn An" in notice.words
    assert notice.record == record
    assert notice.address.endswith(f"/{record.pk}/change/")


def test_the_mail_leaves_after_the_commit_with_one_link(draft, clerk, head, client):
    move(draft, "submit", clerk)
    assert mail.outbox == []
    assert send_due() == 1
    (letter,) = mail.outbox
    assert letter.to == ["truongdonvi@vidu.example"]
    assert letter.body.count("http") == 1
    client.force_login(head)
    opened = client.get(reverse("admin:inbox_open", args=[Notice.objects.get().pk]), follow=True)
    assert opened.status_code == 200
    assert "Ai đang giữ" in opened.content.decode()


def test_a_step_that_fails_tells_nobody(draft, clerk, head):
    with pytest.raises(RuntimeError), transaction.atomic():
        move(draft, "submit", clerk)
        raise RuntimeError
    assert not Notice.objects.exists()


def test_a_refused_step_tells_nobody(draft, clerk, head):
    record = move(draft, "submit", clerk)
    Notice.objects.all().delete()
    with pytest.raises(StepRefused):
        take(
            EVENT if isinstance(record, Event) else WORKFLOW,
            record,
            "send_back",
            actor=head,
            version=record.version,
            note="",
        )
    assert not Notice.objects.exists()


def test_what_is_sent_back_or_published_is_told_to_those_who_wrote_with_the_words(draft, clerk, head):
    typist = make_user("nhaplieu", Role.REGISTRAR, head.person.positions.get().department)
    draft.writers.add(typist)
    record = move(draft, "submit", clerk)
    record = move(record, "send_back", head)
    assert told("returned") == {"vanthu", "nhaplieu"}
    words = Notice.objects.filter(kind="returned").first().words
    assert "Trần Văn Minh (Hiệu trưởng, Trường THPT Chu Văn An) trả lại" in words
    assert "Ghi rõ giờ." in words
    move(move(record, "submit", clerk), "approve", head)
    assert told("published") == {"vanthu", "nhaplieu"}


def test_what_is_withdrawn_is_told_to_writers_and_to_the_head_unless_they_did_it(draft, clerk, head):
    record = move(move(draft, "submit", clerk), "approve", head)
    move(record, "withdraw", head)
    assert told("withdrawn") == {"vanthu"}
    assert "Ghi rõ giờ." in Notice.objects.get(kind="withdrawn").words


def test_what_the_unit_above_withdraws_is_told_to_the_head_too(draft, clerk, head, deputy, director):
    record = move(move(draft, "submit", clerk), "approve", head)
    move(record, "withdraw", director)
    assert told("withdrawn") == {"vanthu", "truongdonvi"}


def test_a_delegate_is_told_in_which_capacity(draft, clerk, head, collaborator):
    today = timezone.localdate()
    delegate(delegating.own_headships(head).get(), collaborator.person, today, today)
    assert "sự kiện, quyết định khen thưởng" in Notice.objects.get(kind="delegated").words
    move(draft, "submit", clerk)
    assert told("submitted") == {"ctv", "truongdonvi"}
    words = Notice.objects.get(kind="submitted", recipient=collaborator).words
    assert "theo ủy quyền của Trần Văn Minh" in words


def test_who_has_left_the_unit_meanwhile_gets_no_mail(draft, clerk, head):
    move(draft, "submit", clerk)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Position.objects.filter(person__user=head).update(valid_until=yesterday)
    assert send_due() == 0
    assert mail.outbox == []


# --- the desk -------------------------------------------------------------------------------------------


def test_the_desk_lists_what_waits_with_capacity_and_link(client, draft, clerk, head, other_head):
    record = move(draft, "submit", clerk)
    client.force_login(head)
    page = client.get("/admin/cho-duyet/").content.decode()
    assert "Sự kiện và quyết định chờ bạn" in page
    assert "với tư cách Hiệu trưởng, Trường THPT Chu Văn An" in page
    assert Notice.objects.get().address in page
    rooms = client.get("/admin/password_change/").context["office"].rooms
    assert next(room["waiting"] for room in rooms if room["label"] == "Chờ duyệt") == 1
    client.force_login(other_head)
    elsewhere = client.get("/admin/cho-duyet/").content.decode()
    assert "Sự kiện và quyết định chờ bạn" not in elsewhere
    assert str(record) not in elsewhere
