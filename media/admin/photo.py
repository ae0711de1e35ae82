"""The photo library: a wall of pictures, and the page of each."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path

from foundation.choosing.boxes import ChoosingAdminMixin
from foundation.choosing.labels import RowFilter
from foundation.pagestore.admin import AnnouncingAdminMixin
from media.admin.batch import edit_many
from media.admin.columns import PhotoColumns
from media.admin.filters import (
    DayFilter,
    MissingFilter,
    PhotoConsentFilter,
    PupilFilter,
    RightsFilter,
    UseFilter,
    further,
)
from media.admin.pupil import choosable
from media.admin.receiving import picker, upload_one, upload_page
from media.following import follow_changes
from media.forms import PhotoForm, may_bring_in
from media.models import Photo
from media.uses import uses_of

FOCUS = (
    "Chạm vào chỗ quan trọng nhất trên ảnh ở đầu trang, hoặc ghi số: "
    "chỗ ấy được giữ lại khi ảnh bị cắt vuông."
)


@admin.register(Photo)
class PhotoAdmin(ChoosingAdminMixin, PhotoColumns, AnnouncingAdminMixin, admin.ModelAdmin):
    form = PhotoForm
    change_list_template = "admin/media/photo/change_list.html"
    actions = [edit_many]
    list_display = ["picture", "words", "department", "day", "state"]
    list_display_links = ["words"]
    list_filter = [
        UseFilter,
        MissingFilter,
        RightsFilter,
        PhotoConsentFilter,
        PupilFilter,
        DayFilter,
        ("department", RowFilter),
    ]
    list_select_related = ["department"]
    list_per_page = 48
    autocomplete_fields = ["pupils"]
    show_full_result_count = False
    search_fields = ["search_key"]
    search_help_text = "Chú thích, tác giả ảnh, nơi chụp; gõ không dấu cũng được."
    ordering = ["-pk"]
    readonly_fields = ["large", "owner", "file_facts", "used_in"]
    fieldsets = [
        (None, {"fields": ["large", "caption", "credit", "alt_text", "is_decorative"]}),
        ("Khi nào, ở đâu", {"fields": ["taken_on", "place"]}),
        ("Ai trong ảnh", {"fields": ["pupils"]}),
        ("Quyền sử dụng", {"fields": ["rights", "rights_until"]}),
        ("Điểm chính của ảnh", {"fields": ["focal_x", "focal_y"], "description": FOCUS}),
        ("Ảnh này", {"fields": ["used_in", "owner", "file_facts"]}),
    ]

    class Media:
        js = ["js/media/focus.js"]

    def get_list_filter(self, request: HttpRequest) -> list:
        return [*self.list_filter, *further]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_to(request.user).with_exposure().with_consent()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple:
        return queryset.found_by(search_term), False

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("tai-len.json", view(upload_one), name="media_photo_upload_json"),
            path("chon.json", view(picker), name="media_photo_picker"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return upload_page(request)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Photo | None:
        photo = super().get_object(request, object_id, from_field)
        if photo is not None:
            photo.uses = uses_of(photo, request.user)  # only those the user may see
        return photo

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "pupils":
            kwargs["queryset"] = choosable(request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, *args: Any) -> None:
        super().save_related(request, *args)
        follow_changes()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(may_bring_in(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return request.user.has_perm("media.change_photo", obj)

    def has_view_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        if obj is None:
            return request.user.has_perm("media.view_photo")
        return obj.may_be_seen_by(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return False  # a story, an event or a revision may refer to it for ever
