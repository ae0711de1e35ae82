"""Filters of the photo library: by use, by rights and consent, by missing words."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from media.models import Pupil

# Filters of higher rooms, which know what shows a photo: each is added when its admin is loaded.
further: list[type[admin.SimpleListFilter]] = []


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
        return [("chu-thich", "Chú thích"), ("nguon", "Tác giả ảnh"), ("mo-ta", "Mô tả ảnh")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        match self.value():
            case "chu-thich":
                return queryset.filter(caption="")
            case "nguon":
                return queryset.filter(credit="")
            case "mo-ta":
                return queryset.filter(alt_text="", is_decorative=False)
        return None


class PhotoConsentFilter(admin.SimpleListFilter):
    title = "học sinh trong ảnh"
    parameter_name = "dong-y"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("chua", "Có em chưa đồng ý"), ("du", "Các em đều đồng ý"), ("khong", "Không ghi học sinh")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        withheld = Exists(Pupil.objects.withholding("picture").filter(photos=OuterRef("pk")))
        on_it = Exists(Pupil.photos.through.objects.filter(photo_id=OuterRef("pk")))
        match self.value():
            case "chua":
                return queryset.filter(withheld)
            case "du":
                return queryset.filter(on_it).exclude(withheld)
            case "khong":
                return queryset.exclude(on_it)
        return None


class PupilFilter(admin.SimpleListFilter):
    """Photos of one pupil, linked from the pupil's page; the filter lists no other pupils."""

    title = "em"
    parameter_name = "em"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        asked = request.GET.get("em", "")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
            return []
        chosen = Pupil.objects.in_book_of(request.user).filter(pk=int(asked))
        return [(str(pupil.pk), str(pupil)) for pupil in chosen]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        # Without a pupil that the user may see, Django hides the filter and does not call this.
        return queryset.filter(pupils=int(self.value())) if self.value() else None


class DayFilter(admin.SimpleListFilter):
    """By year; the card shows the day itself."""

    title = "năm chụp"
    parameter_name = "nam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        days = model_admin.get_queryset(request).exclude(taken_on=None).order_by()
        return [(str(day.year), str(day.year)) for day in days.dates("taken_on", "year", order="DESC")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        year = self.value() or ""
        return queryset.filter(taken_on__year=int(year)) if year.isascii() and year.isdigit() else None
