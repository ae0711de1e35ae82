"""Who decides about a registered record: the rule of turns (`records.holding`) asked about records.

Events and commendation decisions wait as stories do. Such a record has `writers` beside `status` and
`owner_field`; when it was submitted, and by whom, stands in the approval log.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from approvals.engine import Attempt, StepRefused
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from departments.access import granting_position, owner_id, rights, scope, words_of
from records.holding import Holding, HoldingReader


@dataclass(frozen=True)
class Deciding:
    """How records of one kind are decided about: the right it takes, what one is called, what is done."""

    permission: str
    noun: str
    act: str

    @property
    def guards(self) -> tuple[Callable[[Attempt], None], ...]:
        """May this person decide: by a position of today, about nothing of their own, in their turn."""
        return (self.holds_the_unit, self.is_not_their_own, self.is_their_turn)

    def holds_the_unit(self, attempt: Attempt) -> None:
        """Deciding follows a position with dates, never an account's power."""
        if granting_position(attempt.actor, self.permission, owner_id(attempt.record)) is None:
            raise StepRefused(
                f"Hôm nay bạn không giữ chức danh được {self.act} {self.noun} của đơn vị này.",
                code="capacity",
            )

    def is_not_their_own(self, attempt: Attempt) -> None:
        """Nobody decides about their own words: neither who typed in the form nor who submitted."""
        if attempt.actor.pk in _Reader([attempt.record]).barred[attempt.record.pk]:
            raise StepRefused(
                f"Bạn đã nhập, sửa hoặc gửi {self.noun} này nên không thể tự quyết định. "
                "Người khác có quyền sẽ quyết định.",
                code="own",
            )

    def is_their_turn(self, attempt: Attempt) -> None:
        held = holding(attempt.record)
        if held and not held.turn_of(attempt.actor):
            raise StepRefused(held.whose_turn(attempt.actor, self.noun), code="turn")

    def capacity(self, user: Any, permission: str, record: Any) -> str:
        """In what capacity the person acts on the record today, with why it is their turn."""
        held = holding(record) if permission == self.permission else None
        if held is None:
            return words_of(user, permission, owner_id(record))
        return held.capacity(user, permission, owner_id(record))

    def waiting_for(self, user: Any, model: type[Model]) -> list[Any]:
        """Records of the model about which this person decides now, the longest waiting first.

        Each knows who holds it (`held`). One query where nothing waits within the person's reach.
        """
        units = scope(user, self.permission)
        if not units:
            return []
        owner = model.owner_field.removesuffix("_id")
        waiting = model._default_manager.filter(status=RecordStatus.IN_REVIEW, **{f"{owner}__in": units})
        records, known = list(waiting.select_related(owner)), rights(user)
        held = _Reader(records, known and known.line).holdings(records)
        for record in records:
            record.held = held[record.pk]
        mine = [record for record in records if record.held.turn_of(user)]
        return sorted(mine, key=lambda record: record.held.since)


def holding(record: Any) -> Holding | None:
    """Who holds this record; None when it does not wait for a decision."""
    return holdings([record]).get(record.pk)


def holdings(records: Iterable[Any]) -> dict[int, Holding]:
    """The holding of every waiting record among these, all of one model; a constant number of queries."""
    waiting = [record for record in records if record.status == RecordStatus.IN_REVIEW]
    return _Reader(waiting).holdings(waiting)


class _Reader:
    """What several records of one model have in common, read once."""

    def __init__(self, records: list[Any], line: Any = None):
        self.line = line
        self.since: dict[int, datetime.datetime] = {}
        self.barred: dict[int, set[int]] = {record.pk: set() for record in records}
        if records:
            self._read_submissions(type(records[0]))
            self._read_writers(type(records[0]))

    def _read_submissions(self, model: type[Model]) -> None:
        kind = ContentType.objects.get_for_model(model)
        sent = StatusChange.objects.filter(content_type=kind, object_id__in=self.barred, step="submit")
        for key, actor, moment in sent.order_by("pk").values_list("object_id", "actor", "taken_at"):
            self.since[key] = moment
            self.barred[key].add(actor)

    def _read_writers(self, model: type[Model]) -> None:
        through = model.writers.through
        field = through._meta.get_field(model._meta.model_name)
        rows = through.objects.filter(**{f"{field.name}__in": self.barred})
        for key, user in rows.values_list(field.attname, "user_id"):
            self.barred[key].add(user)

    def holdings(self, records: list[Any]) -> dict[int, Holding]:
        if not records:
            return {}
        now, hours = timezone.now(), (settings.REPLY_HOURS, settings.GRACE_HOURS)
        units = [owner_id(record) for record in records]
        reader = HoldingReader(units, min(self.since.values(), default=now), self.line)
        return {
            record.pk: reader.holding(
                owner_id(record), self.since.get(record.pk, now), self.barred[record.pk], hours
            )
            for record in records
        }
