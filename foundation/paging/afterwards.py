"""Lists of the office that read their rows alone, and what the rows refer to afterwards."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest


class RowsAlone(ChangeList):
    """One query for the rows, one for each relation that `list_related` names.

    With a join SQLite begins at the smallest table and sorts every row it meets: 560 ms at 50,000 stories,
    where the index of the newest takes 0.1 ms.
    """

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet:
        rows = super().get_queryset(request, *args, **kwargs)
        return rows.prefetch_related(*getattr(self.model_admin, "list_related", ()))


class RowsAloneMixin:
    """Add to a ModelAdmin whose rows refer to others, which `list_related` names."""

    list_related: tuple[str, ...] = ()
    list_select_related = ()  # False would let Django choose joins itself

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RowsAlone
