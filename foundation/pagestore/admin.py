"""How a form of the back-office announces what it writes."""

from copy import copy
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.pagestore.announcing import announce


class AnnouncingAdminMixin(admin.ModelAdmin):
    """For a ModelAdmin of rows that readers see: what is saved or deleted is announced with it.

    The rows of its inlines too. A page of the admin that writes in another way announces by itself.
    """

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        announce(form.instance, *(formset.model for formset in formsets))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        gone = copy(obj)  # a deleted row has no number
        super().delete_model(request, obj)
        announce(gone)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        announce(*gone)
