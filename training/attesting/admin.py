"""The list of attestations in the office: the rule, who signs, the rows, its steps and its paper."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from press.admin.record import PrintedRecordAdminMixin
from records.admin import RecordAdminMixin
from records.forms import RecordForm
from training.attesting.drafting import fill_list
from training.attesting.subject import ATTESTATION
from training.attesting.workflow import ATTESTING, EDITABLE, LISTS
from training.models import AttestationList

ROWS_SHOWN = 500


class AttestationListForm(RecordForm):
    """The words of the paper and the rule."""

    class Meta:
        model = AttestationList
        fields = (
            "rule",
            "at_least",
            "content",
            "grounds",
            "signed_on",
            "signer_prefix",
            "signer_name",
            "signer_title",
            "shows_names",
        )


@admin.register(AttestationList)
class AttestationListAdmin(PrintedRecordAdminMixin, RecordAdminMixin, admin.ModelAdmin):
    """Lists begin on the page of their enrolment; the rows follow from the rule whenever it is saved."""

    workflow, record_kind, print_subject = ATTESTING, LISTS, ATTESTATION
    form = AttestationListForm
    change_form_template = "admin/training/attestationlist/change_form.html"
    list_display = ["__str__", "host", "signed_on", "status"]
    list_filter = ["status"]
    list_select_related = ["host", "enrolment__event"]
    search_fields = ["search_key"]
    search_help_text = "Nội dung, gõ có dấu hay không dấu đều được."
    ordering = ["-signed_on", "-pk"]
    fieldsets = [
        ("Ai được giấy", {"fields": [("rule", "at_least")]}),
        ("Trên giấy", {"fields": ["content", "grounds"]}),
        ("Người ký", {"fields": ["signed_on", "signer_prefix", ("signer_name", "signer_title")]}),
        ("Trang xác minh", {"fields": ["shows_names", "seen_version"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.status not in EDITABLE:
            return False
        return super().has_change_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Read-only users do not see fields that only the form has."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        *others, (name, options) = self.fieldsets
        return [*others, (name, {"fields": [f for f in options["fields"] if f != "seen_version"]})]

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.writers.add(request.user)
        fill_list(form.instance)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None:
            rows = list(obj.rows.all()[: ROWS_SHOWN + 1])
            context["rows"], context["more"] = rows[:ROWS_SHOWN], len(rows) > ROWS_SHOWN
            context["roll_url"] = reverse("admin:enrolment_page", args=[obj.enrolment_id])
            context["may_revoke"] = request.user.has_perm("training.withdraw_attestationlist", obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
