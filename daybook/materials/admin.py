"""Files of events in the office: uploaded by the host's people, released by its head."""

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html

from daybook.materials.workflow import EDITABLE, MATERIAL, MATERIALS
from daybook.models import Material
from departments.access import scope
from documents import files
from documents.files import LIMIT_WORDS
from documents.filing.downloads import answer_file
from documents.filing.uploading import UploadForm
from events.models import Event
from records.admin import RecordAdminMixin
from records.below import address_below, paths_below, record_of


class MaterialForm(UploadForm):
    """A file with its title, for whom it is and from which day."""

    kinds: ClassVar[Collection[str]] = files.MATERIALS
    upload = forms.FileField(
        label="Tệp",
        required=False,
        help_text=f"PDF, Word (.docx) hoặc PowerPoint (.pptx), tối đa {LIMIT_WORDS}.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.pptx"}),
    )

    class Meta:
        model = Material
        fields = ("event", "title", "audience", "opens_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        event: Event | None = cleaned.get("event") or (self.instance.event if self.instance.pk else None)
        if event and event.host_id not in scope(self.user, "daybook.add_material"):
            self.add_error("event", "Sự kiện này do đơn vị khác chủ trì.")
        elif event:
            self.instance.host_id = event.host_id
        if not (cleaned.get("upload") or self.instance.file or "upload" in self.errors):
            self.add_error("upload", "Hãy chọn tệp.")
        return cleaned


@admin.register(Material)
class MaterialAdmin(RecordAdminMixin, admin.ModelAdmin):
    """What is waiting or released is not changed: it is recalled or withdrawn first."""

    workflow, record_kind = MATERIAL, MATERIALS
    form = MaterialForm
    change_form_template = "admin/daybook/material/change_form.html"
    list_display = ["title", "event", "audience", "opens_on", "file_column", "status"]
    list_filter = ["status", "audience"]
    list_select_related = ["event"]
    search_fields = ["title"]
    search_help_text = "Tên tài liệu hoặc tên sự kiện."
    ordering = ["-pk"]
    autocomplete_fields = ["event"]
    fieldsets = [
        ("Tài liệu", {"fields": ["event", "title", "current_file", "upload", "staged"]}),
        ("Ai xem, từ khi nào", {"fields": ["audience", "opens_on", "seen_version"]}),
    ]

    @admin.display(description="Tệp")
    def file_column(self, material: Material) -> str:
        return material.file_words

    @admin.display(description="Tệp đang có")
    def current_file(self, material: Material) -> str:
        url = address_below(self, material, "file")
        return format_html('<a href="{}">{}</a> ({})', url, material.file_name, material.file_words)

    def has_view_permission(self, request: HttpRequest, obj: Material | None = None) -> bool:
        """Released files are no public reading in the office: they may be for participants only."""
        return self._may(request, "view", obj)

    def has_change_permission(self, request: HttpRequest, obj: Material | None = None) -> bool:
        if obj is not None and obj.status not in EDITABLE:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Material | None = None) -> list[str]:
        return ["current_file", *(["event"] if obj else [])]

    def get_fieldsets(self, request: HttpRequest, obj: Material | None = None) -> list:
        """Show no form-only fields to users who only read."""
        hidden = set() if obj else {"current_file"}
        if obj and not self.has_change_permission(request, obj):
            hidden = {"upload", "staged", "seen_version"}
        return [
            (name, {"fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in self.fieldsets
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return queryset.matching(search_term.strip()), False

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.writers.add(request.user)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Material | None = None, **kwargs: Any
    ) -> Any:
        if obj is not None:
            context["event_url"] = reverse("admin:events_event_change", args=[obj.event_id])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        screens = {"file": ("tai/", self.send_file)}
        return [*paths_below(self, "tep", screens, lambda view: view), *super().get_urls()]

    def send_file(self, request: HttpRequest, object_id: int) -> FileResponse:
        """Answer with the file to whoever may open its page: who releases it must have read it."""
        material = record_of(self, request, object_id)
        return answer_file(material.file, material.file_name, material.file_type)
