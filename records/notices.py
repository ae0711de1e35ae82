"""Who is told about a step: whose turn it is, who worked on the record, the head who is responsible.

The methods are effects of steps, in the same transaction. Each notice says why the reader gets it. The actor
is not told.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from accounts.models import User
from accounts.roles import Role
from approvals.engine import Attempt
from departments.access import owner_id
from departments.models import Position
from inbox.telling import tell
from records.kinds import RecordKind, Waiting


class Said(NamedTuple):
    """The kind of a notice, its heading, and why the reader gets it."""

    kind: str
    heading: str
    words: str


@dataclass(frozen=True)
class Notices:
    """Notices about records of one kind."""

    kind: RecordKind

    def submitted(self, attempt: Attempt) -> None:
        """Tell the people whose turn it is."""
        # Read again, because an earlier effect may have changed the record.
        (waiting,) = self.kind.list_waiting([self.kind.rows().get(pk=attempt.record.pk)])
        said = Said("submitted", f"{capfirst(self.kind.noun)} chờ duyệt", f"{attempt.actor} vừa gửi.")
        tell_turn(waiting, 0, said)

    def sent_back(self, attempt: Attempt) -> None:
        """Tell the writers that the record was returned."""
        words = f"{attempt.by} trả lại để sửa.{attempt.message}"
        said = Said("returned", f"{capfirst(self.kind.noun)} được trả lại", words)
        self._tell(self.kind.writers(attempt.record), attempt.record, attempt.actor, said)

    def published(self, attempt: Attempt) -> None:
        """Tell the writers that the record is public."""
        words = f"{attempt.by} đã duyệt; bạn đọc đã thấy.{attempt.message}"
        said = Said("published", f"{capfirst(self.kind.noun)} đã công bố", words)
        self._tell(self.kind.writers(attempt.record), attempt.record, attempt.actor, said)

    def withdrawn(self, attempt: Attempt) -> None:
        """Tell the writers and the head that the record was withdrawn."""
        words = f"{attempt.by} gỡ khỏi trang.{attempt.message}"
        said = Said("withdrawn", f"{capfirst(self.kind.noun)} đã gỡ", words)
        self.tell_writers_and_heads(attempt.record, attempt.actor, said)

    def put_back(self, attempt: Attempt) -> None:
        """Tell the same people that the withdrawal was taken back."""
        words = f"{attempt.by} rút lại việc gỡ; lại công khai như trước."
        said = Said("put_back", f"{capfirst(self.kind.noun)} lại công khai", words)
        self.tell_writers_and_heads(attempt.record, attempt.actor, said)

    def tell_writers_and_heads(self, record: Any, actor: Any, said: Said) -> None:
        """Tell the accounts that worked on the record, and the head of its unit, except the actor."""
        self._tell(self.kind.writers(record) | heads_of(record), record, actor, said)

    def _tell(self, people: set[int], record: Any, actor: Any, said: Said) -> None:
        tell_people(accounts(people - {actor.pk}), said, self.kind.notice(record))


def tell_turn(waiting: Waiting, number: int, said: Said, **more: Any) -> int:
    """Tell the people of turn `number`, each with their capacity; returns how many.

    `more` are further arguments of `inbox.telling.tell`.
    """
    turns, told = waiting.holding.turns, 0
    for position in turns[number].positions if number < len(turns) else ():
        why = f"{capfirst(waiting.noun)} đến lượt quyết định của {position.title}, {position.department}"
        if position.stands_in_for:
            why += f", theo ủy quyền của {position.stands_in_for.person}"
        words = f"{said.words} {why}. Hạn trả lời: {hour(waiting.holding.due_at)}."
        told += tell([position.person.user], said.kind, said.heading, words=words, **waiting.notice, **more)
    return told


def tell_people(people: Iterable[User], said: Said, notice: Mapping[str, Any], **more: Any) -> int:
    """Tell these accounts; returns how many. `notice` and `more` are arguments of `inbox.telling.tell`."""
    return tell(people, said.kind, said.heading, words=said.words, **notice, **more)


def accounts(ids: set[int]) -> QuerySet[User]:
    """Return the accounts with these ids."""
    return User.objects.filter(pk__in=ids)


def heads_of(record: Any) -> set[int]:
    """Return the ids of the accounts of the unit's head and of the head's delegate today."""
    posts = Position.objects.on().filter(
        department=owner_id(record), role=Role.HEAD, person__user__is_active=True
    )
    return set(posts.values_list("person__user", flat=True))


def hour(moment: datetime.datetime) -> str:
    """Return a moment as hour and day, for notices."""
    return f"{timezone.localtime(moment):%H:%M, %d/%m/%Y}"
