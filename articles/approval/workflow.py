"""The steps of a story: the editorial axis of the working copy, and the withdrawal of a public page.

An approval is about one frozen revision, named by its digest; later edits of the working copy do not change
it.
"""

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from approvals.undoing import just_took, offers_undoing
from articles.approval import checks, guards, notices, releasing, schedule, urgent
from articles.approval.decisions import (
    cancel_release,
    is_approved_already,
    order_another_time,
    record_approval,
    record_pass,
    record_return,
    take_decision_back,
    was_second_reading,
)
from articles.approval.freezing import FROZEN, content_of, digest, freeze
from articles.approval.holding import APPROVE, SECOND_READ, SEND_BACK, STORIES
from articles.enums import PublicState, Status
from articles.models import Article, PublishedArticle, ReviewDecision
from departments.access import capacity, granting_position
from media.words import keep_words

WITHDRAW = "articles.withdraw_publishedarticle"


# --- effects: what follows, in the same transaction --------------------------------------------------


def freeze_for_review(attempt: Attempt) -> None:
    """Check the content and freeze it as a revision. Raises StepRefused when a required finding is open, or
    nothing has changed since the last revision or approval.

    The step has just updated the row, so this transaction holds it.
    """
    article = Article.objects.select_related(*FROZEN).get(pk=attempt.record.pk)
    content = content_of(article)
    findings = checks.of_working_copy(article, content)
    if missing := checks.blocking(findings):
        raise StepRefused("Chưa gửi được: " + "; ".join(f.message for f in missing) + ".", code="checks")
    sha256 = digest(content)
    if article.review_revision and article.review_revision.sha256 == sha256:
        raise StepRefused("Nội dung chưa có gì khác bản đã gửi, nên không cần gửi lại.", code="same")
    if is_approved_already(article, content):
        raise StepRefused("Nội dung chưa có gì khác bản đã duyệt, nên không cần gửi lại.", code="same")
    last = article.revisions.first()
    revision = freeze(article, attempt.actor, content, checks.answers_to_freeze(findings))
    sent_before = last.content["figures"] if last else []
    keep_words(content["figures"], sent_before, department_id=article.department_id)
    Article.objects.filter(pk=article.pk).update(review_revision=revision, submitted_at=timezone.now())


def leave_review(attempt: Attempt) -> None:
    """Clear `review_revision`."""
    Article.objects.filter(pk=attempt.record.pk).update(review_revision=None)


# Guards of a decision: the right person, about exactly this text, which is not their own.
DECIDING = (
    guards.holds_the_unit,
    guards.digest_is_under_review,
    guards.is_not_their_own,
    guards.is_their_turn,
)
READING_AGAIN = (
    guards.holds_a_second_readers_post,
    guards.digest_is_under_review,
    guards.is_not_their_own,
    guards.has_not_read_it_first,
)
TIMES = (guards.is_not_embargoed, guards.ends_after_it_begins)

