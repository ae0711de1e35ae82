"""A room describes its records as a `RecordKind`, and asks it who decides about them.

The rooms of stories, events and awards each have one. Guards, notices and reminders take a kind; this room
does not import the others.
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
    """A waiting record and who decides about it: for lists, pages and notices.

    `state` is its status in words. `notice` are arguments of `inbox.telling.tell` except heading and words.
    `capacity` is that of the user who asked, if there was one.
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
        """The unit that owns the record."""
        return owner(self.record)

    @property
    def address(self) -> str:
        """The address of the page on which it is decided about."""
        return self.notice["address"]


@dataclass(frozen=True, eq=False)
class RecordKind:
    """How records of one model are approved. The model has `status` and `owner_field`.

    `noun` is the word for one (“sự kiện”), `act` the verb of deciding (“duyệt”), `own_refusal` the message
    for those who worked on it. `rights` maps each status in which a record waits to the permissions of
    deciding; the first of them also opens the list of waiting records. `rows` returns all records with the
    relations the other functions need. `submissions` returns the facts of waiting records; its second
    argument is the status they are just leaving, or "". `writers` returns the accounts that worked on a
    record; `notice` and `title` are explained in `Waiting`.
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
        """The permission to decide about a record that was just sent."""
        return next(iter(self.rights.values()))[0]

    @property
    def permissions(self) -> set[str]:
        """All permissions to decide."""
        return {permission for some in self.rights.values() for permission in some}

    def holdings(self, records: Iterable[Any], leaving: str = "", *, by: Any = None) -> dict[int, Holding]:
        """Return the holding of each waiting record among these, by primary key.

        The number of queries does not grow with the records. `leaving` is the status they have just left, for
        effects of the step that decides. `by` is the user who asks; the cached approval line is then used.
        """
        held = self._held(records, leaving, by)
        return {submission.record.pk: holding for submission, holding in held}

    def holding(self, record: Any, leaving: str = "", *, by: Any = None) -> Holding | None:
        """Return who decides about this record; None if it does not wait for a decision.

        A user who asks (`by`) gets the same answer while the record has this version.
        """
        known = rights(by) if by else None
        if known is None:
            return self.holdings([record], leaving).get(record.pk)
        asked = (self.model, record.pk, record.version, leaving or record.status)
        if asked not in known.answers:
            known.answers[asked] = self.holdings([record], leaving, by=by).get(record.pk)
        return known.answers[asked]

    def list_waiting(self, records: Iterable[Any], *, by: Any = None) -> list[Waiting]:
        """Return those records that wait, in the same order. Makes as many queries as `holdings`."""
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
        """Return this record as `Waiting`; None if it does not wait."""
        return next(iter(self.list_waiting([record], by=by)), None)

    def within_reach(self, user: Any) -> QuerySet:
        """Return what waits in the units for which the user may decide, whoever's turn it is."""
        unit = self.model.owner_field.removesuffix("_id")
        reach = Q(pk__in=[])
        for status, (permission, *_) in self.rights.items():
            reach |= Q(status=status, **{f"{unit}__in": scope(user, permission)})
        return self.rows().filter(reach)

    def in_turn_of(self, user: Any) -> list[Waiting]:
        """Return what the user may decide about now, with the capacity, the longest waiting first.

        Makes one query if nothing waits within the user's reach.
        """
        found = self.list_waiting(self.within_reach(user), by=user)
        mine = [
            replace(one, capacity=one.holding.capacity(user, self.permission, owner_id(one.record)))
            for one in found
            if one.holding.turn_of(user)
        ]
        return sorted(mine, key=lambda one: one.holding.since)

    def capacity(self, user: Any, permission: str, record: Any) -> str:
        """Return in what capacity the user acts on the record today, with why it is their turn or not yet."""
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
