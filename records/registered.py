"""Who is told of what happens to a registered record: whose turn it is, whose work it is, who issued it.

Effects of the steps, in the same transaction. Each notice says why it comes to its reader; whoever
acted is not told of their own act.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst

from accounts.models import User
from accounts.roles import Role
from approvals.engine import Attempt
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from departments.access import owner_id
from departments.models import Position
from inbox.models import Notice
from inbox.telling import tell
from records import telling
from records.telling import Said
from records.turns import Deciding, holdings


@dataclass(frozen=True)
class Telling:
    """What is told of records of one kind that are decided about (`records.turns.Deciding`)."""

    deciding: Deciding

    @property
    def what(self) -> str:
        return capfirst(self.deciding.noun)

    def submitted(self, attempt: Attempt) -> None:
        """Those whose turn it is, and nobody else."""
        record = _fresh(attempt.record)
        held = holdings([record])[record.pk]
        said = Said("submitted", f"{self.what} chờ duyệt", f"{attempt.actor} vừa gửi.")
        telling.tell_turn(held, 0, said, self.deciding.noun, **about(record))

    def sent_back(self, attempt: Attempt) -> None:
        words = f"{attempt.by} trả lại để sửa.{attempt.message}"
        _tell_writers(attempt, Said("returned", f"{self.what} được trả lại", words))

    def published(self, attempt: Attempt) -> None:
        words = f"{attempt.by} đã duyệt; bạn đọc đã thấy.{attempt.message}"
        _tell_writers(attempt, Said("published", f"{self.what} đã công bố", words))

    def withdrawn(self, attempt: Attempt) -> None:
        """Those whose work it is, and the head who answers for it."""
        words = f"{attempt.by} gỡ khỏi trang.{attempt.message}"
        said = Said("withdrawn", f"{self.what} đã gỡ", words)
        tell_writers_and_heads(_fresh(attempt.record), attempt.actor, said)

    def remind(self, model: type[Model]) -> int:
        """Remind of every record past its hour, each person once a submission; returns how many.

        Time moves nothing: it is people who decide.
        """
        waiting = list(model._default_manager.filter(status=RecordStatus.IN_REVIEW))
        late = {record: held for record, held in _held(waiting) if held.is_overdue}
        kind = ContentType.objects.get_for_model(model)
        known = Notice.objects.filter(kind__in=("reminded", "turn"), content_type=kind)
        told = set(known.filter(object_id__in=[record.pk for record in late]).values_list("key", flat=True))
        return sum(
            telling.remind(held, _waiting_key(record, held), told, self.deciding.noun, **about(record))
            for record, held in late.items()
        )


def about(record: Any) -> dict[str, Any]:
    """The rest of a notice: what it is about, where it leads, and the right without which it is not told."""
    opts = record._meta
    return {
        "about": str(record),
        "record": record,
        "permission": f"{opts.app_label}.view_{opts.model_name}",
        "address": reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]),
    }


def writers_of(record: Any) -> set[int]:
    """Accounts that typed or sent it."""
    kind = ContentType.objects.get_for_model(record)
    sent = StatusChange.objects.filter(content_type=kind, object_id=record.pk, step="submit")
    return set(record.writers.values_list("pk", flat=True)) | set(sent.values_list("actor", flat=True))


def heads_of(unit: int) -> set[int]:
    """Accounts of the unit's head and of whoever stands in for the head today."""
    posts = Position.objects.on().filter(department=unit, role=Role.HEAD, person__user__is_active=True)
    return set(posts.values_list("person__user", flat=True))


def tell_heads(record: Any, actor: Any, said: Said) -> None:
    """The head of the unit whose record it is."""
    _tell(record, heads_of(owner_id(record)), actor, said)


def tell_writers_and_heads(record: Any, actor: Any, said: Said) -> None:
    _tell(record, writers_of(record) | heads_of(owner_id(record)), actor, said)


def _tell_writers(attempt: Attempt, said: Said) -> None:
    record = _fresh(attempt.record)
    _tell(record, writers_of(record), attempt.actor, said)


def _tell(record: Any, people: set[int], actor: Any, said: Said) -> None:
    readers = User.objects.filter(pk__in=people - {actor.pk})
    tell(readers, said.kind, said.heading, words=said.words, **about(record))


def _held(records: list[Any]) -> list[tuple[Any, Any]]:
    found = holdings(records)
    return [(record, found[record.pk]) for record in records]


def _waiting_key(record: Any, held: Any) -> str:
    return f"{record._meta.label_lower}:{record.pk}:{held.since.timestamp():.0f}"


def _fresh(record: Any) -> Any:
    """As it stands after the step: the attempt holds the row as it was."""
    return type(record)._default_manager.get(pk=record.pk)
