"""Urgent withdrawal: one person takes a page down, a second confirms or restores it; time never does."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from approvals.engine import StepRefused, take
from approvals.models import AuditEntry, StatusChange
from articles.approval import reminders, schedule, urgent
from articles.approval.workflow import PUBLIC
from articles.enums import PublicState, Status
from articles.models import Article, PublishedArticle, Release, UrgentAnswer, UrgentWithdrawal
from articles.office import public_on
from articles.office.waits import waits
from inbox.models import Notice
from tests.factories.articles import (
    approve,
    figure_of,
    make_draft,
    make_published,
    resubmit,
    submit,
    take_back,
    take_down,
    withdraw,
)
from tests.factories.departments import make_user
from tests.factories.media import make_photo
from tests.lifting import lifted

pytestmark = pytest.mark.django_db
REASON = "Ảnh có em học sinh gia đình chưa đồng ý."
DESK = "/admin/cho-duyet/"


@pytest.fixture
def page(collaborator, head):
    body = "<p>Lời đã duyệt.</p>" + figure_of(make_photo(department=head.person.positions.get().department))
    return make_published(collaborator, head, title="Bài đang đăng", body=body, tags=["Thi đua"])


@pytest.fixture
def down(page, head):
    return take_down(page, head, REASON)


@pytest.fixture
def deputy(school):
    return make_user("hieupho", "deputy", school, full_name="Võ Thị Sáu", title="Phó Hiệu trưởng")


def again(page):
    return PublishedArticle.objects.get(pk=page.pk)


def answer(page, by, step, note="Đã có phiếu đồng ý của gia đình."):
    return take(PUBLIC, again(page), step, actor=by, version=again(page).version, note=note)


def press(client, page, step, note="Đã có phiếu đồng ý.", version=None):
    data = {"step": step, "note": note, "version": version or again(page).version}
    return client.post(f"{DESK}go-khan/{page.pk}/tra-loi/", data)


# --- taking down ------------------------------------------------------------------------------------


def test_one_person_takes_a_page_down_at_once_and_readers_are_told_no_reason(client, page, head):
    client.force_login(head)
    change = f"/admin/articles/publishedarticle/{page.pk}/"
    assert "Gỡ khẩn" in client.get(f"{change}change/").content.decode()
    client.post(f"{change}buoc/withdraw_urgent/", {"version": page.version, "note": REASON})
    gone = again(page)
    assert (gone.state, gone.body_html, gone.card_photo) == (PublicState.SUSPENDED, "", None)
    client.logout()
    answer_ = client.get(page.get_absolute_url())
    html = answer_.content.decode()
    assert answer_.status_code == 410
    assert "Bài tạm gỡ khỏi trang" in html
    assert REASON not in html
    assert "Bài đang đăng" not in html
    assert "Bài đang đăng" not in client.get("/").content.decode()


def test_without_a_reason_nothing_is_taken_down(page, head):
    with pytest.raises(StepRefused):
        take_down(page, head, "  ")
    assert again(page).state == PublicState.LIVE


def test_it_is_in_the_books_as_urgent(down, head):
    assert StatusChange.objects.filter(step="withdraw_urgent", actor=head, note=REASON).count() == 1
    assert AuditEntry.objects.filter(action="Gỡ khẩn", actor=head).count() == 1
    row = UrgentWithdrawal.objects.get()
    assert (row.withdrawn_by, row.reason, row.before["state"]) == (head, REASON, "live")
    assert row.capacity == "Hiệu trưởng, Trường THPT Chu Văn An"


def test_everybody_responsible_is_told_at_once_and_the_writers_too(
    page, head, second_head, deputy, other_head
):
    secretary = make_user("thuky2", "managing_editor", second_head.person.positions.get().department)
    take_down(page, head, REASON)
    told = Notice.objects.filter(kind="urgent")
    assert {n.recipient for n in told} == {second_head, deputy, secretary}
    assert all(REASON in n.words and n.mail_at and not n.in_digest for n in told)
    writers = Notice.objects.filter(kind="urgent_writers")
    assert [n.recipient.username for n in writers] == ["ctv"]


@pytest.mark.parametrize("who", ["head", "second_head", "deputy"])
def test_whoever_may_approve_may_take_down(request, page, who):
    assert take_down(page, request.getfixturevalue(who)).state == PublicState.SUSPENDED


@pytest.mark.parametrize("who", ["collaborator", "other_head", "desk_editor", "registrar", "auditor"])
def test_others_take_nothing_down(request, page, who):
    with pytest.raises(PermissionDenied):
        take_down(page, request.getfixturevalue(who))
    assert again(page).state == PublicState.LIVE


def test_a_superuser_without_a_post_takes_nothing_down(page, superuser):
    with pytest.raises(StepRefused):
        take_down(page, superuser)


def test_the_ordinary_withdrawal_stays_as_it_was(page, head):
    assert withdraw(page, head).state == PublicState.WITHDRAWN
    assert not UrgentWithdrawal.objects.exists()


# --- the second person ------------------------------------------------------------------------------


def test_a_second_person_confirms_and_readers_get_the_words_given(client, down, second_head):
    client.force_login(second_head)
    assert press(client, down, "confirm_urgent", "Bài dùng ảnh chưa được phép.").status_code == 302
    assert again(down).state == PublicState.WITHDRAWN
    client.logout()
    assert "Bài dùng ảnh chưa được phép." in client.get(down.get_absolute_url()).content.decode()
    row = UrgentAnswer.objects.get()
    assert (row.is_confirmed, row.answered_by) == (True, second_head)


def test_putting_back_shows_the_approved_words_and_days_to_the_letter(client, page, head, second_head):
    stood = {n: getattr(page, n) for n in ("body_html", "published_at", "updated_at", "sha256", "card_photo")}
    stood |= {"tag_names": page.tag_names, "corrections": page.corrections, "title": page.title}
    take_down(page, head)
    client.force_login(second_head)
    assert press(client, page, "restore_urgent").status_code == 302
    back = again(page)
    assert back.state == PublicState.LIVE
    assert {name: getattr(back, name) for name in stood} == stood
    assert back.withdrawn_at is None
    client.logout()
    assert "Lời đã duyệt." in client.get(page.get_absolute_url()).content.decode()
    assert not UrgentAnswer.objects.get().is_confirmed


def test_putting_back_asks_why(client, down, second_head):
    client.force_login(second_head)
    refused = press(client, down, "restore_urgent", " ")
    assert refused.status_code == 409
    assert "Hãy ghi vì sao đăng lại" in refused.content.decode()
    assert again(down).state == PublicState.SUSPENDED


@pytest.mark.parametrize("step", ["confirm_urgent", "restore_urgent"])
def test_whoever_took_it_down_decides_nothing(client, down, head, step):
    client.force_login(head)
    refused = press(client, down, step, "Lời đã gõ")
    assert refused.status_code == 409
    assert again(down).state == PublicState.SUSPENDED
    html = client.get(f"{DESK}go-khan/{down.pk}/").content.decode()
    assert "Bạn đã gỡ bài này" in html
    assert "restore_urgent" not in html


@pytest.mark.parametrize("step", ["confirm_urgent", "restore_urgent"])
def test_nor_does_a_superuser_who_took_it_down(client, page, head, step):
    User.objects.filter(pk=head.pk).update(is_superuser=True)
    power = User.objects.get(pk=head.pk)
    take_down(page, power)
    with pytest.raises(StepRefused, match="Bạn đã gỡ khẩn"):
        answer(page, power, step)
    client.force_login(power)
    assert press(client, page, step).status_code == 409


@pytest.mark.parametrize("step", ["confirm_urgent", "restore_urgent"])
def test_nor_a_superuser_without_a_post(down, superuser, step):
    with pytest.raises(StepRefused):
        answer(down, superuser, step)


def test_one_with_a_hand_in_the_words_may_confirm_but_not_put_back(request, head, second_head):
    own = make_published(head, second_head, title="Bài của hiệu trưởng")
    take_down(own, request.getfixturevalue("deputy"))
    with pytest.raises(StepRefused, match="không tự đăng lại được"):
        answer(own, head, "restore_urgent")
    assert answer(own, head, "confirm_urgent").state == PublicState.WITHDRAWN


def test_the_second_answer_is_refused(down, second_head, deputy):
    seen = again(down).version
    take(PUBLIC, again(down), "confirm_urgent", actor=second_head, version=seen)
    with pytest.raises(StepRefused) as refused:
        take(PUBLIC, again(down), "restore_urgent", actor=deputy, version=seen, note="Đăng lại.")
    assert refused.value.code == "stale"
    assert UrgentAnswer.objects.count() == 1


@pytest.mark.parametrize("step", ["confirm_urgent", "restore_urgent"])
@pytest.mark.parametrize(
    "who", ["collaborator", "other_collaborator", "other_head", "registrar", "auditor", "desk_editor"]
)
def test_others_neither_read_nor_answer(client, request, down, who, step):
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"{DESK}go-khan/{down.pk}/").status_code == 404
    assert press(client, down, step).status_code == 404
    assert again(down).state == PublicState.SUSPENDED


def test_strangers_are_sent_to_sign_in(client, down):
    for found in (client.get(f"{DESK}go-khan/{down.pk}/"), press(client, down, "confirm_urgent")):
        assert "/admin/login/" in found["Location"]


@pytest.mark.parametrize("step", ["", "withdraw", "withdraw_urgent", "x"])
def test_no_other_step_is_taken_there(client, down, second_head, step):
    client.force_login(second_head)
    assert press(client, down, step).status_code == 409
    assert again(down).state == PublicState.SUSPENDED


# --- nothing brings it back by itself ---------------------------------------------------------------


def test_no_approval_publishes_it_while_nobody_has_answered(page, head, second_head, collaborator):
    correction = resubmit(Article.objects.get(), collaborator, body="<p>Lời sửa.</p>")
    take_down(page, second_head)
    with pytest.raises(StepRefused) as refused:
        approve(correction, head)
    assert refused.value.code == "suspended"
    later = resubmit(Article.objects.get(), collaborator, body="<p>Lời sửa lần nữa.</p>")
    with pytest.raises(StepRefused):
        approve(later, head)
    assert again(page).state == PublicState.SUSPENDED
    answer(page, head, "confirm_urgent")
    approve(Article.objects.get(), head)
    assert again(page).state == PublicState.LIVE


def test_what_waits_for_its_hour_is_called_off(page, head, second_head, collaborator):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    approve(resubmit(Article.objects.get(), collaborator, body="<p>Lời sửa.</p>"), head, due_at=tomorrow)
    take_down(page, second_head)
    assert schedule.run_due(tomorrow + datetime.timedelta(days=1)) == 0
    assert not Release.objects.filter(done_at=None, cancelled_at=None).exists()
    assert again(page).state == PublicState.SUSPENDED


def test_taking_the_approval_back_does_not_touch_it(page, head, second_head):
    take_down(page, second_head)
    with pytest.raises(StepRefused):
        take_back(Article.objects.get(), head)
    assert again(page).state == PublicState.SUSPENDED


def test_a_page_whose_time_is_over_meanwhile_is_not_put_back(collaborator, head, second_head):
    ends = timezone.now() + datetime.timedelta(hours=1)
    article = submit(make_draft(collaborator), collaborator)
    approve(article, head, until=ends)
    page = PublishedArticle.objects.get(pk=article.pk)
    take_down(page, head)
    PublishedArticle.objects.filter(pk=page.pk).update(until=timezone.now())
    with pytest.raises(StepRefused, match="hết hạn đăng"):
        answer(page, second_head, "restore_urgent")


def test_who_waits_for_whom_is_on_the_desk_on_the_report_and_reminded_of_once(
    client, down, head, second_head, deputy
):
    for user, said in ((second_head, "chờ xác nhận"), (head, "chờ người khác xác nhận")):
        client.force_login(user)
        html = client.get(DESK).content.decode()
        assert f"Gỡ khẩn, {said}: Bài đang đăng" in html
        assert REASON in html
    assert [(w.title, w.state) for w in dict(waits(head))["Trường THPT Chu Văn An"]] == [
        ("Bài đang đăng", "Gỡ khẩn, chờ xác nhận")
    ]
    (row,) = urgent.waiting_for(second_head)
    assert {p.person.user for turn in row.holding.turns for p in turn.positions} == {second_head, deputy}
    reminders.remind()
    assert not Notice.objects.filter(kind="urgent_late").exists()
    with lifted():
        long_ago = timezone.now() - datetime.timedelta(days=20)
        models.QuerySet(UrgentWithdrawal).update(withdrawn_at=long_ago)
    assert reminders.remind() == 2
    assert reminders.remind() == 0
    assert {n.recipient for n in Notice.objects.filter(kind="urgent_late")} == {second_head, deputy}
    assert again(down).state == PublicState.SUSPENDED


def test_the_desk_of_another_unit_says_nothing_of_it(client, down, other_head):
    client.force_login(other_head)
    assert "Bài đang đăng" not in client.get(DESK).content.decode()


# --- what is kept -----------------------------------------------------------------------------------


def test_the_past_knows_when_readers_did_not_see_it(page, head, second_head):
    before = timezone.now()
    take_down(page, head)
    between = timezone.now()
    answer(page, second_head, "restore_urgent")
    seen = [[one.article_id for one in public_on.public_at(at)] for at in (before, between, timezone.now())]
    assert seen == [[page.pk], [], [page.pk]]


def test_the_line_of_time_and_the_auditors_list_tell_both_acts(client, down, second_head, auditor):
    answer(down, second_head, "restore_urgent")
    client.force_login(auditor)
    past = client.get(reverse("admin:articles_article_past", args=[down.pk])).content.decode()
    assert all(words in past for words in ("Gỡ khẩn", REASON, "Đăng lại", "Đã có phiếu đồng ý của gia đình."))
    listed = client.get(reverse("admin:articles_urgentwithdrawal_changelist")).content.decode()
    assert all(words in listed for words in (REASON, "Đăng lại: Đặng Thị Mai"))


def test_after_a_restoration_it_can_be_taken_down_again(page, head, second_head):
    take_down(page, head)
    answer(page, second_head, "restore_urgent")
    take_down(again(page), second_head)
    assert answer(page, head, "confirm_urgent").state == PublicState.WITHDRAWN
    assert UrgentWithdrawal.objects.count() == UrgentAnswer.objects.count() == 2


def test_the_working_copy_is_not_touched(down):
    assert Article.objects.get().status == Status.APPROVED
