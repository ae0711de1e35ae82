"""What a person must look at before a nominee is accepted. Nothing here decides.

Whoever accepts in spite of a concern writes why; the reason stands in the log.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from awards.models import Commendation
from foundation.language.vietnamese import fold
from rounds.enums import ProposalStatus
from rounds.models import Nominee, Round
from rounds.querysets import UNSENT

_DAYS_A_MONTH = 30.44


class Concern(NamedTuple):
    """One thing to look at; `kind` is a word for grouping."""

    kind: str
    words: str


def concerns_of(nominees: Sequence[Nominee], round_: Round) -> dict[int, list[Concern]]:
    """Return the concerns of each nominee by primary key. Makes three queries for any number of nominees.

    The nominees come with `department` and `proposal__department`.
    """
    found: dict[int, list[Concern]] = {nominee.pk: [] for nominee in nominees}
    earlier, twins = _earlier(nominees), _proposed_again(nominees, round_)
    today = timezone.localdate()
    for nominee in nominees:
        add = found[nominee.pk].append
        if nominee.is_under_discipline:
            add(Concern("discipline", f"Đơn vị ghi: đang bị xem xét ({nominee.discipline_words})"))
        if nominee.department and nominee.department.is_closed_on(today):
            add(Concern("closed", f"{nominee.department} đã kết thúc hoạt động"))
        for units in twins.get(_who(nominee), {}).items():
            if units[0] != nominee.pk:
                add(Concern("twice", f"Cũng được đề nghị trong đợt này: {units[1]}"))
        for concern in _about_earlier(nominee, earlier.get(nominee.pk, ()), round_, today):
            add(concern)
    return found


def concerns_of_one(nominee: Nominee) -> list[Concern]:
    """Return the concerns of one nominee; those that a list has found before are taken from it."""
    known = getattr(nominee, "known_concerns", None)
    return concerns_of([nominee], nominee.proposal.round)[nominee.pk] if known is None else known


def _who(nominee: Nominee) -> tuple:
    return ("person", nominee.person_id) if nominee.person_id else nominee.identity


def _earlier(nominees: Iterable[Nominee]) -> dict[int, list[Commendation]]:
    """Return the awards each nominee got before, by person, else by name and unit; one query."""
    by_person: dict[int, list[int]] = defaultdict(list)
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    names = set()
    for nominee in nominees:
        if nominee.person_id:
            by_person[nominee.person_id].append(nominee.pk)
        by_name[nominee.identity].append(nominee.pk)
        names.add(nominee.search_key)
    rows = Commendation.objects.filter(Q(person__in=by_person) | Q(search_key__in=names), revoked_on=None)
    found: dict[int, dict[int, Commendation]] = defaultdict(dict)
    for row in rows.exclude(published_at=None).select_related("decision", "award_kind"):
        same = (row.recipient_kind, fold(row.recipient_name), fold(row.unit_name))
        for pk in {*by_person.get(row.person_id or 0, ()), *by_name.get(same, ())}:
            found[pk][row.pk] = row
    return {pk: list(rows.values()) for pk, rows in found.items()}


def _about_earlier(
    nominee: Nominee, earlier: Iterable[Commendation], round_: Round, today: datetime.date
) -> Iterable[Concern]:
    words = fold(nominee.achievement or round_.achievement)
    soon = today - datetime.timedelta(days=round(round_.months_between * _DAYS_A_MONTH))
    for row in earlier:
        decision = row.decision
        if fold(row.achievement or decision.summary) == words:
            yield Concern(
                "same", f"Đã khen cùng thành tích: {decision.number}, {decision.signed_on:%d/%m/%Y}"
            )
        elif row.award_kind_id == nominee.award_kind_id and decision.signed_on >= soon:
            yield Concern(
                "soon", f"Vừa được tặng {row.award_kind}: {decision.number}, {decision.signed_on:%d/%m/%Y}"
            )


def _proposed_again(nominees: Sequence[Nominee], round_: Round) -> dict[tuple, dict[int, str]]:
    """Return who stands more than once in the round: {who: {nominee: its unit}}; one query."""
    asked = {_who(nominee) for nominee in nominees}
    rows = Nominee.objects.filter(proposal__round=round_).select_related("proposal__department")
    rows = rows.exclude(proposal__status__in=(*UNSENT, ProposalStatus.WITHDRAWN))
    found: dict[tuple, dict[int, str]] = defaultdict(dict)
    for row in rows:
        if _who(row) in asked:
            found[_who(row)][row.pk] = str(row.proposal.department)
    return {who: rows for who, rows in found.items() if len(rows) > 1}
