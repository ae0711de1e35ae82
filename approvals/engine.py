"""The only code that changes the status of a record.

A workflow is a table of `Step` rows that belongs to an app; this module does not know the apps.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F

from approvals.auditing import audit_act as audit
from approvals.models import StatusChange
from foundation.inserting.rows import insert_all
from foundation.language.plain import clean_lines
from foundation.pagestore.announcing import announce


class StepRefused(Exception):
    """The step is not possible now; `message` is shown to the user, at the form's `field` if it names one."""

    def __init__(self, message: str, code: str = "refused", field: str = ""):
        super().__init__(message)
        self.message, self.code, self.field = message, code, field


@dataclass(frozen=True)
class Attempt:
    """One attempt of a person to take one step: what guards, stamps and effects get.

    `old` is the status before the step; `capacity` is in what capacity the actor acts.
    """

    record: Any
    actor: Any
    note: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    old: str = ""
    capacity: str = ""

    @property
    def by(self) -> str:
        """Return who acts and in what capacity: “Trần Văn Minh (Hiệu trưởng, …)”."""
        return f"{self.actor} ({self.capacity})" if self.capacity else str(self.actor)

    @property
    def message(self) -> str:
        """Return the note as a sentence to append to others; empty without a note."""
        return f" Lời nhắn: {self.note}" if self.note else ""


@dataclass(frozen=True)
class Step:
    """One row of a workflow.

    `guards` raise StepRefused; `stamps` return field values that are written with the status; `effects` run
    in the same transaction after the row is updated and logged. `note_label` and `confirm` tell the actor who
    will read the note and what follows; `done` is shown afterwards. `offered` says whether a person is shown
    the button at all; without it everybody with the permission is.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    guards: tuple[Callable[[Attempt], None], ...] = ()
    stamps: tuple[Callable[[Attempt], dict[str, Any]], ...] = ()
    effects: tuple[Callable[[Attempt], None], ...] = ()
    note_required: bool = False
    style: str = "plain"
    note_label: str = "Lời nhắn"
    confirm: str = ""
    done: str = ""
    offered: Callable[[Any, Any], bool] | None = None


@dataclass(frozen=True)
class Workflow:
    """The steps of one kind of record, the field of its status, and how a capacity is worded.

    `name` is used in error messages; `related` rows are read with the record.
    """

    name: str
    steps: tuple[Step, ...]
    status_field: str = "status"
    capacity: Callable[[Any, str, Any], str] = lambda actor, permission, record: ""
    related: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Step:
        for step in self.steps:
            if step.name == name:
                return step
        known = ", ".join(step.name for step in self.steps)
        raise KeyError(f"Workflow “{self.name}” has no step “{name}”; its steps: {known}")

    def permissions(self) -> set[str]:
        return {step.permission for step in self.steps}


def open_steps(workflow: Workflow, record: models.Model, actor: Any) -> list[Step]:
    """Return the steps this person may try from the record's status. Guards only run when it is taken."""
    status = getattr(record, workflow.status_field)
    steps = [s for s in workflow.steps if status in s.sources and actor.has_perm(s.permission, record)]
    return [step for step in steps if step.offered is None or step.offered(record, actor)]


def take(
    workflow: Workflow,
    record: models.Model,
    name: str,
    *,
    actor: Any,
    version: int,
    note: str = "",
    data: Mapping[str, Any] | None = None,
) -> models.Model:
    """Take the step `name` on `record` and return the updated row, read again.

    `version` is the one that the user saw: the step applies to that version only. Raises PermissionDenied, or
    StepRefused when the status or a guard forbids the step or another person has changed the record. Raises
    KeyError when the workflow has no such step.
    """
    step = workflow[name]
    with transaction.atomic():
        rows = type(record)._default_manager.all()
        fresh = (rows.select_related(*workflow.related) if workflow.related else rows).get(pk=record.pk)
        if not actor.has_perm(step.permission, fresh):
            raise PermissionDenied(step.permission)
        old = getattr(fresh, workflow.status_field)
        capacity = workflow.capacity(actor, step.permission, fresh)
        attempt = Attempt(fresh, actor, clean_lines(note).strip(), data or {}, old, capacity)
        _check(workflow, step, attempt, version)
        _swap(workflow, step, attempt, version)
        StatusChange.objects.create(
            content_type=ContentType.objects.get_for_model(fresh),
            object_id=fresh.pk,
            step=step.name,
            label=step.label,
            old_status=old,
            new_status=step.target,
            version=version,
            actor=actor,
            capacity=capacity,
            note=attempt.note,
        )
        audit(step.label, actor, about=fresh, capacity=capacity, words=attempt.note)
        for effect in step.effects:
            effect(attempt)
        announce(fresh)
        fresh.refresh_from_db()  # an effect may have changed the row
    return fresh


