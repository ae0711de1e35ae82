"""Who may take which step of a story: the full table by role and state."""

import datetime
import json
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from accounts.models import User
from approvals.engine import StepRefused, take
from approvals.insert_only import FrozenRowError
from approvals.models import StatusChange
from articles.approval import releasing, schedule
from articles.approval.workflow import ARTICLE
from articles.enums import PublicState, Status, Verdict
from articles.models import Article, PublishedArticle, Release, ReviewDecision, Revision
from articles.writing import drafting
from tests.factories.articles import (
    approve,
    make_article,
    make_draft,
    make_published,
    resubmit,
    send_back,
    submit,
    withdraw,
)
from tests.lifting import lifted
from tests.undoing import undone

pytestmark = pytest.mark.django_db

DRAFT, WAIT, BACK, DONE = Status.DRAFTING, Status.IN_REVIEW, Status.RETURNED, Status.APPROVED

# Each step: the states it leaves from, and who may take it there. The text differs from what was
# sent, so that submitting again is never refused for sameness.
GRID = {
    "submit": ({DRAFT, WAIT, BACK, DONE}, {"writer", "head", "desk editor", "managing editor"}),
    "approve": ({WAIT}, {"head"}),  # whose turn it is, and other turns: test_holding
    "send_back": ({WAIT}, {"head"}),
    "pass_on": (set(), set()),  # where two readings are asked: test_second_reading
    "approve_second": (set(), set()),
    "return_second": (set(), set()),
    "take_back_second": (set(), set()),
    "recall": ({WAIT}, {"writer"}),
    "keep_approved": (set(), set()),  # nothing here says again what was approved: see below
    "take_back": ({BACK, DONE}, {"head"}),  # whoever decided
    "cancel_release": ({DONE}, {"head", "managing editor"}),
    "reschedule": ({DONE}, {"head", "managing editor"}),
}
LATER = {"cancel_release", "reschedule"}  # steps about a release that waits


@pytest.mark.parametrize("steps", [set(GRID) - LATER, LATER], ids=["at once", "at an hour"])
@pytest.mark.parametrize("status", [DRAFT, WAIT, BACK, DONE])
def test_a_step_is_taken_by_those_and_there_alone(steps, status, everybody):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    when = {"due_at": tomorrow} if steps == LATER else {}
    made = make_article(status, everybody["writer"], everybody["head"], approval=when)
    sha256 = made.review_revision.sha256 if made.review_revision else ""
    data = {"sha256": sha256, "due_at": tomorrow}
    for step in sorted(steps):
        sources, roles = GRID[step]
        for role, person in everybody.items():
            with undone():
                article = Article.objects.get(pk=made.pk)
                if step == "submit":
                    article.title += " (bổ sung)"
                    article.correction_kind, article.correction_note = "update", "Bổ sung."
                    drafting.save(article, by=everybody["writer"], draft_number=article.draft_number)
                actor = User.objects.get(pk=person.pk)
                try:
                    asked = {"version": article.version, "note": "Vì sao.", "data": data}
                    reached = take(ARTICLE, article, step, actor=actor, **asked).status
                except (PermissionDenied, StepRefused):
                    reached = None
                is_allowed = status in sources and role in roles
                assert reached == (ARTICLE[step].target if is_allowed else None), (step, role)
                if not is_allowed:
                    assert Article.objects.get(pk=made.pk).status == status


def test_a_superuser_without_a_position_approves_nothing(collaborator, superuser):
    article = submit(make_draft(collaborator), collaborator)
    with pytest.raises(StepRefused, match="không giữ chức danh"):
        approve(article, superuser)


def test_nobody_approves_their_own_words(head, second_head):
    article = submit(make_draft(head), head)
    with pytest.raises(StepRefused, match="không thể tự quyết định"):
        approve(article, head)
    assert approve(article, second_head).status == DONE


def test_a_head_who_touched_the_text_is_its_co_author(collaborator, head):
    article = make_draft(collaborator)
    article.title = "Tên mới do hiệu trưởng đặt"
    drafting.save(article, by=head, draft_number=article.draft_number)
    with pytest.raises(StepRefused, match="không thể tự quyết định"):
        approve(submit(article, collaborator), head)


def test_a_head_named_under_the_story_does_not_approve_it(collaborator, head):
    article = make_draft(collaborator)
    article.bylines.create(name="Trần Văn Minh", person=head.person, position=2)
    with pytest.raises(StepRefused, match="không thể tự quyết định"):
        approve(submit(article, collaborator), head)


