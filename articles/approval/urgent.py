"""Urgent withdrawal: one person takes a page down at once; a second person confirms or restores it.

A page never comes back by itself, and the person who took it down may not answer.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused
from articles.approval import guards, notices, releasing, schedule
from articles.approval.holding import APPROVE, STORIES, reply_times
from articles.approval.page_state import read_page_state
from articles.enums import PublicState
from articles.models import PublishedArticle, Revision, UrgentAnswer, UrgentWithdrawal
from departments.access import scope
from records.holding import Submission, hold
from records.kinds import Waiting

# Notice for readers until somebody confirms; the reason stays inside the newsroom.
NOTICE = "Ban Biên tập đang xem lại bài này."
CONFIRMED_NOTICE = "Ban Biên tập đã gỡ bài này."


def pending(page: PublishedArticle) -> UrgentWithdrawal | None:
    """Returns the withdrawal of this page that nobody has answered, or None."""
    rows = UrgentWithdrawal.objects.filter(page=page.pk, answer=None)
    return rows.select_related("revision", "withdrawn_by").last()


def all_pending() -> Any:
    """Returns every unanswered withdrawal, oldest first."""
    rows = UrgentWithdrawal.objects.filter(answer=None).order_by("withdrawn_at", "pk")
    return rows.select_related("page__department", "revision__article", "withdrawn_by")


def waiting_for(user: Any) -> list[Waiting]:
    """Returns unanswered withdrawals in the units this person decides for, oldest first."""
    return list_waiting(all_pending().filter(page__department__in=scope(user, APPROVE)))


def list_waiting(rows: Iterable[UrgentWithdrawal]) -> list[Waiting]:
    """Returns for each row who may answer and until when: all who decide for the unit, except the person who
    took the page down.
    """
    rows = list(rows)
    times = reply_times() if rows else {}
    submissions = [
        Submission(
            record=row,
            unit=row.page.department_id,
            sent_at=row.withdrawn_at,
            since=row.withdrawn_at,
            barred={row.withdrawn_by_id},
            key=f"urgent_late:{row.pk}",
            hours=times.get(row.page.department.kind),
            at_once="xác nhận gỡ khẩn",
        )
        for row in rows
    ]
    return [
        Waiting(
            record=one.record,
            noun=STORIES.noun,
            title=one.record.revision.content["title"],
            state=one.record.page.get_state_display(),
            sent_at=one.sent_at,
            key=one.key,
            notice=notices.notice_of_urgent(one.record),
            holding=holding,
        )
        for one, holding in zip(submissions, hold(submissions), strict=True)
    ]


# --- guards and effects of the steps (`workflow.PUBLIC`) --------------------------------------------


def is_a_second_person(attempt: Attempt) -> None:
    """Refuses whoever took the page down, superusers included: somebody else confirms it or puts it back."""
    row = pending(attempt.record)
    if row is None:
        raise StepRefused("Lần gỡ khẩn này đã có người quyết định.", code="stale")
    if row.withdrawn_by_id == attempt.actor.pk:
        raise StepRefused(
            "Bạn đã gỡ khẩn bài này, nên người khác có quyền duyệt xác nhận hoặc đăng lại.", code="own"
        )


def has_no_hand_in_the_text(attempt: Attempt) -> None:
    """Restoring one's own text would be approving it."""
    if attempt.actor.pk in pending(attempt.record).revision.editor_ids:
        raise StepRefused(
            "Bạn đã viết, sửa hoặc gửi bài này nên không tự đăng lại được. Người khác có quyền duyệt sẽ "
            "quyết định.",
            code="own",
        )


def is_not_over(attempt: Attempt) -> None:
    until = attempt.record.until
    if until and until <= timezone.now():
        raise StepRefused(
            "Bài đã hết hạn đăng trong lúc chờ, nên không đăng lại được; chỉ còn xác nhận gỡ.", code="until"
        )


