"""Guards of the steps: each raises StepRefused, with words for the person who asked."""

from django.utils import timezone

from accounts.confirming import ask_again
from approvals.engine import Attempt, StepRefused
from approvals.undoing import UNDO_MINUTES
from articles.approval import schedule
from articles.approval.decisions import (
    PAGE_MOVED_ON,
    is_approved_already,
    last_decision,
    may_be_taken_back,
    was_second_reading,
)
from articles.approval.holding import SECOND_READ, STORIES
from articles.approval.page_state import read_page_state, refuse_if_withdrawn_since
from articles.enums import PublicState, Verdict
from articles.models import ReviewDecision, ReviewRoute
from departments.access import granting_position
from records.guards import Guards

# A reason needs at least this many letters.
LEAST_REASON = 15


_TURNS = Guards(STORIES)
holds_the_unit = _TURNS.holds_the_unit
is_not_their_own = _TURNS.is_not_their_own


def holds_a_second_readers_post(attempt: Attempt) -> None:
    if granting_position(attempt.actor, SECOND_READ, attempt.record.department_id) is None:
        raise StepRefused("Hôm nay bạn không giữ chức danh duyệt lần hai.", code="capacity")


def is_their_turn(attempt: Attempt) -> None:
    """Before their turn, people above the unit may decide only with a written reason; others are told.

    They are asked again who they are.
    """
    reason = attempt.data.get("early_reason", "").strip()
    if not reason:
        _TURNS.is_their_turn(attempt)
        return
    if STORIES.holding(attempt.record, by=attempt.actor).turn_of(attempt.actor):
        return
    if len(reason) < LEAST_REASON:
        raise StepRefused(
            f"Hãy ghi rõ vì sao phải quyết định trước lượt (ít nhất {LEAST_REASON} ký tự).", code="reason"
        )
    ask_again(attempt.actor)


def one_reading_is_enough(attempt: Attempt) -> None:
    """Refuses `approve` when the unit's stories need a second reading."""
    if needs_second_reading(attempt.record):
        raise StepRefused("Bài của đơn vị này còn được Sở duyệt lần hai trước khi đăng.", code="second")


def two_readings_are_asked(attempt: Attempt) -> None:
    """Refuses `pass_on` when the unit's stories need no second reading."""
    if not needs_second_reading(attempt.record):
        raise StepRefused("Bài của đơn vị này không cần Sở duyệt lần hai.", code="second")


def needs_second_reading(article: object) -> bool:
    """Whether stories of this unit's kind need a second reading. Makes one query."""
    return ReviewRoute.objects.filter(kind=article.department.kind, second_reading=True).exists()


def has_not_read_it_first(attempt: Attempt) -> None:
    said = ReviewDecision.objects.filter(revision=attempt.record.review_revision, decided_by=attempt.actor)
    if said.exists():
        raise StepRefused("Bạn đã duyệt bản này lần đầu; người khác duyệt lần hai.", code="own")


def digest_is_under_review(attempt: Attempt) -> None:
    if attempt.data.get("sha256") != attempt.record.review_revision.sha256:
        raise StepRefused(
            "Bản bạn vừa đọc không còn là bản đang chờ duyệt. Chưa có gì được duyệt; hãy đọc bản mới.",
            code="stale",
        )


def was_not_withdrawn_since(attempt: Attempt) -> None:
    refuse_if_withdrawn_since(attempt.record.review_revision or attempt.record.approved_revision)


def is_not_in_the_bin(attempt: Attempt) -> None:
    if attempt.record.binned_at:
        raise StepRefused("Bài đang ở thùng rác. Hãy lấy lại trước, rồi gửi duyệt.", code="bin")


def writes_it(attempt: Attempt) -> None:
    """Only someone who wrote this text may take it back from the head's desk."""
    if attempt.actor.pk not in attempt.record.review_revision.editor_ids:
        raise StepRefused("Chỉ người viết bài mới thu lại được bài đang chờ duyệt.", code="own")


def is_not_embargoed(attempt: Attempt) -> None:
    """An embargo also binds the head, who may only approve the story for a later hour."""
    embargo, due_at = attempt.record.embargo_until, attempt.data.get("due_at") or timezone.now()
    if embargo and due_at < embargo:
        raise StepRefused(
            f"Bài này không được đăng trước {timezone.localtime(embargo):%H:%M, %d/%m/%Y}. "
            "Hãy duyệt và hẹn giờ từ lúc đó.",
            code="embargo",
        )


def ends_after_it_begins(attempt: Attempt) -> None:
    begins, until = attempt.data.get("due_at") or timezone.now(), attempt.data.get("until")
    if until and until <= begins:
        raise StepRefused("Giờ hết hạn đăng phải ở sau giờ đăng.", code="until")


def just_decided_it(attempt: Attempt) -> None:
    """Only the decider may take a decision back, within minutes, and only while its page is unchanged."""
    decision = last_decision(attempt.record)
    if decision is None or decision.verdict in (Verdict.TAKEN_BACK, Verdict.IMPORTED):
        raise StepRefused("Bài này không có quyết định nào để rút lại.", code="undo")
    if decision.decided_by_id != attempt.actor.pk:
        raise StepRefused("Chỉ người đã quyết định mới rút lại được quyết định ấy.", code="own")
    if not may_be_taken_back(decision):
        raise StepRefused(
            f"Đã quá {UNDO_MINUTES} phút nên không rút lại được nữa. Bài đã đăng thì có thể gỡ; "
            "lệnh hẹn giờ thì có thể bỏ.",
            code="late",
        )
    done = decision.releases.filter(done_at__isnull=False).last()
    if done and read_page_state(attempt.record.pk)["state"] != PublicState.LIVE:
        raise StepRefused(PAGE_MOVED_ON, code="stale")


def was_the_first_reading(attempt: Attempt) -> None:
    """Refuses to take back a second reading: that needs the second reader's step."""
    if was_second_reading(last_decision(attempt.record)):
        raise StepRefused("Chỉ người duyệt lần hai mới rút lại được quyết định ấy.", code="own")


def was_the_second_reading(attempt: Attempt) -> None:
    """Refuses to take back a first reading: that needs the first reader's step."""
    if not was_second_reading(last_decision(attempt.record)):
        raise StepRefused("Chỉ người đã duyệt lần đầu mới rút lại được quyết định ấy.", code="own")


def has_a_waiting_release(attempt: Attempt) -> None:
    if not schedule.of_article(attempt.record.pk).exists():
        raise StepRefused("Bài này không còn lệnh hẹn giờ nào đang chờ.", code="stale")


def approved_words_wait(attempt: Attempt) -> None:
    """The approved revision is not on the page yet, so its release may be given another hour."""
    shown = read_page_state(attempt.record.pk)
    same = shown.get("revision_number") == attempt.record.approved_revision.number
    if same and shown["state"] in (PublicState.LIVE, PublicState.WITHDRAWN):
        raise StepRefused("Bản đã duyệt này đã đăng rồi; không có gì để hẹn giờ.", code="stale")


def due_at_is_given(attempt: Attempt) -> None:
    if not attempt.data.get("due_at"):
        raise StepRefused("Hãy chọn ngày và giờ đăng.", code="due_at")


def says_what_was_approved(attempt: Attempt) -> None:
    if not is_approved_already(attempt.record):
        raise StepRefused("Nội dung đang viết khác bản đã duyệt; hãy gửi duyệt.", code="differs")
