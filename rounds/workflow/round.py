"""The steps of a round: opened, closed, decided, ended."""

from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from awards.authority import objection
from awards.models import AwardKind
from departments.access import capacity
from rounds import telling
from rounds.deadlines import moment
from rounds.drafting import enter_chosen, somebody_is_chosen, unanswered_in, unsigned_in
from rounds.enums import NomineeStatus, RoundStatus
from rounds.models import Round
from rounds.querysets import RUN


def names_awards(attempt: Attempt) -> None:
    """Refuses a round that leads to no award, or to one that its host may not give."""
    round_ = attempt.record
    awards = list(round_.awards.select_related("award_kind"))
    if not awards:
        raise StepRefused("Hãy chọn ít nhất một hình thức khen mà đợt này có thể dẫn tới.")
    if words := " ".join(filter(None, (why_not_given(round_, award.award_kind) for award in awards))):
        raise StepRefused(words, code="authority")


def why_not_given(round_: Round, kind: AwardKind) -> str:
    """Return why the round's host may not give the award on the deadline; empty when it may."""
    return objection(kind, round_.host, timezone.localtime(round_.deadline).date()) or ""


def deadline_is_ahead(attempt: Attempt) -> None:
    """Refuses to open a round whose deadline has passed."""
    if attempt.record.deadline <= timezone.now():
        words = f"Hạn nhận đề nghị {moment(attempt.record.deadline)} đã qua: hãy sửa hạn trước."
        raise StepRefused(words, field="deadline")


def deadline_has_passed(attempt: Attempt) -> None:
    """Asks for a reason to stop before the deadline that units were told."""
    if attempt.record.deadline > timezone.now() and not attempt.note:
        words = f"Hạn đã báo cho các đơn vị là {moment(attempt.record.deadline)}: khóa sớm thì ghi lý do."
        raise StepRefused(words, code="note")


def nobody_is_left(attempt: Attempt) -> None:
    """Refuses to end while somebody waits for an answer."""
    left = unanswered_in(attempt.record)
    if not left:
        return
    words = f"Còn {len(left)} đề nghị chưa có kết quả. Ai không được khen cũng phải có lý do."
    chosen = (NomineeStatus.ACCEPTED, NomineeStatus.PASSED, NomineeStatus.ENTERED)
    if names := [str(nominee) for nominee in left if nominee.status in chosen]:
        words += f" Được chọn mà chưa có trong quyết định nào: {', '.join(names[:10])}."
    raise StepRefused(words)


def decisions_are_public(attempt: Attempt) -> None:
    """Refuses to tell results that nobody has signed yet."""
    if numbers := unsigned_in(attempt.record):
        raise StepRefused(f"Quyết định {', '.join(numbers)} chưa công bố: công bố rồi mới báo kết quả.")


def ended_today(attempt: Attempt) -> dict[str, Any]:
    return {"ended_on": timezone.localdate()}


ROUND = Workflow(
    name="round of commendation",
    steps=(
        Step(
            name="open",
            label="Mở nhận đề nghị",
            sources=(RoundStatus.PREPARING,),
            target=RoundStatus.OPEN,
            permission=RUN,
            guards=(names_awards, deadline_is_ahead),
            effects=(telling.round_opened,),
            style="primary",
            note_label="Lời nhắn các đơn vị",
            confirm="Trưởng các đơn vị nhận thông báo.",
            done="Đã mở. Trưởng các đơn vị đã được báo.",
        ),
        Step(
            name="close",
            label="Khóa nhận đề nghị",
            sources=(RoundStatus.OPEN,),
            target=RoundStatus.SCREENING,
            permission=RUN,
            guards=(deadline_has_passed,),
            note_label="Lý do, nếu khóa trước hạn",
            done="Đã khóa. Ai được phép vẫn gửi muộn được.",
        ),
        Step(
            name="reopen",
            label="Mở lại nhận đề nghị",
            sources=(RoundStatus.SCREENING,),
            target=RoundStatus.OPEN,
            permission=RUN,
            guards=(names_awards, deadline_is_ahead),
            effects=(telling.round_opened,),
            note_required=True,
            note_label="Lời nhắn các đơn vị",
            done="Đã mở lại.",
        ),
        Step(
            name="draft",
            label="Lập quyết định từ danh sách",
            sources=(RoundStatus.SCREENING, RoundStatus.DECIDED),
            target=RoundStatus.DECIDED,
            permission=RUN,
            guards=(somebody_is_chosen,),
            effects=(enter_chosen,),
            style="primary",
            done="Đã lập dự thảo quyết định.",
        ),
        Step(
            name="finish",
            label="Kết thúc, báo kết quả",
            sources=(RoundStatus.SCREENING, RoundStatus.DECIDED),
            target=RoundStatus.CLOSED,
            permission=RUN,
            guards=(nobody_is_left, decisions_are_public),
            stamps=(ended_today,),
            effects=(telling.results_known,),
            note_label="Lời nhắn các đơn vị",
            confirm="Mỗi đơn vị được báo ai được khen, ai không và vì sao.",
            done="Đã kết thúc. Các đơn vị đã được báo kết quả.",
        ),
        Step(
            name="cancel",
            label="Hủy đợt khen",
            sources=(RoundStatus.PREPARING, RoundStatus.OPEN, RoundStatus.SCREENING),
            target=RoundStatus.CANCELLED,
            permission=RUN,
            stamps=(ended_today,),
            effects=(telling.round_cancelled,),
            note_required=True,
            note_label="Lý do hủy",
            style="danger",
            done="Đã hủy đợt khen.",
        ),
    ),
    capacity=capacity,
)
