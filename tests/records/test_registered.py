"""Who hears what of events, commendation decisions and documents: those responsible, after it is true."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from approvals.engine import StepRefused, take
from approvals.enums import RecordStatus
from awards.workflow import WORKFLOW
from awards.workflow import remind as remind_decisions
from departments import delegating
from departments.models import Position
from documents.workflow import DOCUMENT
from events.models import Event
from events.workflow import EVENT
from events.workflow import remind as remind_events
from inbox.models import Notice
from inbox.posting import send_due
from newsroom.turns import DUTIES
from tests.documents.test_admin import typed
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_position, make_user
from tests.factories.documents import make_document
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["event", "decision"])
def draft(request, school):
    if request.param == "event":
        return make_event("Lễ khai giảng", host=school, status=RecordStatus.DRAFTING)
    decision = make_decision(issuer=school, status=RecordStatus.DRAFTING)
    make_commendation(decision)
    return decision


@pytest.fixture
def clerk(school):
    user = make_user("vanthu", Role.REGISTRAR, school, full_name="Vũ Thị Thư")
    make_position(user.person, school, Role.DESK_EDITOR)
    return user


def move(record, step, by, note="Ghi rõ giờ."):
    workflow = EVENT if isinstance(record, Event) else WORKFLOW
    name = "publish" if step == "approve" and workflow is WORKFLOW else step
    return take(workflow, record, name, actor=by, version=record.version, note=note)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def remind():
    return remind_events() + remind_decisions()


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


def test_a_delegate_is_told_in_which_capacity(draft, clerk, head, collaborator):
    today = timezone.localdate()
    delegating.delegate(delegating.own_headships(head).get(), collaborator.person, today, today)
    assert "sự kiện, quyết định khen thưởng" in Notice.objects.get(kind="delegated").words
    move(draft, "submit", clerk)
    assert told("submitted") == {"ctv", "truongdonvi"}
    words = Notice.objects.get(kind="submitted", recipient=collaborator).words
    assert "theo ủy quyền của Trần Văn Minh" in words


def test_nothing_is_reminded_in_time_and_everything_once_when_late(draft, clerk, head, settings):
    school = head.person.positions.get().department
    make_user("pho", Role.DEPUTY, school)
    move(draft, "submit", clerk)
    assert remind() == 0
    settings.REPLY_HOURS = settings.GRACE_HOURS = 0
    assert remind() == 2
    assert (told("reminded"), told("turn")) == ({"truongdonvi"}, {"pho"})
    assert remind() == 0
    draft.refresh_from_db()
    assert draft.status == RecordStatus.IN_REVIEW


def test_the_worker_reminds():
    assert {remind_events, remind_decisions} <= {duty.run for duty in DUTIES}


def test_who_has_left_the_unit_meanwhile_gets_no_mail(draft, clerk, head):
    move(draft, "submit", clerk)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Position.objects.filter(person__user=head).update(valid_until=yesterday)
    assert send_due() == 0
    assert mail.outbox == []


# --- documents ------------------------------------------------------------------------------------------


def step(document, name, by):
    return take(DOCUMENT, document, name, actor=by, version=document.version, note="Nhầm số.")


def test_the_head_of_the_issuer_hears_of_a_document_published_replaced_and_withdrawn(school, clerk, head):
    draft = make_document(issuer=school, status=RecordStatus.DRAFTING, gist="Quy định rõ.")
    old = step(draft, "publish", clerk)
    assert told("published") == {"truongdonvi"}
    newer = make_document(issuer=school, status=RecordStatus.DRAFTING, gist="Quy định rõ.")
    type(old).objects.filter(pk=old.pk).update(replaced_by=newer)
    step(newer, "publish", clerk)
    notice = Notice.objects.get(kind="replaced")
    assert (notice.record, newer.number in notice.words) == (old, True)
    old.refresh_from_db()
    step(old, "withdraw", clerk)
    assert told("withdrawn") == {"truongdonvi"}
    assert ContentType.objects.get_for_model(old).pk == notice.content_type_id


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


def test_a_replacement_typed_in_the_form_is_told_to_the_head_of_the_older_ones_issuer(
    client, school, clerk, head
):
    old = make_document("1/KH-THPT", issuer=school, gist="Cũ.")
    newer = make_document("2/KH-THPT", issuer=school, issued_on=timezone.localdate())
    data = typed(
        school, number="1/KH-THPT", replaced_by=newer.pk, ending="repealed", seen_version=1, gist="Cũ."
    )
    client.force_login(clerk)
    answer = client.post(reverse("admin:documents_officialdocument_change", args=[old.pk]), data)
    assert answer.status_code == 302, answer.context["errors"]
    notice = Notice.objects.get(kind="replaced")
    assert (notice.recipient, notice.record) == (head, old)
    assert "2/KH-THPT (Trường THPT Chu Văn An) bãi bỏ văn bản này" in notice.words
