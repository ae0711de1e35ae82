"""Rows of the press belong to a unit; whoever has the permission over its work sees and changes them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from departments.access import own_departments, scope
from departments.models import Department


class UnitScopedAdminMixin:
    """For a model with `owner_field = "department_id"`."""

    opts: Any
    actions = None

    def _may(self, request: HttpRequest, act: str, obj: Any) -> bool:
        return request.user.has_perm(f"press.{act}_{self.opts.model_name}", obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: QuerySet = super().get_queryset(request)  # type: ignore[misc]
        return rows.filter(department__in=scope(request.user, f"press.view_{self.opts.model_name}"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete", obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        own = own_departments(request.user) & scope(request.user, f"press.add_{self.opts.model_name}")
        initial: dict[str, Any] = {"department": own.pop()} if len(own) == 1 else {}
        return initial | super().get_changeform_initial_data(request)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "department":
            units = scope(request.user, f"press.add_{self.opts.model_name}")
            kwargs["queryset"] = Department.objects.filter(pk__in=units)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
