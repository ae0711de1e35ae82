"""The outbox: nothing told is lost or goes out twice (two workers: tests.races), nothing leaks."""

import datetime
import re
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from accounts.models import FormOfAddress
from accounts.roles import Role
from approvals.engine import StepRefused
from articles.models import Article
from departments import delegating
from inbox.models import Delivery, MailChoice, Notice
from inbox.posting import MOST_ATTEMPTS, send_due, to_send
from inbox.telling import next_digest, tell
from newsroom.turns import DUTIES
from tests.factories.articles import approve, make_draft, send_back, submit
from tests.factories.departments import delegate, make_user

HOUR = datetime.timedelta(hours=1)


class Away(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("không có máy chủ thư")


class Counting(Away):
    asked = 0

    def send_messages(self, messages):
        Counting.asked += 1
        return super().send_messages(messages)


class Picky(BaseEmailBackend):
    """A mail server that knows no “hong”."""

    def send_messages(self, messages):
        if messages[0].to[0].startswith("hong"):
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})
        return 1


@pytest.fixture
def server_down(settings):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Away"}}
    return lambda: setattr(
        settings, "MAILERS", {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    )


@pytest.fixture
def told(db):
    user = make_user("lan", full_name="Nguyễn Thị Lan", form_of_address=FormOfAddress.TEACHER_F)
    tell([user], "test", "Bài chờ duyệt", about="Chào cờ", address="/admin/", words="Vì đến lượt cô.")
    return user


def free():
    """Let the pause after a failure be over."""
    Notice.objects.filter(mail_at__isnull=False).update(mail_at=timezone.now() - HOUR)


# --- what a mail says ---


def test_a_mail_greets_says_why_and_has_one_link(told):
    assert send_due() == 1
    message = mail.outbox[0]
    assert message.to == ["lan@vidu.example"]
    assert message.subject == "[Phòng biên tập] Bài chờ duyệt: Chào cờ"
    assert message.body.startswith("Kính gửi cô Lan,")
    assert "Vì đến lượt cô." in message.body
    notice = Notice.objects.get()
    for text in (message.body, message.alternatives[0].content):
        links = set(re.findall(r"https?://[^\s\"<]+", text))
        assert links == {f"http://127.0.0.1:8000/admin/hop-thu/{notice.pk}/"}


def test_a_friend_is_greeted_as_one(db):
    tell([make_user("phu", full_name="Y Phu Êban")], "test", "Việc", about="x", address="/admin/")
    send_due()
    assert mail.outbox[0].body.startswith("Chào bạn Phu,")


def test_words_of_people_stay_words(db):
    tell([make_user()], "test", "Việc", about="<b>Tít</b>\nBcc: x@y.z", address="/admin/", words="<i>&</i>")
    send_due()
    message = mail.outbox[0]
    assert "\n" not in message.subject
    assert "<b>Tít</b>" in message.body
    assert "&lt;b&gt;Tít&lt;/b&gt;" in message.alternatives[0].content
    assert message.message()["Bcc"] is None


# --- nothing is lost ---


def test_a_step_that_is_refused_tells_nobody(collaborator, head):
    story = submit(make_draft(collaborator), collaborator)
    before = Notice.objects.count()
    with pytest.raises(StepRefused):
        approve(story, head, sha256="0" * 64)
    with pytest.raises(RuntimeError), transaction.atomic():
        approve(story, head)
        raise RuntimeError
    assert Notice.objects.count() == before
    assert Article.objects.get().status == "in_review"


def test_while_the_server_is_down_mail_waits_longer_each_time_and_goes_later(told, server_down):
    pauses = []
    for _ in range(3):
        assert send_due() == 0
        notice = Notice.objects.get()
        pauses.append(notice.mail_at - timezone.now())
        assert "ConnectionRefusedError" in notice.error
        free()
    assert pauses == sorted(pauses)
    assert mail.outbox == []
    server_down()
    assert send_due() == 1
    assert send_due() == 0
    assert len(mail.outbox) == 1


def test_a_server_that_is_away_is_asked_once_a_turn(db, settings):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Counting"}}
    Counting.asked = 0
    tell([make_user(f"nguoi-{n}") for n in range(9)], "test", "Việc", about="x", address="/admin/")
    assert send_due() == 0
    assert Counting.asked == 1
    assert Notice.objects.filter(attempts=0, claim="", claimed_until=None).count() == 8


def test_one_refused_address_holds_up_no_other(db, settings):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Picky"}}
    tell(
        [make_user("hong"), make_user("lan"), make_user("phu")], "test", "Việc", about="x", address="/admin/"
    )
    assert send_due() == 2
    assert Notice.objects.get(mailed_at=None).recipient.username == "hong"
    assert "SMTPRecipientsRefused" in Notice.objects.get(mailed_at=None).error


def test_after_days_of_refusals_the_inbox_alone_keeps_it(told, server_down):
    Notice.objects.update(attempts=MOST_ATTEMPTS - 1)
    assert send_due() == 0
    server_down()
    free()
    assert send_due() == 0
    assert Notice.objects.get().error


def test_a_claim_of_a_dead_worker_falls_free(told):
    Notice.objects.update(claim="gone", claimed_until=timezone.now() + HOUR)
    assert send_due() == 0
    Notice.objects.update(claimed_until=timezone.now() - HOUR)
    assert send_due() == 1


def test_a_mail_sent_again_by_accident_is_known_as_the_same(told):
    send_due()
    Notice.objects.update(mailed_at=None)
    send_due()
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1


def test_the_worker_sends(told):
    next(duty for duty in DUTIES if duty.run is send_due)
    assert send_due() == 1


# --- as the person wants it ---


def test_a_daily_mail_gathers_what_is_still_unread(told):
    MailChoice.objects.create(user=told, delivery=Delivery.DAILY)
    for number in range(3):
        tell([told], "test", f"Việc {number}", about="x", address="/admin/")
    Notice.objects.filter(heading="Việc 1").update(read_at=timezone.now())
    assert send_due() == 1  # what was told before the choice
    assert Notice.objects.get(heading="Việc 0").mail_at == next_digest()
    free()
    assert send_due() == 1
    body = mail.outbox[1].body
    assert "Việc 0" in body
    assert "Việc 2" in body
    assert "Việc 1" not in body
    assert re.findall(r"https?://\S+", body) == ["http://127.0.0.1:8000/admin/hop-thu/"]


def test_what_is_told_is_due_in_the_same_moment(told):
    for number in range(60):
        tell([told], "test", f"Ngay {number}", about="x", address="/admin/")
        assert Notice.objects.filter(to_send(), heading=f"Ngay {number}").exists(), number


def test_what_is_urgent_does_not_wait_for_the_morning(told):
    MailChoice.objects.create(user=told, delivery=Delivery.DAILY)
    tell([told], "test", "Gấp", about="x", address="/admin/", urgent=True)
    send_due()
    assert any("Gấp" in message.subject for message in mail.outbox)


def test_no_mail_for_who_wants_none_has_no_address_or_no_account_in_use(db):
    wants_none, nowhere, gone = make_user(), make_user(email=""), make_user(is_active=False)
    MailChoice.objects.create(user=wants_none, delivery=Delivery.NEVER)
    assert tell([wants_none, nowhere, gone], "test", "Việc", about="x", address="/admin/") == 2
    assert send_due() == 0
    assert Notice.objects.count() == 2


def test_no_mail_for_an_account_closed_after_it_was_told(told):
    told.is_active = False
    told.save()
    assert send_due() == 0
    assert mail.outbox == []
    assert Notice.objects.get().mail_at is None


def test_the_same_is_told_once(told):
    for _ in range(2):
        tell([told], "test", "Một lần", about="x", address="/admin/", once="k")
    assert Notice.objects.filter(heading="Một lần").count() == 1


# --- nothing leaks ---


def test_a_mail_about_a_story_does_not_go_to_who_has_left_the_unit(collaborator, head, school):
    send_back(submit(make_draft(collaborator, title="Chuyện riêng"), collaborator), head)
    assert Notice.objects.filter(recipient=collaborator, kind="returned").exists()
    collaborator.person.positions.all().delete()
    Notice.objects.exclude(recipient=collaborator).delete()
    assert send_due() == 0
    assert mail.outbox == []


# --- who is told ---


def kinds_of(user):
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


BYSTANDERS = ["second_head", "other_head", "other_collaborator", "desk_editor", "auditor"]


def test_each_step_is_told_to_those_it_is_for_and_nobody_else(request, collaborator, head):
    bystanders = [request.getfixturevalue(name) for name in BYSTANDERS]
    story = submit(make_draft(collaborator, title="Chào cờ"), collaborator)
    assert kinds_of(head) == ["submitted"]
    story = send_back(story, head, note="Thiếu tên người chụp.")
    words = Notice.objects.get(kind="returned")
    assert words.recipient == collaborator
    assert "Thiếu tên người chụp." in words.words
    assert "Hiệu trưởng, Trường THPT Chu Văn An" in words.words
    story.title = "Chào cờ, đã sửa"
    story.save()
    story = submit(Article.objects.get(pk=story.pk), collaborator)
    approve(story, head, due_at=timezone.now() + HOUR)
    assert kinds_of(head) == ["submitted", "submitted"]
    assert kinds_of(collaborator) == ["returned", "approved"]
    for user in bystanders:
        assert kinds_of(user) == []


def test_published_is_told_once_whether_at_once_or_by_the_worker(collaborator, head):
    approve(submit(make_draft(collaborator), collaborator), head)
    assert kinds_of(collaborator) == ["published"]
    notice = Notice.objects.get(kind="published")
    assert notice.address.startswith("/bai-viet/")


def test_breaking_the_glass_is_told_to_the_one_passed_over_and_to_all_above(
    collaborator, head, second_head, province
):
    deputy = make_user("phogd", Role.DEPUTY, province, full_name="Phó Giám đốc")
    story = submit(make_draft(collaborator), collaborator)
    approve(story, second_head, early_reason="Mưa lũ, cần báo tin nghỉ học ngay.")
    told = set(Notice.objects.filter(kind="break_glass").values_list("recipient", flat=True))
    assert told == {head.pk, deputy.pk}
    words = Notice.objects.filter(kind="break_glass").first().words
    assert "Mưa lũ" in words
    assert "Trần Văn Minh (Hiệu trưởng)" in words


def test_a_delegate_is_told_and_told_again_when_it_ends(head, collaborator):
    today = timezone.localdate()
    lent = delegate(delegating.own_headships(head).get(), collaborator.person, today, today, reason="Đi họp")
    delegating.take_back_delegation(lent)
    assert kinds_of(collaborator) == ["delegated", "delegation_ended"]
    assert "Đi họp" in Notice.objects.first().words or "Đi họp" in Notice.objects.last().words
