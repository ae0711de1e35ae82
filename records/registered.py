"""What registered records (events, commendation decisions, documents) share in this room.

The approval log says when a record was sent and by whom, its `writers` who typed it. There are no columns for
this.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from approvals.enums import RecordStatus
from approvals.models import StatusChange
from records.holding import Submission
from records.kinds import RecordKind
from records.notices import Said, accounts, heads_of, tell_people


def registered_kind(
    model: type[Any], permission: str, *, noun: str, act: str, title: Callable[[Any], str] = str
) -> RecordKind:
    """Return the RecordKind of a model of registered records; `permission` is the one to decide."""
    unit = model.owner_field.removesuffix("_id")
    return RecordKind(
        model=model,
        noun=noun,
        act=act,
        own_refusal=f"Bạn đã nhập, sửa hoặc gửi {noun} này nên không thể tự quyết định. "
        "Người khác có quyền sẽ quyết định.",
        rights={RecordStatus.IN_REVIEW: (permission,)},
        rows=lambda: model._default_manager.select_related(unit),
        submissions=read_submissions,
        writers=read_writers,
        notice=notice_of,
        title=title,
    )


def notice_of(record: Any) -> dict[str, Any]:
    """Return the arguments of `inbox.telling.tell`: what the notice is about, its address and permission."""
    opts = record._meta
    return {
        "about": str(record),
        "record": record,
        "permission": f"{opts.app_label}.view_{opts.model_name}",
        "address": reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]),
    }


def tell_heads(record: Any, actor: Any, said: Said) -> None:
    """Tell the head of the unit that owns the record, unless the head is the actor."""
    tell_people(accounts(heads_of(record) - {actor.pk}), said, notice_of(record))


def read_submissions(records: Sequence[Any], leaving: str = "") -> Iterable[Submission]:
    """Yield the facts of waiting records, all of one model. Makes two queries."""
    sent, writers = _read_log_and_writers(records)
    for record in records:
        since = sent.get(record.pk) or timezone.now()
        key = f"{record._meta.label_lower}:{record.pk}:{since.timestamp():.0f}"
        yield Submission(record, getattr(record, record.owner_field), since, since, writers[record.pk], key)


def read_writers(record: Any) -> set[int]:
    """Return the ids of the accounts that typed or sent it."""
    return _read_log_and_writers([record])[1][record.pk]


def _read_log_and_writers(
    records: Sequence[Any],
) -> tuple[dict[int, datetime.datetime], dict[int, set[int]]]:
    """Return when each record was last sent, and who ever typed or sent it."""
    model, sent = type(records[0]), {}
    writers: dict[int, set[int]] = {record.pk: set() for record in records}
    kind = ContentType.objects.get_for_model(model)
    log = StatusChange.objects.filter(content_type=kind, object_id__in=writers, step="submit")
    for key, actor, moment in log.order_by("pk").values_list("object_id", "actor", "taken_at"):
        sent[key] = moment
        writers[key].add(actor)
    through = model.writers.through
    field = through._meta.get_field(model._meta.model_name)
    typed = through.objects.filter(**{f"{field.name}__in": writers})
    for key, user in typed.values_list(field.attname, "user_id"):
        writers[key].add(user)
    return sent, writers
