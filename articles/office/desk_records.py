"""Events and commendation decisions on the head's desk: what of them waits for this person now."""

from typing import Any

from django.urls import reverse

from awards.models import Decision
from awards.workflow import DECIDING as DECISIONS
from events.models import Event
from events.workflow import DECIDING as EVENTS

KINDS = ((EVENTS, Event), (DECISIONS, Decision))


def records_waiting(user: Any) -> list[dict[str, Any]]:
    """One row each, the longest waiting first: what, whose, since when, in what capacity, where to decide."""
    rows = []
    for deciding, model in KINDS:
        for record in deciding.waiting_for(user, model):
            unit = getattr(record, model.owner_field.removesuffix("_id"))
            address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            rows.append(
                {
                    "noun": deciding.noun,
                    "title": getattr(record, "title", "") or f"{record}: {record.summary}",
                    "unit": unit,
                    "held": record.held,
                    "capacity": record.held.capacity(user, deciding.permission, unit.pk),
                    "url": reverse(address, args=[record.pk]),
                }
            )
    return sorted(rows, key=lambda row: row["held"].since)


def count_records(user: Any) -> int:
    return sum(len(deciding.waiting_for(user, model)) for deciding, model in KINDS)
