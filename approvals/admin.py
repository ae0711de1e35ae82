"""Offer the steps of a workflow on an admin page: one button per step, one POST address."""

from typing import Any, override

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from approvals.engine import Step, StepRefused, Workflow, open_steps, take
from approvals.history import history
from approvals.looking_up import BookSearchMixin
from approvals.models import AuditEntry, StatusChange
from approvals.once import OneRecordAdminMixin
from foundation.paging.capped import CappedPaginator


class ApprovalAdminMixin(OneRecordAdminMixin):
    """Add to a ModelAdmin that names its `workflow`; shows one button per open step in the change form.

    The page sends the version it showed, so a step applies to that version only. A refused step changes
    nothing and shows the reason.
    """

    workflow: Workflow
    paginator = CappedPaginator
    show_full_result_count = False  # the total beside the number found is of no use
    change_form_template = "admin/approvals/change_form.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(require_POST(self.step_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("<path:object_id>/buoc/<slug:step>/", view, name=name), *super().get_urls()]

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None or not any(s.name == step for s in self.workflow.steps):
            messages.warning(request, f"{self.opts.verbose_name} này không còn ở đây.")
            return redirect("admin:index")
        note, version = request.POST.get("note", ""), request.POST.get("version", "")
        try:
            seen = int(version) if version.isdecimal() else -1
            take(self.workflow, record, step, actor=request.user, version=seen, note=note)
        except StepRefused as refusal:
            return self._refused(request, record, self.workflow[step], refusal)
        taken = self.workflow[step]
        messages.success(request, taken.done or f"Đã xong: {taken.label}.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", record.pk)

    def _refused(self, request: HttpRequest, record: Any, step: Any, refusal: StepRefused) -> HttpResponse:
        """Answer with a separate page that still has the typed note, to be sent again."""
        context = self.admin_site.each_context(request) | {
            "title": step.label,
            "opts": self.opts,
            "original": record,
            "step": step,
            "refusal": refusal,
            "note": request.POST.get("note", ""),
        }
        return TemplateResponse(request, "admin/approvals/refused.html", context, status=409)

    def offered_steps(self, request: HttpRequest, record: Any) -> list[Step]:
        """Return the steps that get a button."""
        return open_steps(self.workflow, record, request.user)

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
        if obj is not None:
            context |= {
                "workflow_status": obj,
                "status": getattr(obj, self.workflow.status_field),
                "status_label": getattr(obj, f"get_{self.workflow.status_field}_display")(),
                "open_steps": (steps := self.offered_steps(request, obj)),
                "bar_steps": [(step, request.POST.get(f"note-{step.name}", "")) for step in steps],
                "steps_taken": history(obj)[:20],
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


class ReadOnlyAdmin(admin.ModelAdmin):
    """A log that can only be read."""

    paginator = CappedPaginator
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(StatusChange)
class StatusChangeAdmin(BookSearchMixin, ReadOnlyAdmin):
    """The log of steps, read-only."""

    list_display = ["taken_at", "label", "about", "actor", "capacity", "note"]
    list_filter = ["content_type", "step"]
    search_fields = ["note", "actor__full_name", "capacity"]
    search_help_text = "Tìm theo người làm, bài hay hồ sơ (gõ không dấu cũng được), lời nhắn, tư cách."
    date_hierarchy = "taken_at"
    list_select_related = ["actor", "content_type"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("record")

    @admin.display(description="bài, hồ sơ")
    def about(self, change: StatusChange) -> str:
        return str(change.record or "(không còn)")


@admin.register(AuditEntry)
class AuditEntryAdmin(BookSearchMixin, ReadOnlyAdmin):
    """The audit book: who did what, when, in what capacity, from which address."""

    change_list_template = "admin/approvals/audit_book.html"
    list_display = ["at", "who", "what", "note", "address", "seal_number"]
    list_filter = ["content_type"]
    search_fields = ["actor_name", "action", "about", "note", "address"]
    search_help_text = "Tìm theo người làm, hồ sơ (gõ không dấu cũng được), việc, ghi chú hoặc địa chỉ mạng."
    date_hierarchy = "at"
    list_select_related = ["seal"]
    list_per_page = 50
    fields = ("at", "actor_name", "capacity", "action", "about", "note", "address", "seal_number")
    readonly_fields = fields

    @admin.display(description="người làm, tư cách", ordering="actor_name")
    def who(self, entry: AuditEntry) -> str:
        return ", ".join(filter(None, (entry.actor_name, entry.capacity)))

    @admin.display(description="việc, hồ sơ", ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return str(entry)

    @admin.display(description="mã niêm phong")
    def seal_number(self, entry: AuditEntry) -> str:
        return str(entry.seal.number) if hasattr(entry, "seal") else "chưa niêm"
