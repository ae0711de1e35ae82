"""Filters in the admin: of the photo library by event, of events by year."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from events.models import Event, EventPhoto
from media.admin.filters import further

_MOST = 30  # the latest; the page of an older event links here


class EventFilter(admin.SimpleListFilter):
    title = "sự kiện"
    parameter_name = "su-kien"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        with_photos = Q(lead_photo__isnull=False) | Q(Exists(EventPhoto.objects.filter(event=OuterRef("pk"))))
        events = Event.objects.visible_to(request.user).filter(with_photos).order_by("-starts_at", "-pk")
        return [(str(pk), title) for pk, title in events.values_list("pk", "title")[:_MOST]]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() not in {key for key, _title in self.lookup_choices}:
            return None
        event = Event.objects.filter(pk=self.value())
        shown = EventPhoto.objects.filter(event=self.value()).values("photo")
        return queryset.filter(Q(pk__in=shown) | Q(pk__in=event.values("lead_photo")))


further.append(EventFilter)


class StartYearFilter(admin.SimpleListFilter):
    title = "năm"
    parameter_name = "nam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        days = model_admin.get_queryset(request).datetimes("starts_at", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in days]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        year = self.value()
        return queryset.filter(starts_at__year=year) if year and year.isdecimal() else None
