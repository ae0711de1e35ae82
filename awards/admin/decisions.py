"""Admin of decisions with their rows, for the registrar who types and the head who reads."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from approvals.enums import RecordStatus
from awards.admin.acts import act_view
from awards.admin.kept import kept_words
from awards.admin.lists import import_view
from awards.admin.paper import PaperAdminMixin
from awards.admin.row_list import RECIPIENTS
from awards.admin.rows import CHANGE, CommendationInline, may_write, moved_on
from awards.counting import Counts, phrase
from awards.enums import RecipientKind
from awards.forms import DecisionForm
from awards.models import Commendation, Decision
from awards.pages import row_groups
from awards.revocation import REVOKE
from awards.rewards import fill_rewards
from awards.workflow import DECISIONS, WORKFLOW
from departments.access import own_departments, scope
from departments.models import Department
from foundation.choosing.labels import RowFilter
from foundation.language.fields import NormalTextField
from records.lists.admin import ListedRecordAdminMixin

# Rows shown in the page of the decision to those who read, and who edit; the list's own screen has them all.
ROWS_READ, ROWS_EDITED = 300, 50
ISSUERS = ("issuer", RowFilter)


@admin.register(Decision)
class DecisionAdmin(PaperAdminMixin, ListedRecordAdminMixin, admin.ModelAdmin):
    """Decisions with their rows, as a form or as a table that links to each row."""

    workflow, record_kind = WORKFLOW, DECISIONS
    change_form_template = "admin/awards/decision/change_form.html"
    form = DecisionForm
    inlines = [CommendationInline]
    row_lists = (RECIPIENTS,)
    list_display = ["number", "signed_on", "summary", "commended", "issuer", "status"]
    list_filter = ["school_year", "commendations__award_kind", "status", ISSUERS]
    list_select_related = ["issuer"]
    search_fields = ["number_key", "search_key"]
    search_help_text = "Số, nội dung khen hoặc tên người được khen; gõ không dấu cũng được."
    date_hierarchy = "signed_on"
    ordering = ["-signed_on", "-pk"]
    formfield_overrides = {NormalTextField: {"widget": Textarea(attrs={"rows": 4})}}
    autocomplete_fields = ["signer", "event", "document"]
    fieldsets = [
        ("Trên giấy", {"fields": [("number", "signed_on"), "issuer", "summary", "grounds"]}),
        ("Người ký hôm đó", {"fields": ["signer", "signer_prefix", ("signer_name", "signer_title")]}),
        ("Gắn với", {"fields": ["school_year", "event", "document"]}),
        ("Tiền thưởng", {"fields": ["shows_rewards", "fill_rewards", "seen_version"]}),
    ]

    def view_on_site(self, decision: Decision) -> str | None:
        return decision.get_absolute_url() if decision.status == RecordStatus.PUBLIC else None

    def get_urls(self) -> list:
        def page(view: Any, **more: Any) -> Any:
            return self.admin_site.admin_view(
                lambda request, object_id: view(self, request, object_id, **more)
            )

        revoking = page(act_view, act="huy-bo")
        return [
            path("<path:object_id>/nhap-danh-sach/", page(import_view), name="awards_decision_import"),
            path("<path:object_id>/huy-bo/", revoking, name="awards_decision_revoke"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Adds the counts of all rows, whatever filter the list has."""

        def of(kind: str) -> Coalesce:
            rows = Commendation.objects.filter(decision=OuterRef("pk"), recipient_kind=kind).order_by()
            return Coalesce(Subquery(rows.values("decision").annotate(n=Count("pk")).values("n")), 0)

        kinds = {"collectives": RecipientKind.COLLECTIVE, "individuals": RecipientKind.INDIVIDUAL}
        counted = {name: of(kind) for name, kind in kinds.items()}
        return super().get_queryset(request).annotate(**counted)

    @admin.display(description="Được khen")
    def commended(self, decision: Decision) -> str:
        return phrase(Counts(decision.collectives, decision.individuals), ", ") or "Chưa có ai"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, term: str
    ) -> tuple[QuerySet, bool]:
        return queryset.matching(term), False

    def why_locked(self, request: HttpRequest, record: Decision) -> str:
        if not moved_on(request, record):
            return ""
        return f"Quyết định {record} đang ở trạng thái “{record.get_status_display()}” nên không sửa được."

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        decision = kwargs.get("obj")
        if decision and not context["inline_admin_formsets"]:
            most = ROWS_EDITED if self.has_change_permission(request, decision) else ROWS_READ
            groups = row_groups(decision, slice(most))
            context["groups"], context["is_part"] = groups, sum(len(rows) for *_, rows in groups) == most
        if decision and decision.status == RecordStatus.PUBLIC and request.user.has_perm(REVOKE, decision):
            context["may_revoke"] = decision.commendations.unrevoked().exists()
        return super().render_change_form(request, context, *args, **kwargs)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        decision = self.get_object(request, object_id) if request.method == "POST" else None
        if decision and moved_on(request, decision):
            return self.taken_before(request) or kept_words(self, request, decision)
        return super().change_view(request, object_id, *args, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Decision | None = None) -> list:
        """A reader does not see the last fieldset, which has only inputs."""
        return self.fieldsets if self.has_change_permission(request, obj) else self.fieldsets[:-1]

    def has_change_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return may_write(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "issuer":
            kwargs["queryset"] = Department.objects.filter(pk__in=scope(request.user, CHANGE))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        own = own_departments(request.user) & scope(request.user, "awards.add_decision")
        initial = {"signed_on": timezone.localdate()} | ({"issuer": own.pop()} if len(own) == 1 else {})
        return initial | super().get_changeform_initial_data(request)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        decision = form.instance
        decision.writers.add(request.user)
        if form.cleaned_data.get("fill_rewards"):
            fill_rewards(decision)
