"""What a room says of its records so that they are decided about in turn, and what it may then ask.

The story, event and award rooms each name one `RecordKind`. Guards, notices and reminders of this room
take such a kind; nothing here knows a subject.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from departments.access import owner, owner_id, rights, scope, words_of
from records.holding import Holding, Submission, hold


@dataclass(frozen=True)
class Waiting:
    """A record that waits for a decision, with who holds it: what lists, pages and notices read.

    `state` is its status in words. `notice` is what a notice about it takes besides heading and words
    (`inbox.telling.tell`). `capacity` is the one in which the person who asked decides, if somebody asked.
    """

    record: Any
    noun: str
    title: str
    state: str
    sent_at: datetime.datetime
    key: str
    notice: Mapping[str, Any]
    holding: Holding
    capacity: str = ""
    is_sent_again: bool = False

    @property
    def unit(self) -> Any:
        """The unit whose work it is."""
        return owner(self.record)

    @property
    def address(self) -> str:
        """The page on which it is decided about."""
        return self.notice["address"]


@dataclass(frozen=True, eq=False)
class RecordKind:
    """How records of one model are approved. The model has `status` and names its unit by `owner_field`.

    `noun` is what one is called (“sự kiện”), `act` what whoever decides does (“duyệt”), `own_refusal` what
    somebody with a hand in it reads instead. `rights` are the permissions to decide in each status in which
    a record waits; the first of each opens the list of what waits there. `rows` are all records with what
    the others read at hand. `submissions` gives the facts of waiting records; its second argument is the
    status a record is just leaving, or "". `writers` are the accounts whose work a waiting record is,
    `notice` and `title` what `Waiting` says of them.
    """

    model: type[Any]
    noun: str
    act: str
    own_refusal: str
    rights: Mapping[str, tuple[str, ...]]
    rows: Callable[[], QuerySet]
    submissions: Callable[[Sequence[Any], str], Iterable[Submission]]
    writers: Callable[[Any], set[int]]
    notice: Callable[[Any], Mapping[str, Any]]
    title: Callable[[Any], str] = str

    @property
    def permission(self) -> str:
        """The right to decide about what has just been sent."""
        return next(iter(self.rights.values()))[0]

    @property
    def permissions(self) -> set[str]:
        """All rights to decide."""
        return {permission for some in self.rights.values() for permission in some}

    def holdings(self, records: Iterable[Any], leaving: str = "", *, by: Any = None) -> dict[int, Holding]:
        """The holding of every waiting record among these; a number of queries that does not grow with them.

        `leaving` is the status they have just left, for effects of the step that decides. `by` is the
        account that asks; what it knows of today's approval line is then used.
        """
        held = self._held(records, leaving, by)
        return {submission.record.pk: holding for submission, holding in held}

    def holding(self, record: Any, leaving: str = "", *, by: Any = None) -> Holding | None:
        """Who holds this record; None when it does not wait for a decision."""
        return self.holdings([record], leaving, by=by).get(record.pk)

    def list_waiting(self, records: Iterable[Any], *, by: Any = None) -> list[Waiting]:
        """Those of the records that wait, in their order; as many queries as `holdings`."""
        return [
            Waiting(
                record=submission.record,
                noun=self.noun,
                title=self.title(submission.record),
                state=submission.record.get_status_display(),
                sent_at=submission.sent_at,
                key=submission.key,
                notice=self.notice(submission.record),
                holding=holding,
            )
            for submission, holding in self._held(records, "", by)
        ]

    def waiting(self, record: Any, *, by: Any = None) -> Waiting | None:
        """This record as it waits; None when it does not."""
        return next(iter(self.list_waiting([record], by=by)), None)

    def within_reach(self, user: Any) -> QuerySet:
        """What waits in the units this person decides for, whoever's turn it is."""
        unit = self.model.owner_field.removesuffix("_id")
        reach = Q(pk__in=[])
        for status, (permission, *_) in self.rights.items():
            reach |= Q(status=status, **{f"{unit}__in": scope(user, permission)})
        return self.rows().filter(reach)

    def in_turn_of(self, user: Any) -> list[Waiting]:
        """What this person decides about now, in what capacity, the longest waiting first.

        One query where nothing waits within the person's reach.
        """
        found = self.list_waiting(self.within_reach(user), by=user)
        mine = [
            replace(one, capacity=one.holding.capacity(user, self.permission, owner_id(one.record)))
            for one in found
            if one.holding.turn_of(user)
        ]
        return sorted(mine, key=lambda one: one.holding.since)

    def capacity(self, user: Any, permission: str, record: Any) -> str:
        """In what capacity the person acts on the record today, with why it is, or is not, their turn."""
        held = self.holding(record, by=user) if permission in self.permissions else None
        if held is None:
            return words_of(user, permission, owner_id(record))
        return held.capacity(user, permission, owner_id(record))

    def _held(self, records: Iterable[Any], leaving: str, by: Any) -> list[tuple[Submission, Holding]]:
        waiting = [record for record in records if (leaving or record.status) in self.rights]
        if not waiting:
            return []
        submissions, known = list(self.submissions(waiting, leaving)), rights(by) if by else None
        held = hold(submissions, known.line if known else None)
        return list(zip(submissions, held, strict=True))