ARTICLE = Workflow(
    name="story",
    capacity=STORIES.capacity,
    related=("department", "review_revision"),
    steps=(
        Step(
            name="submit",
            label="Gửi duyệt",
            sources=(
                Status.DRAFTING,
                Status.RETURNED,
                Status.IN_REVIEW,
                Status.SECOND_READING,
                Status.APPROVED,
            ),
            target=Status.IN_REVIEW,
            permission="articles.submit_article",
            guards=(guards.is_not_in_the_bin,),
            effects=(freeze_for_review, notices.submitted),
            style="primary",
            done="Đã gửi duyệt. Trưởng đơn vị được báo ngay.",
        ),
        Step(
            name="approve",
            label="Duyệt, đăng ngay",
            sources=(Status.IN_REVIEW,),
            target=Status.APPROVED,
            permission=APPROVE,
            guards=(*DECIDING, guards.one_reading_is_enough, guards.was_not_withdrawn_since, *TIMES),
            effects=(record_approval, notices.approved),
            style="primary",
        ),
        Step(
            name="pass_on",
            label="Duyệt, chuyển Sở đọc",
            sources=(Status.IN_REVIEW,),
            target=Status.SECOND_READING,
            permission=APPROVE,
            guards=(*DECIDING, guards.two_readings_are_asked, guards.was_not_withdrawn_since),
            effects=(record_pass, notices.passed_on),
            style="primary",
        ),
        Step(
            name="approve_second",
            label="Duyệt lần hai, đăng ngay",
            sources=(Status.SECOND_READING,),
            target=Status.APPROVED,
            permission=SECOND_READ,
            guards=(*READING_AGAIN, guards.was_not_withdrawn_since, *TIMES),
            effects=(record_approval, notices.approved),
            style="primary",
        ),
        Step(
            name="send_back",
            label="Trả lại",
            sources=(Status.IN_REVIEW,),
            target=Status.RETURNED,
            permission=SEND_BACK,
            guards=DECIDING,
            effects=(record_return, notices.returned),
            note_required=True,
            style="danger",
        ),
        Step(
            name="return_second",
            label="Trả lại (lần đọc hai)",
            sources=(Status.SECOND_READING,),
            target=Status.RETURNED,
            permission=SECOND_READ,
            guards=READING_AGAIN,
            effects=(record_return, notices.returned),
            note_required=True,
            style="danger",
        ),
        Step(
            name="recall",
            label="Thu lại để sửa",
            sources=(Status.IN_REVIEW, Status.SECOND_READING),
            target=Status.DRAFTING,
            permission="articles.submit_article",
            guards=(guards.writes_it,),
            effects=(leave_review,),
            done="Đã thu bài về để sửa.",
        ),
        Step(
            name="keep_approved",
            label="Giữ bản đã duyệt",
            sources=(Status.DRAFTING, Status.IN_REVIEW, Status.SECOND_READING, Status.RETURNED),
            target=Status.APPROVED,
            permission="articles.submit_article",
            guards=(guards.says_what_was_approved,),
            effects=(leave_review,),
            done="Đã giữ bản đã duyệt.",
        ),
        Step(
            name="take_back",
            label="Rút lại quyết định",
            sources=(Status.APPROVED, Status.RETURNED, Status.SECOND_READING),
            target=Status.IN_REVIEW,
            permission=APPROVE,
            guards=(guards.holds_the_unit, guards.just_decided_it, guards.was_the_first_reading),
            effects=(take_decision_back, notices.taken_back),
        ),
        Step(
            name="take_back_second",
            label="Rút lại quyết định lần hai",
            sources=(Status.APPROVED, Status.RETURNED),
            target=Status.SECOND_READING,
            permission=SECOND_READ,
            guards=(
                guards.holds_a_second_readers_post,
                guards.just_decided_it,
                guards.was_the_second_reading,
            ),
            effects=(take_decision_back, notices.taken_back),
        ),
        Step(
            name="cancel_release",
            label="Bỏ hẹn giờ",
            sources=(Status.APPROVED,),
            target=Status.APPROVED,
            permission=APPROVE,
            guards=(guards.holds_the_unit, guards.has_a_waiting_release),
            effects=(cancel_release,),
        ),
        Step(
            name="reschedule",
            label="Hẹn giờ khác",
            sources=(Status.APPROVED,),
            target=Status.APPROVED,
            permission=APPROVE,
            guards=(
                guards.holds_the_unit,
                guards.due_at_is_given,
                guards.approved_words_wait,
                guards.was_not_withdrawn_since,
                *TIMES,
            ),
            effects=(order_another_time,),
        ),
    ),
)


# --- the public axis ------------------------------------------------------------------------------------


def holds_the_public_unit(attempt: Attempt) -> None:
    if (
        granting_position(attempt.actor, "articles.withdraw_publishedarticle", attempt.record.department_id)
        is None
    ):
        raise StepRefused("Hôm nay bạn không giữ chức danh được gỡ bài của đơn vị này.", code="capacity")


def empty_the_page(attempt: Attempt) -> None:
    """Empty the page and cancel its waiting releases, so that nothing brings it back."""
    releasing.leave_tombstone(attempt.record, notice=attempt.note)
    schedule.cancel_releases(attempt.record.pk)


def empty_the_page_and_title(attempt: Attempt) -> None:
    """Empty the page; from now on its address shows the notice without the title."""
    releasing.leave_tombstone(attempt.record, notice=attempt.note, hides_title=True)
    schedule.cancel_releases(attempt.record.pk)


def show_the_page_again(attempt: Attempt) -> None:
    """Show what readers saw before the withdrawal, and order again the releases that it cancelled."""
    page = attempt.record
    releasing.show_again(page, releasing.state_before_withdrawal(page))
    schedule.restore_cancelled(page.pk, since=page.withdrawn_at)


def shows_its_title(attempt: Attempt) -> None:
    if attempt.record.hides_title:
        raise StepRefused("Địa chỉ cũ của bài đã không nhắc tiêu đề.", code="same")


