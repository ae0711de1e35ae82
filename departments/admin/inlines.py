"""Dated rows inside the form of a unit or a person."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from departments.forms import DatedForm, DatedFormSet, PositionFormSet
from departments.models import DepartmentName, DepartmentRelation, Position
from foundation.choosing.boxes import ChoosingAdminMixin


class DatedInline(ChoosingAdminMixin, admin.TabularInline):
    form = DatedForm
    formset = DatedFormSet
    extra = 0


class NameInline(DatedInline):
    model = DepartmentName
    fields = ["name", "short_name", "valid_from", "valid_until", "document"]


class RelationInline(DatedInline):
    model = DepartmentRelation
    fk_name = "department"
    fields = ["kind", "related", "succession_kind", "valid_from", "valid_until", "document"]
    autocomplete_fields = ["related"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("department", "related")


class PositionInline(DatedInline):
    """Positions are ended, not deleted: they explain who could approve what, and when."""

    model = Position
    formset = PositionFormSet
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).filter(stands_in_for=None)
        return rows.select_related("person", "department")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        # A class for this request only: the form set reads the actor from it.
        return type(formset.__name__, (formset,), {"actor": request.user})


class UnitPositionInline(PositionInline):
    fields = ["person", "title", "role", "valid_from", "valid_until", "document", "order"]
    autocomplete_fields = ["person"]


class PersonPositionInline(PositionInline):
    fields = ["department", "title", "role", "valid_from", "valid_until", "document", "order"]
    autocomplete_fields = ["department"]
