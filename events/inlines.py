"""The parts of an event, edited on the same page."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest

from documents.models import OfficialDocument
from events.forms import ProgrammeFormSet, ProgrammeItemForm
from events.models import Delegate, Event, EventDocument, EventPhoto, ParticipatingGroup, ProgrammeItem
from foundation.choosing.boxes import ChoosingAdminMixin
from media.models import Photo
from records.formsets import RowFormSet

MOST_TYPED = 4000  # rows; a form within the limit of fields has fewer


class PartInline(ChoosingAdminMixin, admin.TabularInline):
    extra = 1
    formset = RowFormSet
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}}

    def get_formset(self, request: HttpRequest, obj: Event | None = None, **kwargs: Any) -> Any:
        """As many rows as the largest form can have are taken, or shown again; Django would stop at 2,000."""
        return super().get_formset(request, obj, absolute_max=MOST_TYPED, **kwargs)


class ProgrammeInline(PartInline):
    model = ProgrammeItem
    form = ProgrammeItemForm
    formset = ProgrammeFormSet
    fields = ["day", "hour", "title", "note"]


class DelegateInline(PartInline):
    """Name and title are typed as of that day; the link to the directory does not fill them in."""

    model = Delegate
    fields = ["honorific", "name", "title", "person", "position"]
    autocomplete_fields = ["person"]


class ParticipantInline(PartInline):
    model = ParticipatingGroup
    fields = ["label", "count_qualifier", "count", "department_kind", "department", "position"]
    autocomplete_fields = ["department"]


class PhotoInline(PartInline):
    model = EventPhoto
    fields = ["photo", "caption", "position"]
    autocomplete_fields = ["photo"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "photo":
            kwargs["queryset"] = Photo.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DocumentInline(PartInline):
    model = EventDocument
    fields = ["document", "position"]
    autocomplete_fields = ["document"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "document":
            kwargs["queryset"] = OfficialDocument.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
