"""Who is told of what happens to a record: whose turn it is, whose work it is, the head who answers for it.

Effects of the steps, in the same transaction. Each notice says why it comes to its reader; whoever
acted is not told of their own act.
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
    """What is told: its kind (for the record), its heading, and why it comes to the reader."""

    kind: str
    heading: str
    words: str


@dataclass(frozen=True)
class Notices:
    """What is told of records of one kind."""

    kind: RecordKind

    def submitted(self, attempt: Attempt) -> None:
        """Those whose turn it is, and nobody else."""
        # Read again: an effect before this one may have written what was sent.
        (waiting,) = self.kind.list_waiting([self.kind.rows().get(pk=attempt.record.pk)])
        said = Said("submitted", f"{capfirst(self.kind.noun)} chờ duyệt", f"{attempt.actor} vừa gửi.")
        tell_turn(waiting, 0, said)

    def sent_back(self, attempt: Attempt) -> None:
        words = f"{attempt.by} trả lại để sửa.{attempt.message}"
        said = Said("returned", f"{capfirst(self.kind.noun)} được trả lại", words)
        self._tell(self.kind.writers(attempt.record), attempt.record, attempt.actor, said)

    def published(self, attempt: Attempt) -> None:
        words = f"{attempt.by} đã duyệt; bạn đọc đã thấy.{attempt.message}"
        said = Said("published", f"{capfirst(self.kind.noun)} đã công bố", words)
        self._tell(self.kind.writers(attempt.record), attempt.record, attempt.actor, said)

    def withdrawn(self, attempt: Attempt) -> None:
        words = f"{attempt.by} gỡ khỏi trang.{attempt.message}"
        said = Said("withdrawn", f"{capfirst(self.kind.noun)} đã gỡ", words)
        self.tell_writers_and_heads(attempt.record, attempt.actor, said)

    def tell_writers_and_heads(self, record: Any, actor: Any, said: Said) -> None:
        """Those whose work it is, and the head who answers for it."""
        self._tell(self.kind.writers(record) | heads_of(record), record, actor, said)

    def _tell(self, people: set[int], record: Any, actor: Any, said: Said) -> None:
        tell_people(accounts(people - {actor.pk}), said, self.kind.notice(record))


def tell_turn(waiting: Waiting, number: int, said: Said, **more: Any) -> int:
    """Tell the people of one turn, each in the capacity in which it is theirs; returns how many.

    `more` goes on to `inbox.telling.tell`.
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
    """Tell these accounts; `notice` and `more` go on to `inbox.telling.tell`; returns how many were told."""
    return tell(people, said.kind, said.heading, words=said.words, **notice, **more)


def accounts(ids: set[int]) -> QuerySet[User]:
    return User.objects.filter(pk__in=ids)


def heads_of(record: Any) -> set[int]:
    """Accounts of the head of the unit whose work it is, and of whoever stands in for the head today."""
    posts = Position.objects.on().filter(
        department=owner_id(record), role=Role.HEAD, person__user__is_active=True
    )
    return set(posts.values_list("person__user", flat=True))


def hour(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M, %d/%m/%Y}"
