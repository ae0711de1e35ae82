"""Take back within minutes what somebody has just done to a record, and nothing else.

A step that undoes another one shows again what was approved before. So it is open only to the person who took
that step, for UNDO_MINUTES, and only while nobody has changed the record since: its version says so.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils import timezone

from approvals.engine import Attempt, StepRefused
from approvals.history import history
from approvals.models import StatusChange

UNDO_MINUTES = 10


def step_to_undo(record: Any, actor: Any, name: str) -> StatusChange | None:
    """Return the step `name` if this person took it last, minutes ago, and nothing has changed since."""
    last = history(record).first()
    if last is None or last.step != name or last.actor_id != actor.pk:
        return None
    is_late = timezone.now() - last.taken_at >= datetime.timedelta(minutes=UNDO_MINUTES)
    return None if is_late or record.version != last.version + 1 else last


def offers_undoing(name: str) -> Callable[[Model, Any], bool]:
    """Return a predicate for `Step.offered`: whether the person may undo the step `name` now."""
    return lambda record, actor: step_to_undo(record, actor, name) is not None


def just_took(name: str) -> Callable[[Attempt], None]:
    """Return a guard that refuses everybody but the person who has just taken the step `name`."""

    def guard(attempt: Attempt) -> None:
        if step_to_undo(attempt.record, attempt.actor, name) is None:
            raise StepRefused(
                f"Chỉ người vừa gỡ rút lại được, trong {UNDO_MINUTES} phút và khi chưa ai sửa gì. Muốn công "
                "khai lại, hãy gửi duyệt.",
                code="stale",
            )

    return guard