def hide_the_title(attempt: Attempt) -> None:
    """Show the note instead of the old notice, which may repeat what the title said."""
    releasing.change_notice(attempt.record, attempt.note, hides_title=True)


PUBLIC = Workflow(
    name="public page of a story",
    status_field="state",
    capacity=capacity,
    steps=(
        Step(
            name="withdraw",
            label="Gỡ bài",
            sources=(PublicState.LIVE,),
            target=PublicState.WITHDRAWN,
            permission=WITHDRAW,
            guards=(holds_the_public_unit,),
            effects=(empty_the_page, notices.withdrawn),
            note_required=True,
            style="danger",
            note_label="Thông báo, bạn đọc sẽ thấy",
            confirm="Nguyên văn lời này hiện thay cho bài, ai cũng đọc được; việc riêng của phòng biên tập "
            "xin đừng ghi vào đây.",
            done="Đã gỡ bài. Bạn đọc thấy thông báo ở địa chỉ cũ. Trong 10 phút còn rút lại được.",
        ),
        Step(
            name="undo_withdraw",
            label="Rút lại việc gỡ",
            sources=(PublicState.WITHDRAWN,),
            target=PublicState.LIVE,
            permission=WITHDRAW,
            guards=(holds_the_public_unit, just_took("withdraw"), urgent.is_not_over),
            effects=(show_the_page_again, notices.put_back),
            style="primary",
            done="Bài lại trên trang, đúng bản trước lúc gỡ.",
            offered=offers_undoing("withdraw"),
        ),
        Step(
            name="withdraw_for_privacy",
            label="Gỡ vì đời tư",
            sources=(PublicState.LIVE, PublicState.ENDED),
            target=PublicState.WITHDRAWN,
            permission=WITHDRAW,
            guards=(holds_the_public_unit,),
            effects=(empty_the_page_and_title, notices.withdrawn),
            note_required=True,
            style="danger",
            note_label="Thông báo, bạn đọc sẽ thấy",
            confirm="Dùng khi bài đụng tới đời tư của một người: địa chỉ cũ chỉ hiện lời này, không nhắc lại "
            "tiêu đề. Xin đừng ghi tên người ấy vào thông báo.",
            done="Đã gỡ bài. Bạn đọc thấy thông báo ở địa chỉ cũ, không còn thấy tiêu đề.",
        ),
        Step(
            name="hide_title",
            label="Thôi nhắc tiêu đề",
            sources=(PublicState.WITHDRAWN,),
            target=PublicState.WITHDRAWN,
            permission=WITHDRAW,
            guards=(holds_the_public_unit, shows_its_title),
            effects=(hide_the_title,),
            note_required=True,
            style="danger",
            note_label="Thông báo mới, bạn đọc sẽ thấy thay thông báo cũ",
            confirm="Dùng khi bài đã gỡ mà tiêu đề hay thông báo cũ còn đụng tới đời tư của một người: "
            "địa chỉ cũ chỉ còn hiện lời này. Xin đừng ghi tên người ấy.",
            done="Địa chỉ cũ của bài không còn nhắc tiêu đề.",
        ),
        *urgent.STEPS,
    ),
)


def tables() -> dict[type, Workflow]:
    """Returns every workflow of this room by its model, for the permission list and the grid tests."""
    return {Article: ARTICLE, PublishedArticle: PUBLIC}


def sending_step(article: Article) -> str:
    """Returns the step behind “Gửi duyệt”: text equal to the approved one needs no second approval."""
    says_it_again = article.status != Status.APPROVED and is_approved_already(article)
    return "keep_approved" if says_it_again else "submit"


# The step behind each button of the desk, by the story's status.
_BUTTONS = {
    Status.SECOND_READING: {"approve": "approve_second", "send_back": "return_second"},
    Status.IN_REVIEW: {"approve": "approve", "send_back": "send_back"},
}


def deciding_step(article: Article, asked: str) -> str:
    """Returns the step behind “Duyệt” (asked="approve") or “Trả lại” (asked="send_back") in this status."""
    if asked == "approve" and article.status == Status.IN_REVIEW and guards.needs_second_reading(article):
        return "pass_on"
    return _BUTTONS.get(article.status, _BUTTONS[Status.IN_REVIEW])[asked]


def undoing_step(decision: ReviewDecision) -> str:
    """Returns the step that takes this decision back."""
    return "take_back_second" if was_second_reading(decision) else "take_back"
