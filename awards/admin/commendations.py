"""The register row by row: looked up, read, and after publication revoked or its name withheld."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from approvals.engine import StepRefused, history
from awards.codes import normalise
from awards.forms import RevocationForm, WithholdingForm
from awards.models import Commendation
from awards.revocation import REVOKE, revoke, withhold_name

ACTS = {
    "huy-bo": ("Ghi hủy bỏ", RevocationForm, revoke),
    "an-ten": ("Ẩn tên theo yêu cầu", WithholdingForm, withhold_name),
}


@admin.register(Commendation)
class CommendationAdmin(admin.ModelAdmin):
    """Nothing is typed here: rows are written on the page of their decision."""

    change_form_template = "admin/awards/commendation/change_form.html"
    list_display = ["recipient_name", "detail", "award_kind", "decision", "verify_code", "standing_now"]
    list_filter = ["decision__school_year", "award_kind", "recipient_kind"]
    list_select_related = ["decision", "award_kind"]
    search_fields = ["search_key", "verify_code"]
    search_help_text = "Tên (gõ không dấu cũng được) hoặc mã giấy khen."
    ordering = ["-decision__signed_on", "-decision", "recipient_kind", "position", "pk"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request) & Commendation.objects.visible_to(request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, term: str
    ) -> tuple[QuerySet, bool]:
        if not term.strip():
            return queryset, False
        code = normalise(term)
        return (queryset.filter(verify_code=code) if code else queryset.by_name(term)), False

    @admin.display(description="Tình trạng")
    def standing_now(self, row: Commendation) -> str:
        if row.revoked_on:
            return "Đã thu hồi"
        return row.decision.get_status_display()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("awards.view_commendation")  # which rows: get_queryset

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.act_view)
        own = [
            path(f"<path:object_id>/{act}/", view, {"act": act}, f"awards_commendation_{act}") for act in ACTS
        ]
        return own + super().get_urls()

    def act_view(self, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
        """Revoke or withhold: one form, one function, one line in the log."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not request.user.has_perm(REVOKE, row):
            raise PermissionDenied
        label, form_class, function = ACTS[act]
        form = form_class(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                function(row, actor=request.user, **form.cleaned_data)
            except StepRefused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, f"Đã xong: {label.lower()}, “{row}”.")
                return HttpResponseRedirect(reverse("admin:awards_commendation_change", args=[row.pk]))
        context = self.admin_site.each_context(request) | {
            "title": f"{label}: {row}",
            "label": label,
            "opts": self.opts,
            "original": row,
            "form": form,
        }
        return TemplateResponse(request, "admin/awards/commendation/act.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None:
            may = request.user.has_perm(REVOKE, row) and row.published_at
            context |= {
                "steps_taken": history(row)[:20],
                "may_revoke": may and not row.revoked_on,
                "may_withhold": may and not row.withheld_on,
            }
        return super().render_change_form(request, context, *args, **kwargs)
