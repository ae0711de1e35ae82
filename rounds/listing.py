"""A pasted table becomes nominees of a proposal, read by the reader of recipients: all of them, or none."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from approvals.auditing import audit_act
from awards.importing import ListRefused, RecipientReport, parse
from awards.models import AwardKind, Commendation, Decision
from departments.models import Position
from foundation.inserting.rows import insert_all
from foundation.language.vietnamese import fold
from rounds.enums import ProposalStatus
from rounds.models import Nominee, Proposal
from rounds.workflow.proposal import EDITABLE, GROWING

_WORDS = (
    "award_kind",
    "recipient_kind",
    "recipient_name",
    "recipient_title",
    "unit_name",
    "department_id",
    "is_pupil",
    "achievement",
)


def read_list(text: str, proposal: Proposal, default_kind: AwardKind) -> RecipientReport:
    """Read the table as that of a decision which the round's host would sign on the deadline."""
    round_ = proposal.round
    day = timezone.localtime(round_.deadline).date()
    decision = Decision(issuer=round_.host, signed_on=day, summary=round_.achievement)
    known = [_as_recipient(nominee, decision) for nominee in proposal.nominees.all()]
    report = parse(text, decision, default_kind, rows=known)
    allowed = {award.award_kind_id for award in round_.awards.all()}
    for row in report.rows:
        if row.award_kind_id not in allowed:
            report.errors.append((1, f"{row}: đợt này không có hình thức “{row.award_kind}”."))
    if any(row.reward_amount or row.book_number for row in report.rows):
        report.notes.append("Tiền thưởng, số vào sổ không thuộc hồ sơ đề nghị: bỏ qua hai cột ấy.")
    return report


def _as_recipient(nominee: Nominee, decision: Decision) -> Commendation:
    return Commendation(decision=decision, **{name: getattr(nominee, name) for name in _WORDS})


def add_list(report: RecipientReport, proposal: Proposal, *, by: Any, seen_version: int) -> int:
    """Add the rows after the proposal's own; returns how many.

    A person is linked to the directory when the unit has exactly one of that name today. Raises ListRefused
    when the report has errors, or the proposal is no longer at `seen_version`.
    """
    if report.errors or not report.rows:
        raise ListRefused("Danh sách còn lỗi nên chưa thêm ai.")
    people = people_named(proposal.department_id)
    with transaction.atomic():
        touch(proposal, seen_version, GROWING)
        last = proposal.nominees.aggregate(last=Max("position"))["last"] or 0
        nominees = []
        for place, row in enumerate(report.rows, start=last + 1):
            nominee = Nominee(proposal=proposal, position=place, **{n: getattr(row, n) for n in _WORDS})
            fill_from_directory(nominee, people)
            nominees.append(nominee)
        insert_all(nominees)
        audit_act("Thêm người vào hồ sơ đề nghị", by, about=proposal, words=f"{len(nominees)} dòng.")
    return len(nominees)


def touch(
    proposal: Proposal, seen_version: int | None, statuses: Sequence[ProposalStatus] = EDITABLE
) -> None:
    """Raise the version of a proposal that its unit may write; locks the row. Raises ListRefused."""
    still = Proposal.objects.filter(pk=proposal.pk, version=seen_version, status__in=statuses)
    if not still.update(version=F("version") + 1):
        raise ListRefused(
            "Hồ sơ vừa được lưu hoặc chuyển bước ở nơi khác. Những gì bạn gõ vẫn còn bên dưới; hãy xem lại "
            "hồ sơ rồi bấm lần nữa."
        )


def people_named(unit: int) -> dict[str, int | None]:
    """Return {folded name: person} of those with a position in the unit today; None for two of one name."""
    found: dict[str, int | None] = {}
    rows = Position.objects.on().filter(department=unit).values_list("person__full_name", "person")
    for name, person in rows.distinct():
        key = fold(name)
        found[key] = person if found.get(key, person) == person else None
    return found


def fill_from_directory(nominee: Nominee, people: dict[str, int | None]) -> None:
    """Link the person of that name in the unit, and the unit where the words name none."""
    if nominee.recipient_kind == "individual":
        nominee.person_id = nominee.person_id or people.get(fold(nominee.recipient_name))
    if not nominee.unit_name and nominee.recipient_kind == "individual":
        nominee.unit_name = nominee.proposal.department.name
    if nominee.department_id is None and fold(nominee.unit_name) == fold(nominee.proposal.department.name):
        nominee.department_id = nominee.proposal.department_id
