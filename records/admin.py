"""What the admin pages of registered records share: permissions, steps, and logging of changes.

A registered record has `status`, `version`, `owner_field` and a queryset with `visible_to(user)`.
"""

from collections.abc import Set
from typing import Any, cast, override

from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from approvals.engine import Step
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from departments.access import capacity
from foundation.choosing.boxes import ChoosingAdminMixin
from foundation.pagestore.admin import AnnouncingAdminMixin
from records.fields import DayField
from records.steps import StepFormMixin


class RecordAdminMixin(ChoosingAdminMixin, StepFormMixin, AnnouncingAdminMixin):
    """Permissions are checked on the record itself; every saved change increments `version`.

    A change of a public record is also written to the approval log, which nobody can edit.
    """

    actions = None
    formfield_overrides = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
        models.DateField: {"form_class": DayField, "widget": AdminDateWidget},
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request) & self.model._default_manager.visible_to(request.user)

    def _may(self, request: HttpRequest, act: str, obj: Any) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{act}_{self.opts.model_name}", obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A public record may be read by all staff with the view permission in any unit."""
        if obj is not None and obj.status == RecordStatus.PUBLIC:
            obj = None
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft that was never public may be deleted; any other record is withdrawn and stays."""
        if obj is not None and (obj.status != RecordStatus.DRAFTING or obj.published_at):
            return False
        return self._may(request, "delete", obj)

    def offered_steps(self, request: HttpRequest, record: Any) -> list[Step]:
        """Return the steps; those of deciding only when it is the user's turn.

        Otherwise the page says who decides.
        """
        steps = super().offered_steps(request, record)
        kind = self.record_kind
        held = kind.holding(record, by=request.user) if kind else None
        if kind is None or held is None or held.turn_of(request.user):
            return steps
        return [step for step in steps if step.permission not in kind.permissions]

    @override
    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None and self.record_kind:
            context["waiting"] = self.record_kind.waiting(obj, by=request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Run again after an IntegrityError: two people used the same number, and the form then says so."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record = form.instance
        if change and (form.has_changed() or any(formset.has_changed() for formset in formsets)):
            self.model._base_manager.filter(pk=record.pk).update(version=F("version") + 1)
            if record.status == RecordStatus.PUBLIC:
                self.public_record_changed(request, record, set(form.changed_data))

    def public_record_changed(self, request: HttpRequest, record: Any, changed: Set[str]) -> None:
        """Called in the transaction that changed a public record; override it for what else must follow.

        `changed` names the fields of its form; it is empty when only rows of a list changed.
        """

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        entry = super().log_change(request, obj, message)
        if obj.status == RecordStatus.PUBLIC and message:
            StatusChange.objects.create(
                content_type=ContentType.objects.get_for_model(obj),
                object_id=obj.pk,
                step="edit",
                label="Sửa khi đang công bố",
                old_status=obj.status,
                new_status=obj.status,
                version=obj.version,
                actor=cast(User, request.user),
                capacity=capacity(request.user, f"{self.opts.app_label}.change_{self.opts.model_name}", obj),
                note=entry.get_change_message(),
            )
        return entry
