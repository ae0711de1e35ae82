"""The steps of one nominee: screened, voted on, entered into a decision."""

from typing import Any

from approvals.engine import Attempt, Step, StepRefused, Workflow
from departments.access import capacity
from rounds.concerns import concerns_of_one
from rounds.council import award_of, has_quorum, share_words, threshold_met
from rounds.enums import RUNNING, NomineeStatus, ProposalStatus
from rounds.models import Round
from rounds.querysets import RUN, SCREEN

VOTE = "rounds.add_councilsession"


def require_running(round_: Round) -> None:
    """Refuse before a round is opened and after it is over. Raises StepRefused."""
    if round_.status not in RUNNING:
        raise StepRefused(f"Đợt khen: {round_.get_status_display().lower()}.")


def round_is_running(attempt: Attempt) -> None:
    """Refuses after the round is over."""
    require_running(attempt.record.proposal.round)


def award_is_gone(attempt: Attempt) -> None:
    """Refuses to look again at who stands in a decision; there the row is taken out or revoked first."""
    if attempt.record.has_award:
        raise StepRefused(f"{attempt.record} đang có trong quyết định: bỏ hoặc hủy ở quyết định trước.")


def lies_with_host(attempt: Attempt) -> None:
    """Refuses while the proposal is with its unit, or the round is over."""
    proposal = attempt.record.proposal
    if proposal.status != ProposalStatus.SUBMITTED:
        raise StepRefused(f"Hồ sơ của {proposal.department}: {proposal.get_status_display().lower()}.")
    require_running(proposal.round)


def concerns_are_answered(attempt: Attempt) -> None:
    """Asks for a written reason when something speaks against the nominee."""
    found = concerns_of_one(attempt.record)
    if found and not attempt.note:
        told = "; ".join(concern.words for concern in found)
        raise StepRefused(f"{attempt.record}: {told}. Vẫn chấp nhận thì ghi rõ lý do.", code="note")


def council_votes(attempt: Attempt) -> None:
    """Refuses a vote on an award that no council votes on, or in a session without a quorum."""
    award, session = award_of(attempt.record), attempt.data.get("session")
    if award is None or not award.needs_council:
        raise StepRefused(f"“{attempt.record.award_kind}” của đợt này không qua hội đồng.")
    if session is None or session.round_id != attempt.record.proposal.round_id:
        raise StepRefused("Hãy ghi phiên họp hội đồng trước khi ghi phiếu.")
    if not has_quorum(session, award):
        raise StepRefused(f"Phiên họp chưa đủ: cần {award.get_quorum_display().lower()}.")
    present = session.members.filter(is_present=True).count()
    cast = attempt.data["votes_for"] + attempt.data["votes_against"]
    if cast > present:
        raise StepRefused(f"{attempt.record}: {cast} phiếu, mà có mặt {present} thành viên.", field="votes")


def passes(attempt: Attempt) -> None:
    """Refuses when the votes do not reach the share that the round asks for."""
    if not threshold_met(attempt.record, attempt.data):
        raise StepRefused(f"{attempt.record}: {share_words(attempt.record, attempt.data)}, chưa đủ tỷ lệ.")


def falls_short(attempt: Attempt) -> None:
    """Refuses when the votes do reach the share."""
    if threshold_met(attempt.record, attempt.data):
        raise StepRefused(f"{attempt.record}: {share_words(attempt.record, attempt.data)}, đủ tỷ lệ.")


def is_chosen(attempt: Attempt) -> None:
    """Refuses who still waits for the council."""
    nominee, award = attempt.record, award_of(attempt.record)
    if nominee.status == NomineeStatus.ACCEPTED and award and award.needs_council:
        raise StepRefused(f"{nominee} còn chờ hội đồng biểu quyết.")


def with_reason(attempt: Attempt) -> dict[str, Any]:
    return {"reason": attempt.note}


def with_votes(attempt: Attempt) -> dict[str, Any]:
    return {name: attempt.data[name] for name in ("votes_for", "votes_against", "session")}


def with_votes_as_reason(attempt: Attempt) -> dict[str, Any]:
    said = f"Hội đồng: {share_words(attempt.record, attempt.data)}."
    return {"reason": f"{said} {attempt.note}".strip()}


def wiped(attempt: Attempt) -> dict[str, Any]:
    return {"reason": "", "votes_for": None, "votes_against": None, "session": None, "commendation": None}


NOMINEE = Workflow(
    name="nominee",
    steps=(
        Step(
            name="accept",
            label="Đủ điều kiện",
            sources=(NomineeStatus.PROPOSED,),
            target=NomineeStatus.ACCEPTED,
            permission=SCREEN,
            guards=(lies_with_host, concerns_are_answered),
            stamps=(with_reason,),
            style="primary",
            note_label="Lý do vẫn chấp nhận (khi có điều cần xem)",
        ),
        Step(
            name="decline",
            label="Không đủ điều kiện",
            sources=(NomineeStatus.PROPOSED, NomineeStatus.ACCEPTED),
            target=NomineeStatus.DECLINED,
            permission=SCREEN,
            guards=(lies_with_host,),
            stamps=(with_reason,),
            note_required=True,
            note_label="Lý do, đơn vị sẽ đọc",
            style="danger",
        ),
        Step(
            name="reconsider",
            label="Xét lại",
            sources=(
                NomineeStatus.ACCEPTED,
                NomineeStatus.DECLINED,
                NomineeStatus.PASSED,
                NomineeStatus.NOT_PASSED,
                NomineeStatus.ENTERED,
            ),
            target=NomineeStatus.PROPOSED,
            permission=SCREEN,
            guards=(round_is_running, award_is_gone),
            stamps=(wiped,),
            note_label="Vì sao xét lại",
        ),
        Step(
            name="pass",
            label="Hội đồng thông qua",
            sources=(NomineeStatus.ACCEPTED,),
            target=NomineeStatus.PASSED,
            permission=VOTE,
            guards=(lies_with_host, council_votes, passes),
            stamps=(with_votes,),
        ),
        Step(
            name="not_pass",
            label="Hội đồng không thông qua",
            sources=(NomineeStatus.ACCEPTED,),
            target=NomineeStatus.NOT_PASSED,
            permission=VOTE,
            guards=(lies_with_host, council_votes, falls_short),
            stamps=(with_votes, with_votes_as_reason),
        ),
        Step(
            name="enter",
            label="Vào quyết định",
            sources=(NomineeStatus.ACCEPTED, NomineeStatus.PASSED),
            target=NomineeStatus.ENTERED,
            permission=RUN,
            guards=(lies_with_host, is_chosen),
        ),
    ),
    capacity=capacity,
)
