"""Rows that share a name, told apart wherever one is chosen.

A model whose rows share names has a property `choice_label`; its queryset has `to_choose(day)`, the order of
a choice about a record of that day. Both are optional.
"""

import datetime
from typing import Any

from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import Field, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest


def label_of(row: Model) -> str:
    """Return how the row is called in a choice."""
    label: str = getattr(row, "choice_label", "")
    return label or str(row)


def in_order(rows: QuerySet, day: datetime.date | None = None) -> QuerySet:
    """Return the rows as they stand in a choice about a record of that day, by default today."""
    ordered: QuerySet = rows.to_choose(day) if hasattr(rows, "to_choose") else rows
    return ordered


class RowField(ModelChoiceField):
    """One row."""

    def label_from_instance(self, obj: Model) -> str:
        return label_of(obj)


class RowFilter(RelatedOnlyFieldListFilter):
    """The filter of a list: only rows that stand in it."""

    def field_choices(self, field: Field, request: HttpRequest, model_admin: Any) -> Any:
        pks = model_admin.get_queryset(request).order_by().values(f"{self.field_path}__pk").distinct()
        related: Any = field.remote_field.model  # type: ignore[union-attr]  # a relation has one
        rows = in_order(related._default_manager.filter(pk__in=pks))
        return [(row.pk, label_of(row)) for row in rows]
