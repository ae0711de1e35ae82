"""The steps of a unit's proposal: those of the unit, and those of the host that receives it."""

from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow, take_all
from awards.models import LawVersion
from departments.access import capacity
from rounds import telling
from rounds.deadlines import is_late, why_shut
from rounds.enums import NomineeStatus, ProposalStatus
from rounds.papers import missing_papers
from rounds.querysets import PROPOSE, SCREEN, SUBMIT, proposing_units
from rounds.workflow.nominee import NOMINEE, require_running

# In these the unit may write.
EDITABLE = (ProposalStatus.DRAFTING, ProposalStatus.RETURNED, ProposalStatus.MISSING)
# In these it may also add and take off people: what the host asked for is papers and words, not names.
GROWING = (ProposalStatus.DRAFTING, ProposalStatus.RETURNED)


def is_of_the_unit(attempt: Attempt) -> None:
    """Refuses people of units above: a proposal is the unit's own."""
    if not attempt.actor.is_superuser and attempt.record.department_id not in proposing_units(attempt.actor):
        raise StepRefused("Chỉ người của chính đơn vị đề nghị làm được bước này.")


def is_in_time(attempt: Attempt) -> None:
    """Refuses after the deadline, except what the host itself asked for."""
    proposal = attempt.record
    if attempt.old == ProposalStatus.MISSING:
        require_running(proposal.round)
        return
    if words := why_shut(proposal.round, proposal.department_id):
        raise StepRefused(words, code="deadline")


def is_complete(attempt: Attempt) -> None:
    """Refuses a proposal without anybody proposed, or without a required paper."""
    proposal = attempt.record
    if not proposal.nominees.exists():
        raise StepRefused("Hồ sơ chưa đề nghị ai. Hãy thêm ít nhất một tập thể hoặc cá nhân.")
    if found := missing_papers(proposal):
        raise StepRefused(f"Hồ sơ còn thiếu: {', '.join(kind.label.lower() for kind in found)}.")


def nobody_is_entered(attempt: Attempt) -> None:
    """Refuses once somebody of the proposal stands in a decision, or the council has voted."""
    done = (NomineeStatus.ENTERED, NomineeStatus.PASSED, NomineeStatus.NOT_PASSED)
    if attempt.record.nominees.filter(status__in=done).exists():
        words = "Hội đồng đã biểu quyết hoặc đã có người vào quyết định: hãy mở lại từng người trước."
        raise StepRefused(words)


def receipt(attempt: Attempt) -> dict[str, Any]:
    """Returns the day of receipt, the law of that day, and whether it is late.

    What is added because the host asked keeps the day of the first receipt.
    """
    proposal = attempt.record
    if attempt.old == ProposalStatus.MISSING and proposal.received_on:
        return {}
    today = timezone.localdate()
    return {
        "received_on": today,
        "law": LawVersion.objects.on(today),
        "is_late": is_late(proposal.round),
    }


def not_received(attempt: Attempt) -> dict[str, Any]:
    """Return the receipt wiped: what is written anew is the unit's own until it is sent."""
    return {"received_on": None, "law": None, "is_late": False}


def lies_in_running_round(attempt: Attempt) -> None:
    """Refuses the host after the round is over."""
    require_running(attempt.record.round)


def screen_anew(attempt: Attempt) -> None:
    """Put every nominee back to where screening begins: the unit may change the words."""
    done = (NomineeStatus.ACCEPTED, NomineeStatus.DECLINED)
    rows = list(attempt.record.nominees.filter(status__in=done).select_related("proposal__round"))
    for version in {row.version for row in rows}:
        some = [row for row in rows if row.version == version]
        take_all(NOMINEE, some, "reconsider", actor=attempt.actor)


_OWN = (is_of_the_unit, is_in_time, is_complete)
PROPOSAL = Workflow(
    name="proposal of a unit",
    steps=(
        Step(
            name="hand_over",
            label="Nhờ trưởng đơn vị gửi",
            sources=(ProposalStatus.DRAFTING,),
            target=ProposalStatus.WITH_HEAD,
            permission=PROPOSE,
            guards=_OWN,
            effects=(telling.handed_to_head,),
            done="Đã chuyển trưởng đơn vị đọc và gửi.",
        ),
        Step(
            name="recall",
            label="Thu lại để sửa",
            sources=(ProposalStatus.WITH_HEAD,),
            target=ProposalStatus.DRAFTING,
            permission=PROPOSE,
            guards=(is_of_the_unit,),
            done="Đã thu về để sửa.",
        ),
        Step(
            name="submit",
            label="Gửi hồ sơ",
            sources=(
                ProposalStatus.DRAFTING,
                ProposalStatus.WITH_HEAD,
                ProposalStatus.RETURNED,
                ProposalStatus.MISSING,
            ),
            target=ProposalStatus.SUBMITTED,
            permission=SUBMIT,
            guards=_OWN,
            stamps=(receipt,),
            effects=(telling.proposal_sent,),
            style="primary",
            done="Đã gửi hồ sơ. Kết quả sẽ báo vào hộp thư.",
        ),
        Step(
            name="withdraw",
            label="Rút hồ sơ",
            sources=(
                ProposalStatus.DRAFTING,
                ProposalStatus.WITH_HEAD,
                ProposalStatus.SUBMITTED,
                ProposalStatus.MISSING,
                ProposalStatus.RETURNED,
            ),
            target=ProposalStatus.WITHDRAWN,
            permission=SUBMIT,
            guards=(is_of_the_unit, nobody_is_entered),
            effects=(telling.proposal_withdrawn,),
            note_required=True,
            note_label="Lý do rút",
            style="danger",
            confirm="Cơ quan tổ chức đợt khen sẽ không xét hồ sơ này nữa.",
            done="Đã rút hồ sơ.",
        ),
        Step(
            name="restart",
            label="Soạn lại",
            sources=(ProposalStatus.WITHDRAWN,),
            target=ProposalStatus.DRAFTING,
            permission=PROPOSE,
            guards=(is_of_the_unit, is_in_time),
            stamps=(not_received,),
            done="Hồ sơ mở lại để soạn.",
        ),
    ),
    capacity=capacity,
)
SCREENING = Workflow(
    name="proposal before its host",
    steps=(
        Step(
            name="ask_papers",
            label="Yêu cầu bổ sung",
            sources=(ProposalStatus.SUBMITTED,),
            target=ProposalStatus.MISSING,
            permission=SCREEN,
            guards=(lies_in_running_round,),
            effects=(telling.papers_asked,),
            note_required=True,
            note_label="Còn thiếu gì, gửi trước ngày nào",
            done="Đã yêu cầu đơn vị bổ sung.",
        ),
        Step(
            name="send_back",
            label="Trả lại hồ sơ",
            sources=(ProposalStatus.SUBMITTED, ProposalStatus.MISSING),
            target=ProposalStatus.RETURNED,
            permission=SCREEN,
            guards=(lies_in_running_round, nobody_is_entered),
            effects=(screen_anew, telling.proposal_returned),
            note_required=True,
            note_label="Vì sao trả lại",
            style="danger",
            done="Đã trả lại kèm lý do.",
        ),
    ),
    capacity=capacity,
)
