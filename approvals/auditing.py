"""Write the audit book: who did what, when, in what capacity, from which address."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from approvals.models import AuditEntry
from approvals.sealing import seal_soon

MACHINE = "Máy chủ"
_address: ContextVar[str] = ContextVar("address", default="")
# Older lines of Django's log were copied long ago, or are older than the audit book.
LOOK_BACK = datetime.timedelta(days=1)


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Inside the block, audit entries get this network address."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def audit_act(
    action: str, actor: Any, *, about: Model | None = None, capacity: str = "", words: str = ""
) -> AuditEntry:
    """Write one entry in the caller's transaction; `actor` is None for the worker.

    `capacity` says in what capacity the actor acted; `words` are the note.
    """
    entry = AuditEntry.objects.create(
        actor=actor,
        actor_name=str(actor) if actor else MACHINE,
        action=action[:200],
        about=str(about)[:250] if about else "",
        content_type=ContentType.objects.get_for_model(about) if about else None,
        object_id=str(about.pk) if about else "",
        capacity=capacity,
        address=_address.get(),
        note=words,
    )
    seal_soon()
    return entry


def last_logged() -> int:
    """Return the primary key of the last line of Django's log."""
    return LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def repeat_log(since: int | None = None, actor: Any = None) -> int:
    """Copy lines of Django's own log (changes of forms, passwords, delegations); returns how many.

    After a request: this person's lines after `since`, with the address. By the worker, without an actor:
    what a process that died left.
    """
    try:
        return _copy_lines(since, actor)
    except IntegrityError:  # two requests of one person at once: the other has just copied the same lines
        return _copy_lines(since, actor)


def _copy_lines(since: int | None, actor: Any) -> int:
    known = AuditEntry.objects.filter(log_number=OuterRef("pk"))
    lines = LogEntry.objects.exclude(Exists(known)).select_related("user", "content_type").order_by("pk")
    if actor is None:
        lines = lines.filter(action_time__gte=timezone.now() - LOOK_BACK)
    else:
        lines = lines.filter(pk__gt=since or 0, user=actor)
    entries = [_entry(line) for line in lines]
    if entries:
        with transaction.atomic():
            AuditEntry.objects.bulk_create(entries, ignore_conflicts=True)
            seal_soon()
    return len(entries)


def _entry(line: LogEntry) -> AuditEntry:
    verbs = {1: "Thêm", 2: "Sửa", 3: "Xóa"}
    kind = line.content_type.name if line.content_type else ""
    return AuditEntry(
        actor=line.user,
        actor_name=str(line.user),
        action=f"{verbs.get(line.action_flag, 'Làm')} {kind}".strip(),
        about=line.object_repr[:250],
        content_type=line.content_type,
        object_id=(line.object_id or "")[:60],
        address=_address.get(),
        note=line.get_change_message(),
        log_number=line.pk,
    )
