"""Notes of the day in the office: a form that is filled in on a telephone."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from approvals.enums import RecordStatus
from daybook.models import Note
from daybook.models.note import LONGEST
from daybook.notes.entrust_page import end_page, entrust_page
from daybook.notes.workflow import EDITABLE, NOTE, NOTES
from departments.access import scope
from events.fields import DayAndHourField
from events.models import Event
from media.models import Photo
from records.admin import RecordAdminMixin
from records.forms import RecordForm


class NoteForm(RecordForm):
    """The words of a note; its photo brings its own caption."""

    user: Any = None  # the user who fills it in; set by the admin

    class Meta:
        model = Note
        fields = ("event", "body", "photo", "caption", "happened_at")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        event: Event | None = cleaned.get("event") or (self.instance.event if self.instance.pk else None)
        photo: Photo | None = cleaned.get("photo")
        if event and event.host_id not in scope(self.user, "daybook.add_note"):
            self.add_error("event" if "event" in self.fields else None, "Sự kiện này do đơn vị khác chủ trì.")
        elif event:
            self.instance.host_id = event.host_id
        if photo and not cleaned.get("caption"):
            cleaned["caption"] = photo.caption[:250]
        return cleaned


@admin.register(Note)
class NoteAdmin(RecordAdminMixin, admin.ModelAdmin):
    """What is waiting or public is not changed: it is recalled, taken back or taken down first."""

    workflow, record_kind = NOTE, NOTES
    form = NoteForm
    change_form_template = "admin/daybook/note/change_form.html"
    formfield_overrides = RecordAdminMixin.formfield_overrides | {
        models.DateTimeField: {"form_class": DayAndHourField, "widget": AdminSplitDateTime},
    }
    list_display = ["__str__", "happened_at", "event", "status"]
    list_filter = ["status"]
    list_select_related = ["event"]
    search_fields = ["body"]
    search_help_text = "Chữ trong tin hoặc tên sự kiện."
    ordering = ["-happened_at", "-pk"]
    autocomplete_fields = ["event", "photo"]
    fieldsets = [
        (None, {"fields": ["body", "photo", "caption"]}),
        ("Của sự kiện nào, lúc nào", {"fields": ["event", "happened_at", "seen_version"]}),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Note | None = None) -> bool:
        if obj is not None and obj.status not in EDITABLE:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Note | None = None) -> list[str]:
        return ["event"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Note | None = None) -> list:
        """Show no form-only fields to users who only read."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        words, (name, options) = self.fieldsets
        return [words, (name, {"fields": [one for one in options["fields"] if one != "seen_version"]})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "body" in form.base_fields:
            form.base_fields["body"].widget.attrs["maxlength"] = LONGEST
        return type(form.__name__, (form,), {"user": request.user})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "photo":
            kwargs["queryset"] = Photo.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return queryset.matching(search_term.strip()), False

    def view_on_site(self, note: Note) -> str | None:
        return note.get_absolute_url() if note.status == RecordStatus.PUBLIC else None

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.writers.add(request.user)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Note | None = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None:
            here = f"?event__id__exact={obj.event_id}"
            context["notes_url"] = reverse("admin:daybook_note_changelist") + here
            context["again_url"] = f"{reverse('admin:daybook_note_add')}?event={obj.event_id}"
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        inside = self.admin_site.admin_view
        mine = [
            path("giao/<int:event_pk>/", inside(entrust_page), name="daybook_note_entrust"),
            path("giao/<int:pk>/thoi/", inside(end_page), name="daybook_note_entrust_end"),
        ]
        return [*mine, *super().get_urls()]
