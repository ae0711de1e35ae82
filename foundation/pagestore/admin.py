"""Announce what a form of the admin writes."""

from copy import copy
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.pagestore.announcing import announce


class AnnouncingAdminMixin(admin.ModelAdmin):
    """For a ModelAdmin of rows that readers see: announces what is saved or deleted, inlines included.

    An admin view that writes in another way calls `announce` itself.
    """

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        announce(form.instance, *(formset.model for formset in formsets))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        gone = copy(obj)  # deleting clears the primary key
        super().delete_model(request, obj)
        announce(gone)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        announce(*gone)
