"""Single rows of the register: search them, edit them while their decision is a draft, later revoke or
withhold.
"""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.urls import path

from approvals.enums import RecordStatus
from approvals.history import history
from awards.admin.acts import ACTS, act_view
from awards.admin.kept import kept_words
from awards.admin.rows import BESIDE, ON_PAPER, may_write, moved_on, suggestion_for
from awards.codes import normalise
from awards.formsets import SingleCommendationForm
from awards.models import Commendation, Decision
from awards.revocation import REVOKE
from awards.rewards import RewardTable
from foundation.choosing.boxes import ChoosingAdminMixin
from foundation.language.fields import NormalTextField
from foundation.pagestore.admin import AnnouncingAdminMixin


@admin.register(Commendation)
class CommendationAdmin(ChoosingAdminMixin, AnnouncingAdminMixin, admin.ModelAdmin):
    """One row of the register. New rows are added on the page of their decision."""

    form = SingleCommendationForm
    change_form_template = "admin/awards/commendation/change_form.html"
    list_display = ["recipient_name", "detail", "award_kind", "decision", "verify_code", "standing_now"]
    list_filter = ["decision__school_year", "award_kind", "recipient_kind"]
    list_select_related = ["decision__issuer", "award_kind"]
    search_fields = ["search_key", "verify_code"]
    search_help_text = "Tên (gõ không dấu cũng được) hoặc mã giấy khen."
    ordering = ["-decision__signed_on", "-decision", "recipient_kind", "position", "pk"]
    actions = None
    formfield_overrides = {NormalTextField: {"widget": Textarea(attrs={"rows": 3})}}
    autocomplete_fields = ["department", "person"]
    readonly_fields = ["decision", "suggested_reward", "code"]
    fieldsets = [(None, {"fields": ["decision", *ON_PAPER, *BESIDE]})]

    @admin.display(description="Mức quy định")
    def suggested_reward(self, row: Commendation) -> str:
        return suggestion_for(row, RewardTable())

    @admin.display(description="Mã giấy khen")
    def code(self, row: Commendation) -> str:
        return row.verify_code

    @admin.display(description="Tình trạng")
    def standing_now(self, row: Commendation) -> str:
        return "Đã thu hồi" if row.revoked_on else row.decision.get_status_display()

    def view_on_site(self, row: Commendation) -> str | None:
        return row.get_absolute_url() if row.decision.status == RecordStatus.PUBLIC else None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request) & Commendation.objects.visible_to(request.user)
        return rows.select_related("decision__issuer", "award_kind")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, term: str
    ) -> tuple[QuerySet, bool]:
        if not term.strip():
            return queryset, False
        code = normalise(term)
        return (queryset.filter(verify_code=code) if code else queryset.named(term)), False

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.get_object(request, object_id) if request.method == "POST" else None
        if row and moved_on(request, row.decision):
            return kept_words(self, request, row.decision)
        return super().change_view(request, object_id, *args, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Commendation | None = None) -> list:
        version = ["seen_version"] if obj and self.has_change_permission(request, obj) else []
        return [(None, {"fields": ["decision", *ON_PAPER, *BESIDE, *version]})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("awards.view_commendation")  # which rows: get_queryset

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and may_write(request, obj.decision, "awards.change_commendation")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A published row stays in the register."""
        if obj is None or obj.published_at:
            return False
        return may_write(request, obj.decision, "awards.delete_commendation")

    def save_model(self, request: HttpRequest, obj: Commendation, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._written(request, obj)

    def delete_model(self, request: HttpRequest, obj: Commendation) -> None:
        super().delete_model(request, obj)
        self._written(request, obj)

    def _written(self, request: HttpRequest, row: Commendation) -> None:
        """Raises the decision's version, so that nobody publishes it from an older page."""
        Decision.objects.filter(pk=row.decision_id).update(version=F("version") + 1)
        row.decision.writers.add(request.user)

    def get_urls(self) -> list:
        def page(request: HttpRequest, object_id: str, act: str) -> HttpResponse:
            return act_view(self, request, object_id, act)

        view = self.admin_site.admin_view(page)
        return [
            path(f"<path:object_id>/{act}/", view, {"act": act}, f"awards_commendation_{act}") for act in ACTS
        ] + super().get_urls()

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