def take_down(attempt: Attempt) -> None:
    """Record the withdrawal, empty the page and cancel its waiting releases."""
    page = attempt.record
    before = read_page_state(page.pk) | {"state": attempt.old}
    revision = Revision.objects.get(article=page.pk, number=page.revision_number)
    row = UrgentWithdrawal.objects.create(
        page=page,
        revision=revision,
        before=before,
        reason=attempt.note,
        withdrawn_by=attempt.actor,
        capacity=attempt.capacity,
    )
    releasing.leave_tombstone(page, notice=NOTICE)
    schedule.cancel_releases(page.pk)
    notices.withdrawn_urgently(row, attempt)


def confirm(attempt: Attempt) -> None:
    """Confirm the withdrawal; the note becomes the notice that readers see."""
    _confirm(attempt, hides_title=False)


def confirm_for_privacy(attempt: Attempt) -> None:
    """Confirm the withdrawal of a story that touches a person's privacy: the title is not shown again."""
    _confirm(attempt, hides_title=True)


def _confirm(attempt: Attempt, *, hides_title: bool) -> None:
    row = _record_answer(attempt, is_confirmed=True)
    releasing.change_notice(attempt.record, attempt.note or CONFIRMED_NOTICE, hides_title=hides_title)
    notices.urgent_answered(row, attempt, "đã xác nhận gỡ")


def restore_page(attempt: Attempt) -> None:
    """Show the approved text, dates and notices as before, with today's rights and consents."""
    row = _record_answer(attempt, is_confirmed=False)
    releasing.show_again(attempt.record, row.before)
    notices.urgent_answered(row, attempt, "đã đăng lại đúng bản cũ")


def _record_answer(attempt: Attempt, *, is_confirmed: bool) -> UrgentWithdrawal:
    row = pending(attempt.record)
    UrgentAnswer.objects.create(
        withdrawal=row,
        is_confirmed=is_confirmed,
        note=attempt.note,
        answered_by=attempt.actor,
        capacity=attempt.capacity,
    )
    return row


STEPS = (
    Step(
        name="withdraw_urgent",
        label="Gỡ khẩn",
        sources=(PublicState.LIVE,),
        target=PublicState.SUSPENDED,
        permission=APPROVE,
        guards=(guards.holds_the_unit,),
        effects=(take_down,),
        note_required=True,
        style="danger",
        confirm="Bài rời trang ngay; mọi người có trách nhiệm được báo; người thứ hai có quyền duyệt phải "
        "xác nhận gỡ hoặc đăng lại.",
        done="Đã gỡ khẩn.",
        note_label="Lý do, chỉ phòng biên tập thấy",
    ),
    Step(
        name="confirm_urgent",
        label="Xác nhận gỡ",
        sources=(PublicState.SUSPENDED,),
        target=PublicState.WITHDRAWN,
        permission=APPROVE,
        guards=(guards.holds_the_unit, is_a_second_person),
        effects=(confirm,),
        style="danger",
    ),
    Step(
        name="confirm_urgent_for_privacy",
        label="Xác nhận gỡ vì đời tư",
        sources=(PublicState.SUSPENDED,),
        target=PublicState.WITHDRAWN,
        permission=APPROVE,
        guards=(guards.holds_the_unit, is_a_second_person),
        effects=(confirm_for_privacy,),
        style="danger",
    ),
    Step(
        name="restore_urgent",
        label="Đăng lại",
        sources=(PublicState.SUSPENDED,),
        target=PublicState.LIVE,
        permission=APPROVE,
        guards=(
            guards.holds_the_unit,
            is_a_second_person,
            has_no_hand_in_the_text,
            is_not_over,
        ),
        effects=(restore_page,),
        note_required=True,
        confirm="Ghi vì sao đăng lại. Bạn đọc thấy đúng bản đã duyệt trước lúc gỡ.",
    ),
)