def test_hands_of_an_earlier_approved_text_do_not_bar_for_ever(collaborator, head, second_head):
    article = make_draft(collaborator)
    article.lead = "Sapo do hiệu trưởng viết lại."
    drafting.save(article, by=head, draft_number=article.draft_number)
    article = approve(submit(article, collaborator), second_head)
    article.title += ", cập nhật"
    article.correction_kind, article.correction_note = "update", "Bổ sung."
    drafting.save(article, by=collaborator, draft_number=article.draft_number)
    assert approve(submit(article, collaborator), head).status == DONE


def test_editing_after_submission_changes_nothing_under_review(collaborator, head):
    article = submit(make_draft(collaborator, title="Tên đã gửi"), collaborator)
    article.title = "Tên gõ sau khi gửi"
    drafting.save(article, by=collaborator, draft_number=article.draft_number)
    approve(article, head)
    assert PublishedArticle.objects.get(pk=article.pk).title == "Tên đã gửi"
    assert Article.objects.get(pk=article.pk).title == "Tên gõ sau khi gửi"


def test_a_forged_digest_is_refused(collaborator, head):
    article = submit(make_draft(collaborator), collaborator)
    with pytest.raises(StepRefused, match="không còn là bản đang chờ duyệt"):
        approve(article, head, sha256="0" * 64)
    assert not PublishedArticle.objects.exists()


def test_a_digest_no_longer_under_review_is_refused(collaborator, head):
    read = submit(make_draft(collaborator), collaborator)
    old = read.review_revision.sha256
    read.title += ", bản mới"
    drafting.save(read, by=collaborator, draft_number=read.draft_number)
    now = submit(read, collaborator)
    with pytest.raises(StepRefused):
        approve(now, head, sha256=old)
    with pytest.raises(StepRefused, match="vừa thay đổi"):
        take(ARTICLE, now, "approve", actor=head, version=now.version - 1, data={"sha256": old})
    assert not PublishedArticle.objects.exists()


def test_the_second_of_two_approvers_changes_nothing(collaborator, head, second_head):
    article = submit(make_draft(collaborator), collaborator)
    approve(article, head)
    with pytest.raises(StepRefused):
        approve(article, second_head)
    assert ReviewDecision.objects.count() == 1
    assert Release.objects.count() == 1


def test_an_incomplete_story_is_not_submitted_and_says_what_is_missing(collaborator):
    article = make_draft(collaborator, lead="", section=None)
    with pytest.raises(StepRefused) as refusal:
        submit(article, collaborator)
    assert "Chưa có sapo" in refusal.value.message
    assert "Chưa có chuyên mục" in refusal.value.message
    assert not Revision.objects.exists()
    assert Article.objects.get(pk=article.pk).status == DRAFT


def test_an_unchanged_text_is_not_sent_twice(collaborator):
    article = submit(make_draft(collaborator), collaborator)
    with pytest.raises(StepRefused, match="chưa có gì khác"):
        submit(article, collaborator)
    assert Revision.objects.count() == 1


def test_sending_back_needs_words(collaborator, head):
    article = submit(make_draft(collaborator), collaborator)
    with pytest.raises(StepRefused, match="Hãy viết lời nhắn"):
        send_back(article, head, note="  ")
    assert send_back(article, head, note="Thiếu nguồn").status == BACK
    assert ReviewDecision.objects.get().verdict == Verdict.RETURNED


def test_every_step_is_logged_with_capacity_and_words(collaborator, head):
    article = send_back(submit(make_draft(collaborator), collaborator), head, note="Thiếu nguồn")
    last = StatusChange.objects.first()
    assert (last.step, last.old_status, last.new_status, last.actor) == ("send_back", WAIT, BACK, head)
    assert last.capacity == "Hiệu trưởng, Trường THPT Chu Văn An"
    assert last.note == "Thiếu nguồn"
    assert last.record == article


def test_frozen_rows_refuse_to_change(collaborator, head):
    approve(submit(make_draft(collaborator), collaborator), head)
    for row in (Revision.objects.get(), ReviewDecision.objects.get(), StatusChange.objects.first()):
        with pytest.raises(FrozenRowError):
            row.save()
        with pytest.raises(FrozenRowError):
            row.delete()
        with pytest.raises(FrozenRowError):
            type(row).objects.all().delete()


def test_a_release_for_later_waits_for_its_time_and_runs_once(collaborator, head):
    due_at = timezone.now() + datetime.timedelta(hours=2)
    approve(submit(make_draft(collaborator), collaborator), head, due_at=due_at)
    assert schedule.run_due() == 0
    assert not PublishedArticle.objects.exists()
    assert schedule.run_due(due_at) == 1
    assert schedule.run_due(due_at) == 0
    assert PublishedArticle.objects.get().published_at == due_at


