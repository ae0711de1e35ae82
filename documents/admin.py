"""The register of documents in the admin."""

from collections.abc import Set
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from approvals.enums import RecordStatus
from departments.access import own_departments, scope
from departments.models import Department
from documents import share_card
from documents.force import force_on
from documents.forms import OfficialDocumentForm
from documents.models import OfficialDocument
from documents.paper.signing import SIGNED
from documents.workflow import DOCUMENT, tell_replaced
from foundation.choosing.labels import RowFilter
from foundation.sharecards.pictures import forget_share_pictures
from records.admin import RecordAdminMixin
from signing.admin.record import SignedRecordAdminMixin


class ForceFilter(admin.SimpleListFilter):
    title = "hiệu lực hôm nay"
    parameter_name = "hieu_luc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("con", "Còn hiệu lực"), ("khong", "Chưa có, đã hết hoặc đã thay")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        in_force = OfficialDocument.objects.in_force(timezone.localdate()).values("pk")
        match self.value():
            case "con":
                return queryset.filter(pk__in=in_force)
            case "khong":
                return queryset.exclude(pk__in=in_force)
        return None


class BookYearFilter(admin.SimpleListFilter):
    title = "năm của sổ"
    parameter_name = "nam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = model_admin.get_queryset(request).order_by("-book_year")
        return [(year, year) for year in years.values_list("book_year", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(book_year=self.value()) if self.value() else None


@admin.register(OfficialDocument)
class OfficialDocumentAdmin(SignedRecordAdminMixin, RecordAdminMixin, admin.ModelAdmin):
    workflow, signable = DOCUMENT, SIGNED
    change_form_template = "admin/documents/officialdocument/change_form.html"
    form = OfficialDocumentForm
    list_display = ["number", "summary", "kind", "issued_on", "force_today", "file_column", "status"]
    list_filter = ["status", "kind", BookYearFilter, ForceFilter, ("issuer", RowFilter)]
    list_select_related = ["replaced_by"]
    search_fields = ["number_key", "search_key"]
    search_help_text = "Số hoặc trích yếu, gõ có dấu hay không dấu đều được. Ví dụ: 1247, khen thuong."
    autocomplete_fields = ["replaced_by"]
    ordering = ["-issued_on", "-pk"]
    fieldsets = [
        ("Trên văn bản", {"fields": ["number", "kind", "summary", "issuer", "signer", "issued_on"]}),
        ("Tệp và tóm tắt", {"fields": ["current_file", "upload", "remove_file", "gist", "staged"]}),
        ("Hiệu lực", {"fields": ["effective_on", "expires_on", ("replaced_by", "ending")]}),
        (
            "Địa chỉ trang",
            {
                "fields": ["slug", "seen_version"],
                "classes": ["collapse"],
                "description": "Để trống thì tự đặt theo số và năm. Sau khi đã công bố thì giữ nguyên.",
            },
        ),
    ]

    @admin.display(description="Hiệu lực")
    def force_today(self, document: OfficialDocument) -> str:
        return force_on(document, timezone.localdate()).label

    @admin.display(description="Tệp")
    def file_column(self, document: OfficialDocument) -> str:
        return document.file_words or "–"

    @admin.display(description="Tệp đang có")
    def current_file(self, document: OfficialDocument) -> str:
        if not document.file:
            return "Chưa có tệp"
        url = reverse("documents:document_file", args=[document.slug])
        return format_html('<a href="{}">{}</a> ({})', url, document.file_name, document.file_words)

    def view_on_site(self, document: OfficialDocument) -> str | None:
        return document.get_absolute_url() if document.status == RecordStatus.PUBLIC else None

    def get_readonly_fields(self, request: HttpRequest, obj: OfficialDocument | None = None) -> list[str]:
        return ["current_file", *(["slug"] if obj and obj.published_at else [])]

    def get_fieldsets(self, request: HttpRequest, obj: OfficialDocument | None = None) -> list:
        """Show “Bỏ tệp” only if there is a file, and no form-only fields to users who only read."""
        form_only = {"upload", "remove_file", "staged", "seen_version"}
        hidden = set() if self._can_edit(request, obj) else form_only
        hidden |= set() if obj and obj.file else {"remove_file", "current_file"}
        return [
            (name, options | {"fields": [f for f in options["fields"] if f not in hidden]})
            for name, options in self.fieldsets
        ]

    def _can_edit(self, request: HttpRequest, obj: OfficialDocument | None) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "issuer":
            units = scope(request.user, "documents.change_officialdocument")
            kwargs["queryset"] = Department.objects.filter(pk__in=units)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return queryset.matching(search_term), False

    def public_record_changed(
        self, request: HttpRequest, record: OfficialDocument, changed: Set[str]
    ) -> None:
        forget_share_pictures(share_card.place_of(record))
        newer = record.replaced_by
        if "replaced_by" in changed and newer and newer.status == RecordStatus.PUBLIC:
            tell_replaced(record, request.user)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Today, and the registrar's own unit if there is only one."""
        initial: dict[str, Any] = {"issued_on": timezone.localdate()}
        own = own_departments(request.user) & scope(request.user, "documents.add_officialdocument")
        if len(own) == 1:
            initial["issuer"] = own.pop()
        return initial | super().get_changeform_initial_data(request)