def take_all(
    workflow: Workflow,
    records: Sequence[Any],
    name: str,
    *,
    actor: Any,
    notes: Mapping[int, str] | None = None,
) -> None:
    """Take one step on many records of one kind and version: all of them are updated or none.

    For commands that import or create thousands of records. Permission, guards, log and update are those of
    `take`; `notes` are notes by primary key. Stamps are called once, with the first record. Raises ValueError
    for a step with effects: the caller does the same for all records together, in the same transaction.
    Raises what `take` raises.
    """
    step = workflow[name]
    if step.effects:
        raise ValueError(f"{name} has effects: it is taken one record at a time")
    if not records:
        return
    attempts = [Attempt(record, actor, (notes or {}).get(record.pk, "")) for record in records]
    version = records[0].version
    for attempt in attempts:
        if not actor.has_perm(step.permission, attempt.record):
            raise PermissionDenied(step.permission)
        _check(workflow, step, attempt, version)
    with transaction.atomic():
        _log_all(workflow, step, attempts)
        audit(step.label, actor, words=f"{len(records)} hồ sơ cùng lúc, số đầu {records[0].pk}.")
        _swap_all(workflow, step, attempts)
        announce(*records)


def _log_all(workflow: Workflow, step: Step, attempts: Sequence[Attempt]) -> None:
    kind = ContentType.objects.get_for_model(attempts[0].record)
    insert_all(
        StatusChange(
            content_type=kind,
            object_id=attempt.record.pk,
            step=step.name,
            label=step.label,
            old_status=getattr(attempt.record, workflow.status_field),
            new_status=step.target,
            version=attempt.record.version,
            actor=attempt.actor,
            capacity=workflow.capacity(attempt.actor, step.permission, attempt.record),
            note=attempt.note,
        )
        for attempt in attempts
    )


def _swap_all(workflow: Workflow, step: Step, attempts: Sequence[Attempt]) -> None:
    values = {name: value for stamp in step.stamps for name, value in stamp(attempts[0]).items()}
    status, records = workflow.status_field, [attempt.record for attempt in attempts]
    asked = {"pk__in": [record.pk for record in records], f"{status}__in": step.sources}
    rows = type(records[0])._base_manager.filter(**asked, version=records[0].version)
    moved = rows.update(**{status: step.target, "version": F("version") + 1}, **values)
    if moved != len(records):
        _faster(step)


def _check(workflow: Workflow, step: Step, attempt: Attempt, version: int) -> None:
    record = attempt.record
    if getattr(record, workflow.status_field) not in step.sources or record.version != version:
        _faster(step)
    if step.note_required and not attempt.note:
        raise StepRefused(f"Hãy viết lời nhắn rồi bấm “{step.label}” lần nữa.", code="note")
    for guard in step.guards:
        guard(attempt)


def _swap(workflow: Workflow, step: Step, attempt: Attempt, version: int) -> None:
    """Update the row only if it has not changed since it was read: of two people exactly one succeeds.

    The record in hand then holds what the row holds.
    """
    record, status = attempt.record, workflow.status_field
    values: dict[str, Any] = {status: step.target, "version": version + 1}
    for stamp in step.stamps:
        values |= stamp(attempt)
    asked = {"pk": record.pk, status: getattr(record, status), "version": version}
    if not type(record)._base_manager.filter(**asked).update(**values):
        _faster(step)
    for name, value in values.items():
        setattr(record, name, value)


def _faster(step: Step) -> NoReturn:
    raise StepRefused(
        f"Chưa làm được “{step.label}”: nội dung hoặc trạng thái vừa thay đổi từ lúc bạn mở trang. "
        "Hãy xem lại rồi quyết định.",
        code="stale",
    )
