"""The admin where the managing editor places stories on the front page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from foundation.choosing.boxes import ChoosingAdminMixin
from foundation.pagestore.admin import AnnouncingAdminMixin
from frontpage import previewing
from frontpage.enums import CAPACITY, Slot
from frontpage.models import Placement


class PlacementFilter(admin.SimpleListFilter):
    title = "thời gian"
    parameter_name = "luc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("nay", "Đang hiện"), ("sau", "Chưa đến giờ"), ("het", "Đã hết")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        now = timezone.now()
        rows = {
            "nay": queryset.at(now),
            "sau": queryset.filter(starts_at__gt=now),
            "het": queryset.filter(ends_at__lte=now),
        }
        return rows.get(self.value() or "", queryset)


@admin.register(Placement)
class PlacementAdmin(ChoosingAdminMixin, AnnouncingAdminMixin, admin.ModelAdmin):
    list_display = ["slot", "position", "article", "starts_at", "ends_at"]
    list_display_links = ["slot", "article"]
    list_filter = [PlacementFilter, "slot"]
    list_select_related = ["article"]
    search_fields = ["article__title"]
    search_help_text = "Tìm theo tiêu đề bài."
    autocomplete_fields = ["article"]
    fields = ["slot", "article", "position", "starts_at", "ends_at"]

    def get_urls(self) -> list:
        return [*previewing.urls(), *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        room = ", ".join(f"{slot.label}: {CAPACITY[slot]} bài" for slot in Slot)
        return super().get_form(request, obj, help_texts={"slot": f"Số bài mỗi vị trí: {room}."}, **kwargs)
