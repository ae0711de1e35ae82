"""How the library is narrowed: by use, by rights, by what is missing."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone


class UseFilter(admin.SimpleListFilter):
    title = "đang dùng"
    parameter_name = "dung"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("co", "Bạn đọc đang thấy"), ("chua", "Chưa công khai")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() in ("co", "chua"):
            return queryset.filter(is_public=self.value() == "co")
        return None


class RightsFilter(admin.SimpleListFilter):
    title = "thời hạn sử dụng"
    parameter_name = "han"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("het", "Đã hết hạn"), ("con", "Còn dùng được")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        ended = Q(rights_until__lt=timezone.localdate())
        match self.value():
            case "het":
                return queryset.filter(ended)
            case "con":
                return queryset.exclude(ended)
        return None


class MissingFilter(admin.SimpleListFilter):
    title = "còn thiếu"
    parameter_name = "thieu"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("chu-thich", "Chú thích"), ("nguon", "Tên người chụp"), ("mo-ta", "Mô tả ảnh")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        match self.value():
            case "chu-thich":
                return queryset.filter(caption="")
            case "nguon":
                return queryset.filter(credit="")
            case "mo-ta":
                return queryset.filter(alt_text="", is_decorative=False)
        return None


class DayFilter(admin.SimpleListFilter):
    """School news is looked for by year; the day itself stands on the card."""

    title = "năm chụp"
    parameter_name = "nam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        days = model_admin.get_queryset(request).exclude(taken_on=None).order_by()
        return [(str(day.year), str(day.year)) for day in days.dates("taken_on", "year", order="DESC")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        year = self.value() or ""
        return queryset.filter(taken_on__year=int(year)) if year.isascii() and year.isdigit() else None
