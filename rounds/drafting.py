"""A commendation decision made of those who were chosen: nothing is typed again.

Words that a unit took from the directory follow the directory to the day of signing; words it typed stay.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from approvals.engine import Attempt, StepRefused, take_all
from approvals.enums import RecordStatus
from awards.importing import ListRefused, RecipientReport
from awards.importing import save as save_recipients
from awards.models import Commendation, Decision
from awards.workflow import EDITABLE
from departments.models import DepartmentName, Position
from rounds.enums import NomineeStatus, ProposalStatus
from rounds.models import Nominee, Round, RoundAward
from rounds.workflow.nominee import NOMINEE


def chosen_of(round_: Round) -> list[Nominee]:
    """Return who may enter a decision now, collectives first, by unit."""
    voted = RoundAward.objects.filter(round=round_, needs_council=True).values("award_kind")
    before = Nominee.objects.filter(proposal__round=round_, proposal__status=ProposalStatus.SUBMITTED)
    passed = before.filter(status=NomineeStatus.PASSED)
    accepted = before.filter(status=NomineeStatus.ACCEPTED).exclude(award_kind__in=voted)
    rows = (passed | accepted).select_related("proposal__round", "award_kind", "department", "person")
    return list(rows.order_by("recipient_kind", "proposal__department__sort_key", "position", "pk"))


def left_out_of(round_: Round) -> int:
    """Return how many are neither chosen nor told why not: they enter no decision now."""
    rows = Nominee.objects.before_host().filter(proposal__round=round_)
    open_ones = rows.filter(status__in=(NomineeStatus.PROPOSED, NomineeStatus.ACCEPTED)).count()
    chosen = sum(one.status == NomineeStatus.ACCEPTED for one in chosen_of(round_))
    return open_ones - chosen


def unanswered_in(round_: Round) -> list[Nominee]:
    """Return who has no result yet, the chosen whom no decision names included.

    What the host gave back and the unit did not send again is answered: the host wrote why.
    """
    rows = Nominee.objects.before_host().filter(proposal__round=round_)
    rows = rows.exclude(proposal__status=ProposalStatus.RETURNED)
    said_no = (NomineeStatus.DECLINED, NomineeStatus.NOT_PASSED)
    waiting = rows.exclude(status__in=said_no).select_related("commendation")
    return [nominee for nominee in waiting if not nominee.has_award]


def unsigned_in(round_: Round) -> list[str]:
    """Return the numbers of the decisions that name somebody of the round and are not public."""
    named = Nominee.objects.filter(proposal__round=round_, status=NomineeStatus.ENTERED)
    rows = Decision.objects.filter(commendations__in=named.values("commendation"))
    rows = rows.exclude(status=RecordStatus.PUBLIC)
    return list(rows.order_by("number").values_list("number", flat=True).distinct())


def somebody_is_chosen(attempt: Attempt) -> None:
    """Refuses to draft an empty decision."""
    if not chosen_of(attempt.record):
        raise StepRefused("Chưa có ai được chọn: hãy thẩm định, đưa hội đồng biểu quyết trước.")


def enter_chosen(attempt: Attempt) -> None:
    """Write the decision with its recipients, and note on each nominee which row became of it.

    `attempt.data["decision"]` is an unsaved decision, or the round's earlier draft, to which rows are added.
    Raises StepRefused; nothing is written then.
    """
    round_, decision = attempt.record, attempt.data["decision"]
    nominees = chosen_of(round_)
    if not decision.pk:
        decision.save()
    rows = [row for row, _changed in recipients_of(nominees, decision)]
    report = RecipientReport(rows=rows)
    try:
        save_recipients(
            report, decision, user=attempt.actor, seen_version=decision.version, fill_rewards=True
        )
    except ListRefused as refusal:
        raise StepRefused(str(refusal)) from refusal
    for version in {nominee.version for nominee in nominees}:
        some = [nominee for nominee in nominees if nominee.version == version]
        take_all(NOMINEE, some, "enter", actor=attempt.actor)
    for nominee, row in zip(nominees, rows, strict=True):
        nominee.commendation = row
    Nominee.objects.bulk_update(nominees, ["commendation"], batch_size=200)
    Round.objects.filter(pk=round_.pk).update(decision=decision)


def draft_to_extend(round_: Round) -> Decision | None:
    """Return the decision that the round drafted before, if rows can still be added to it."""
    return round_.decision if round_.decision and round_.decision.status in EDITABLE else None


def recipients_of(
    nominees: Sequence[Nominee], decision: Decision
) -> list[tuple[Commendation, list[tuple[str, str]]]]:
    """Return an unsaved row for each nominee, with the words that changed: [(before, on the day), …].

    Makes four queries for any number of nominees.
    """
    day = decision.signed_on
    people = {one.person_id for one in nominees if one.person_id}
    units = {one.department_id for one in nominees if one.department_id}
    received = {one.proposal.received_on or day for one in nominees}
    titles = _Titles(people, {day, *received})
    names = _Names(units)
    found = []
    for nominee in nominees:
        before = nominee.proposal.received_on or day
        title = titles.follow(nominee, before, day)
        unit = names.follow(nominee, before, day)
        row = Commendation(
            decision=decision,
            award_kind=nominee.award_kind,
            recipient_kind=nominee.recipient_kind,
            recipient_name=nominee.recipient_name,
            recipient_title=title,
            unit_name=unit,
            department_id=nominee.department_id,
            person_id=nominee.person_id,
            is_pupil=nominee.is_pupil,
            achievement=nominee.achievement,
        )
        pairs = ((nominee.recipient_title, title), (nominee.unit_name, unit))
        found.append((row, [pair for pair in pairs if pair[0] != pair[1]]))
    return found


class _Titles:
    """The titles of people on some days; one query."""

    def __init__(self, people: Iterable[int], days: set[datetime.date]):
        rows = Position.objects.filter(person__in=people, valid_from__lte=max(days))
        self.rows = list(rows.order_by("order", "pk"))

    def follow(self, nominee: Nominee, before: datetime.date, day: datetime.date) -> str:
        """Return the title on the day, if the words are the directory's of the day before."""
        typed = nominee.recipient_title
        if not nominee.person_id or (typed and typed not in self._on(nominee, before)):
            return typed
        now = self._on(nominee, day)
        return typed if typed in now or not now else now[0]

    def _on(self, nominee: Nominee, day: datetime.date) -> list[str]:
        held = [
            row
            for row in self.rows
            if row.person_id == nominee.person_id
            and row.valid_from <= day
            and (row.valid_until is None or row.valid_until >= day)
        ]
        held.sort(key=lambda row: row.department_id != nominee.department_id)
        return [row.title for row in held]


class _Names:
    """The names of units on some days; one query."""

    def __init__(self, units: Iterable[int]):
        rows = DepartmentName.objects.filter(department__in=units)
        self.rows = list(rows.order_by("valid_from"))

    def follow(self, nominee: Nominee, before: datetime.date, day: datetime.date) -> str:
        """Return the unit's name on the day, if the words are its name of the day before."""
        typed = nominee.unit_name
        then, now = self._on(nominee, before), self._on(nominee, day)
        if not then or not now or typed not in (then.name, then.short_name):
            return typed
        return (now.short_name or now.name) if typed == then.short_name != then.name else now.name

    def _on(self, nominee: Nominee, day: datetime.date) -> Any:
        return next(
            (
                row
                for row in self.rows
                if row.department_id == nominee.department_id
                and row.valid_from <= day
                and (row.valid_until is None or row.valid_until >= day)
            ),
            None,
        )
