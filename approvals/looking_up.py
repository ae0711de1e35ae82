"""Search the logs by actor and by record, ignoring accents."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from foundation.language.searching import search_words

MOST_RECORDS = 500  # of one kind in one search


class BookSearchMixin(admin.ModelAdmin):
    """For a ModelAdmin whose rows have `actor`, `content_type` and `object_id`."""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find rows that contain every word, or whose actor or record is found by them, ignoring accents."""
        as_typed, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_words(search_term):
            return as_typed, may_repeat
        known = acted_or_about(request, self.admin_site, self.model._default_manager.all(), search_term)
        return queryset.filter(known | Q(pk__in=as_typed.order_by().values("pk"))), False


def acted_or_about(request: HttpRequest, site: AdminSite, rows: QuerySet, term: str) -> Q:
    """Return a condition: the actor's name has every word, or the record's own admin list finds it by them.

    `rows` have `actor`, `content_type` and `object_id`.
    """
    found = Q(*(Q(actor__search_key__contains=word) for word in search_words(term)))
    kinds = rows.order_by().values("content_type").distinct()
    for kind, records in _found_by_their_lists(request, site, kinds, term):
        found |= Q(content_type=kind, object_id__in=[str(record) for record in records])
    return found


def _found_by_their_lists(
    request: HttpRequest, site: AdminSite, kinds: QuerySet, term: str
) -> Iterator[tuple[ContentType, list[int]]]:
    for kind in ContentType.objects.filter(pk__in=kinds):
        model = kind.model_class()
        if model and site.is_registered(model):
            room = site.get_model_admin(model)
            records, _may_repeat = room.get_search_results(request, model._default_manager.order_by(), term)
            yield kind, list(records.values_list("pk", flat=True)[:MOST_RECORDS])
