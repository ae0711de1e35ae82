"""Who is told about rounds and proposals, in the inbox and by mail. Effects of steps."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from approvals.engine import Attempt
from departments.access import people_who_may
from departments.models import Position
from departments.querysets import in_force
from inbox.telling import tell
from rounds.deadlines import moment
from rounds.enums import ProposalStatus
from rounds.models import Nominee, Proposal, Round
from rounds.querysets import SCREEN, SUBMIT, UNSENT, units_called


def page_of_round(round_: Round) -> str:
    return reverse("admin:round_page", args=[round_.pk])


def page_of_proposal(proposal: Proposal) -> str:
    return reverse("admin:round_proposal", args=[proposal.pk])


def heads_called(round_: Round) -> QuerySet[User]:
    """Return the accounts of those who may send a proposal for a unit that the round calls upon."""
    today = timezone.localdate()
    units = units_called(round_.host_id)
    posts = Position.objects.filter(in_force(today), department__in=units, role__in=("head", "deputy"))
    return User.objects.filter(is_active=True, person__positions__in=posts).distinct()


def people_of(unit: int) -> QuerySet[User]:
    """Return the accounts with a position in the unit itself that gives the right to send proposals."""
    posts = Position.objects.filter(in_force(timezone.localdate()), department=unit)
    found = people_who_may(SUBMIT, unit)
    return found.filter(person__positions__in=posts).distinct()


def round_opened(attempt: Attempt) -> None:
    """Tell the heads of the units called upon."""
    round_ = attempt.record
    words = f"{round_.host} nhận đề nghị khen thưởng đến {moment(round_.deadline)}.{attempt.message}"
    _tell(heads_called(round_), attempt, "Mở đợt khen", round_, words)


def round_cancelled(attempt: Attempt) -> None:
    """Tell the units that had begun a proposal."""
    round_ = attempt.record
    for proposal in round_.proposals.select_related("department"):
        words = f"Đợt khen đã hủy.{attempt.message}"
        _tell(people_of(proposal.department_id), attempt, "Đợt khen đã hủy", round_, words)


def handed_to_head(attempt: Attempt) -> None:
    """Tell those of the unit who may send."""
    proposal = attempt.record
    words = f"{attempt.actor} đã soạn xong, chờ bạn đọc và gửi.{attempt.message}"
    people = people_of(proposal.department_id)
    _tell(people, attempt, "Hồ sơ khen chờ bạn gửi", proposal, words)


def proposal_sent(attempt: Attempt) -> None:
    """Tell those who screen for the host."""
    proposal = attempt.record
    people = people_who_may(SCREEN, proposal.host_id)
    words = f"{attempt.by} gửi.{attempt.message}"
    _tell(people, attempt, "Hồ sơ đề nghị mới gửi", proposal, words)


def proposal_withdrawn(attempt: Attempt) -> None:
    """Tell those who screen, if the proposal had reached them."""
    proposal = attempt.record
    if attempt.old in UNSENT:
        return
    people = people_who_may(SCREEN, proposal.host_id)
    words = f"{attempt.by} rút.{attempt.message}"
    _tell(people, attempt, "Đơn vị rút hồ sơ", proposal, words)


def papers_asked(attempt: Attempt) -> None:
    """Tell the unit what is missing."""
    _tell_unit(attempt, "Cần bổ sung hồ sơ khen")


def proposal_returned(attempt: Attempt) -> None:
    """Tell the unit why its proposal comes back."""
    _tell_unit(attempt, "Hồ sơ khen bị trả lại")


def results_known(attempt: Attempt) -> None:
    """Tell each unit who was chosen, and of each other why not."""
    round_ = attempt.record
    rows: dict[Proposal, list[Nominee]] = defaultdict(list)
    sent = Nominee.objects.filter(proposal__round=round_).exclude(
        proposal__status__in=(*UNSENT, ProposalStatus.WITHDRAWN)
    )
    for nominee in sent.select_related("proposal__department", "commendation"):
        rows[nominee.proposal].append(nominee)
    for proposal, nominees in rows.items():
        words = " ".join(_results(nominees))
        _tell(people_of(proposal.department_id), attempt, "Kết quả đợt khen", proposal, words)


def _results(nominees: Iterable[Nominee]) -> Iterable[str]:
    chosen = [str(one) for one in nominees if one.has_award]
    if chosen:
        yield f"Được khen: {', '.join(chosen)}."
    for one in nominees:
        if not one.has_award:
            yield f"Không được khen: {one}. Lý do: {_why_not(one)}."


def _why_not(nominee: Nominee) -> str:
    if nominee.proposal.status == ProposalStatus.RETURNED:
        return "hồ sơ đã trả lại, đơn vị không gửi lại"
    return nominee.reason.rstrip(".") or nominee.get_status_display()


def _tell_unit(attempt: Attempt, heading: str) -> None:
    proposal = attempt.record
    words = f"{attempt.by}.{attempt.message}"
    _tell(people_of(proposal.department_id), attempt, heading, proposal, words)


def _tell(people: Iterable[User], attempt: Attempt, heading: str, record: Any, words: str) -> None:
    """Tell everybody but the actor; the notice leads to the page of the round or proposal."""
    address = page_of_round(record) if isinstance(record, Round) else page_of_proposal(record)
    others = [person for person in people if person != attempt.actor]
    tell(others, "round", heading, about=str(record), address=address, words=words)
