"""Rounds, proposals and nominees for tests; every word has a plausible default."""

import datetime
from typing import Any

from django.utils import timezone

from approvals.engine import take
from awards.enums import RecipientKind
from awards.models import AwardKind
from departments.models import Department
from rounds.models import LatePermit, Nominee, Proposal, ReceivedProposal, Round, RoundAward
from rounds.papers import add_paper, required_papers
from rounds.workflow.nominee import NOMINEE
from rounds.workflow.proposal import PROPOSAL, SCREENING
from rounds.workflow.round import ROUND
from tests.factories.awards import make_award_kind
from tests.factories.documents import make_upload


def make_round(
    host: Department, *, opened_by: Any = None, kinds: tuple[AwardKind, ...] = (), **fields: Any
) -> Round:
    """A round with one week left; open if somebody opens it."""
    council = {name: fields.pop(name) for name in ("needs_council", "quorum", "threshold") if name in fields}
    today = timezone.localdate()
    words = {
        "title": "Công tác truyền thông năm học 2026–2027",
        "criteria": "Nhiều bài, ảnh tốt trên trang của ngành.",
        "achievement": "Có nhiều thành tích trong công tác truyền thông",
        "deadline": timezone.now() + datetime.timedelta(days=7),
        "counted_from": today - datetime.timedelta(days=300),
        "counted_until": today,
    }
    made = Round.objects.create(host=host, **words | fields)
    for kind in kinds or (make_award_kind(),):
        RoundAward.objects.create(round=made, award_kind=kind, **council)
    return move(ROUND, made, "open", opened_by) if opened_by else made


def make_proposal(round_: Round, unit: Department, *names: str, papers: bool = True, by: Any) -> Proposal:
    """A draft with people of these names, and with the papers that the round asks for."""
    proposal = Proposal.objects.create(round=round_, department=unit)
    for name in names:
        make_nominee(proposal, name)
    for kind in required_papers(proposal) if papers else ():
        add_paper(proposal, kind, make_upload(f"{kind}.pdf"), by=by)
    return Proposal.objects.get(pk=proposal.pk)


def make_nominee(proposal: Proposal, name: str = "Y Wang Niê", **fields: Any) -> Nominee:
    words = {
        "recipient_kind": RecipientKind.INDIVIDUAL,
        "award_kind": proposal.round.awards.first().award_kind,
        "unit_name": proposal.department.name,
        "department": proposal.department,
    }
    return Nominee.objects.create(proposal=proposal, recipient_name=name, **words | fields)


def move(workflow: Any, record: Any, step: str, actor: Any, note: str = "", **data: Any) -> Any:
    """Take a step on the record as it stands now."""
    now = type(record).objects.get(pk=record.pk)
    return take(workflow, now, step, actor=actor, version=now.version, note=note, data=data)


def send(proposal: Proposal, head: Any) -> Proposal:
    return move(PROPOSAL, proposal, "submit", head)


def screen(proposal: Proposal, step: str, registrar: Any, note: str = "Vì sao") -> Any:
    return move(SCREENING, ReceivedProposal.objects.get(pk=proposal.pk), step, registrar, note)


def judge(nominee: Nominee, step: str, registrar: Any, note: str = "", **data: Any) -> Nominee:
    return move(NOMINEE, nominee, step, registrar, note, **data)


def end_deadline(round_: Round) -> None:
    """Let the deadline pass."""
    Round.objects.filter(pk=round_.pk).update(deadline=timezone.now() - datetime.timedelta(minutes=1))


def permit_late(round_: Round, unit: Department, by: Any, hours: int = 1) -> None:
    until = timezone.now() + datetime.timedelta(hours=hours)
    LatePermit.objects.create(round=round_, department=unit, until=until, reason="Mưa lũ", given_by=by)