def test_a_newer_approval_takes_the_place_of_a_waiting_one(collaborator, head):
    due_at = timezone.now() + datetime.timedelta(hours=2)
    article = approve(submit(make_draft(collaborator, title="Bản một"), collaborator), head, due_at=due_at)
    article.title = "Bản hai"
    drafting.save(article, by=collaborator, draft_number=article.draft_number)
    approve(submit(article, collaborator), head)
    assert schedule.run_due(due_at) == 0
    assert PublishedArticle.objects.get().title == "Bản hai"


def test_a_revision_changed_behind_our_back_is_never_published(collaborator, head):
    due_at = timezone.now() + datetime.timedelta(hours=2)
    article = approve(submit(make_draft(collaborator), collaborator), head, due_at=due_at)
    content = article.approved_revision.content | {"title": "Lời không ai duyệt"}
    _force(article.approved_revision_id, content)
    assert schedule.run_due(due_at) == 0
    with pytest.raises(releasing.DigestMismatchError):
        releasing.execute(Release.objects.get())
    assert not PublishedArticle.objects.exists()
    assert "DigestMismatchError" in Release.objects.get().error


def _force(pk, content):
    """Change a frozen row, which only the owner of the tables can do."""
    with lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_revision SET content = %s WHERE id = %s", [json.dumps(content), pk])


def test_what_was_approved_is_what_readers_see_to_the_letter(collaborator, head):
    body = "<h2>Mục</h2>\n<p>“Dạy tốt – Học tốt” &amp; <em>ơn</em> thầy cô…</p>"
    page = make_published(collaborator, head, title="Đắk Lắk: “chú trọng”", lead="Ê Đê, M’nông", body=body)
    assert (page.title, page.lead, page.body_html) == ("Đắk Lắk: “chú trọng”", "Ê Đê, M’nông", body)
    assert page.sha256 == Article.objects.get(pk=page.pk).approved_revision.sha256


def test_withdrawing_empties_the_page_and_may_be_undone_by_a_new_approval(collaborator, head):
    page = make_published(collaborator, head)
    gone = withdraw(page, head, note="Theo đề nghị của nhà trường, để bảo vệ học sinh.")
    assert gone.state == PublicState.WITHDRAWN
    assert PublishedArticle.objects.get().body_html == ""
    article = Article.objects.get(pk=page.pk)
    approve(submit(article, collaborator), head)
    assert PublishedArticle.objects.get().state == PublicState.LIVE


def test_a_withdrawal_stands_above_a_change_sent_before_it(collaborator, head):
    page = make_published(collaborator, head)
    change = resubmit(Article.objects.get(pk=page.pk), collaborator, title="Bản sửa gửi trước khi gỡ")
    withdraw(page, head)
    with pytest.raises(StepRefused, match="Bài này đã được gỡ lúc") as refused:
        approve(change, head)
    assert refused.value.code == "withdrawn"
    assert PublishedArticle.objects.get().state == PublicState.WITHDRAWN


def test_a_withdrawal_calls_off_what_waits_for_its_hour(collaborator, head):
    page = make_published(collaborator, head)
    soon = timezone.now() + datetime.timedelta(seconds=1)
    change = resubmit(Article.objects.get(pk=page.pk), collaborator, title="Bản sửa đã hẹn giờ")
    change = approve(change, head, due_at=soon)
    withdraw(page, head)
    time.sleep(1)
    assert schedule.run_due() == 0
    assert PublishedArticle.objects.get().state == PublicState.WITHDRAWN
    later = timezone.now() + datetime.timedelta(days=1)
    with pytest.raises(StepRefused, match="Bài này đã được gỡ lúc"):
        take(ARTICLE, change, "reschedule", actor=head, version=change.version, data={"due_at": later})


def test_who_may_withdraw(everybody):
    page = make_published(everybody["writer"], everybody["head"])
    for role, person in everybody.items():
        with undone():
            if role in {"head", "managing editor"}:
                assert withdraw(page, person).state == PublicState.WITHDRAWN
            else:
                with pytest.raises((PermissionDenied, StepRefused)):
                    withdraw(page, person)
                assert PublishedArticle.objects.get().state == PublicState.LIVE
        page.refresh_from_db()


def test_a_second_save_never_overwrites_silently(collaborator, head):
    mine = make_draft(collaborator)
    theirs = Article.objects.get(pk=mine.pk)
    theirs.title = "Chữ của người kia"
    drafting.save(theirs, by=head, draft_number=theirs.draft_number)
    mine.title = "Chữ của tôi"
    with pytest.raises(drafting.DraftConflict, match="Trần Văn Minh đã lưu bài này"):
        drafting.save(mine, by=collaborator, draft_number=mine.draft_number)
    assert Article.objects.get(pk=mine.pk).title == "Chữ của người kia"
