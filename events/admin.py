"""Events in the admin: one form, from date and place to guests and commendations."""

from collections.abc import Set
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import models
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from approvals.enums import RecordStatus
from departments.access import own_departments, scope
from departments.models import Department
from events.exposure import lend_photos, show_photos
from events.fields import DayAndHourField
from events.filters import StartYearFilter
from events.forms import EventForm, move_programme
from events.inlines import DelegateInline, DocumentInline, ParticipantInline, PhotoInline, ProgrammeInline
from events.models import Event
from events.pages import LISTS, event_page
from events.row_lists import ROW_LISTS
from events.telling import PLANS, plans_changed
from events.timing import badge_at, date_words
from events.workflow import EVENT, EVENTS
from foundation.choosing.labels import RowFilter
from media.models import Photo
from records.lists.admin import ListedRecordAdminMixin


@admin.register(Event)
class EventAdmin(ListedRecordAdminMixin, admin.ModelAdmin):
    workflow, record_kind = EVENT, EVENTS
    form = EventForm
    change_form_template = "admin/events/event/change_form.html"
    formfield_overrides = ListedRecordAdminMixin.formfield_overrides | {
        models.DateTimeField: {"form_class": DayAndHourField, "widget": AdminSplitDateTime},
    }
    inlines = [ProgrammeInline, DelegateInline, ParticipantInline, PhotoInline, DocumentInline]
    row_lists = ROW_LISTS
    list_display = ["title", "kind", "date_column", "host", "state_today", "status"]
    list_filter = [
        "status",
        "kind",
        "occurrence",
        StartYearFilter,
        ("host", RowFilter),
    ]
    list_select_related = ["host"]
    search_fields = ["search_key"]
    search_help_text = "Tên sự kiện, gõ có dấu hay không dấu đều được."
    ordering = ["-starts_at", "-pk"]
    autocomplete_fields = ["co_hosts", "lead_photo"]
    fieldsets = [
        ("Sự kiện gì", {"fields": ["title", "kind", "summary", "school_year"]}),
        ("Khi nào", {"fields": ["starts_at", "ends_at", "all_day", "occurrence", "occurrence_note"]}),
        ("Ở đâu", {"fields": ["place_name", "place_address", "online_url"]}),
        ("Ai", {"fields": ["host", "co_hosts", ("attendance", "attendance_qualifier")]}),
        ("Ảnh chính và địa chỉ trang", {"fields": ["lead_photo", "slug", "seen_version"]}),
    ]

    @admin.display(description="Ngày", ordering="starts_at")
    def date_column(self, event: Event) -> str:
        return date_words(event)

    @admin.display(description="Viết bài")
    def write_about(self, event: Event) -> str:
        """Return a link to a new story about the event; this room may not import stories, only name a URL."""
        address = f"{reverse('admin:articles_article_add')}?event={event.pk}"
        return format_html('<a href="{}" aria-label="Viết bài về {}">Viết bài</a>', address, event)

    def get_list_display(self, request: HttpRequest) -> list[str]:
        writes = request.user.has_perm("articles.add_article")
        return [*self.list_display, *(["write_about"] if writes else [])]

    @admin.display(description="Diễn ra")
    def state_today(self, event: Event) -> str:
        return badge_at(event, timezone.now()).label

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> list[str]:
        return ["slug"] if obj and obj.published_at else []

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, obj: Event | None = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None and not self.has_change_permission(request, obj):
            shown = event_page(obj, timezone.now())
            whole = {row_list.slug: row_list for row_list in self.row_lists}
            for name, more in shown["more"].items():
                if more:  # the public pages of the lists may not exist yet
                    more["url"] = self.list_address(obj, whole[LISTS[name].slug])
            context["shown"] = shown
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def view_on_site(self, event: Event) -> str | None:
        return event.get_absolute_url() if event.status == RecordStatus.PUBLIC else None

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> list:
        """Read-only users do not see fields that only the form has."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        *others, (name, options) = self.fieldsets
        return [*others, (name, {"fields": [f for f in options["fields"] if f != "seen_version"]})]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "host":
            units = scope(request.user, "events.change_event")
            kwargs["queryset"] = Department.objects.filter(pk__in=units)
        if db_field.name == "lead_photo":
            kwargs["queryset"] = Photo.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return queryset.matching(search_term), False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        own = own_departments(request.user) & scope(request.user, "events.add_event")
        initial = {"host": own.pop()} if len(own) == 1 else {}
        return initial | super().get_changeform_initial_data(request)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        event = form.instance
        if change:
            form.moved_programme = move_programme(form, formsets)
        super().save_related(request, form, formsets, change)
        if not change or form.has_changed() or any(formset.has_changed() for formset in formsets):
            event.writers.add(request.user)
            lend_photos(event)

    def construct_change_message(self, request: HttpRequest, form: Any, *more: Any, **named: Any) -> list:
        said = super().construct_change_message(request, form, *more, **named)
        return said + getattr(form, "moved_programme", [])

    def rows_changed(self, request: HttpRequest, record: Event) -> None:
        super().rows_changed(request, record)
        lend_photos(record)

    def public_record_changed(self, request: HttpRequest, record: Event, changed: Set[str]) -> None:
        """Increment the SEQUENCE (RFC 5545), so that calendars notice every change that readers see."""
        show_photos(record)
        Event.objects.filter(pk=record.pk).update(sequence=F("sequence") + 1)
        if PLANS & changed:
            plans_changed(record, request.user)
