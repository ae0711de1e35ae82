"""The library: a wall of pictures, and the page of each."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from media.admin.batch import edit_many
from media.admin.filters import DayFilter, MissingFilter, RightsFilter, UseFilter
from media.admin.receiving import picker, upload_one, upload_page
from media.forms import PhotoForm, may_bring_in
from media.models import Photo
from media.presentation import photo_for, thumbnail
from media.uses import uses_of

FOCUS = (
    "Chạm vào chỗ quan trọng nhất trên ảnh ở đầu trang, hoặc ghi số: "
    "chỗ ấy được giữ lại khi ảnh bị cắt vuông."
)
PUBLIC, NOT_PUBLIC = "bạn đọc đang thấy", "chưa công khai"


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    form = PhotoForm
    change_list_template = "admin/media/photo/change_list.html"
    actions = [edit_many]
    list_display = ["picture", "words", "department", "day", "state"]
    list_display_links = ["words"]
    list_filter = [
        UseFilter,
        MissingFilter,
        RightsFilter,
        DayFilter,
        ("department", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["department"]
    list_per_page = 48
    show_full_result_count = False
    search_fields = ["search_key"]
    search_help_text = "Chú thích, người chụp, nơi chụp; gõ không dấu cũng được."
    ordering = ["-pk"]
    readonly_fields = ["large", "owner", "file_facts", "used_in"]
    fieldsets = [
        (None, {"fields": ["large", "caption", "credit", "alt_text", "is_decorative"]}),
        ("Khi nào, ở đâu", {"fields": ["taken_on", "place"]}),
        ("Quyền sử dụng", {"fields": ["rights", "rights_until"]}),
        (
            "Điểm chính của ảnh",
            {
                "fields": ["focal_x", "focal_y"],
                "description": FOCUS,
            },
        ),
        ("Ảnh này", {"fields": ["used_in", "owner", "file_facts"]}),
    ]

    class Media:
        js = ["js/media/focus.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_to(request.user).with_exposure()

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
            photo.uses = uses_of(photo, request.user)  # what this person may know of
        return photo

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(may_bring_in(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return request.user.has_perm("media.change_photo", obj)

    def has_view_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        if obj is None:
            return request.user.has_perm("media.view_photo")
        return obj.may_be_seen_by(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return False  # a story, an event or a revision may name it for ever

    @admin.display(description="Ảnh")
    def picture(self, photo: Photo) -> str:
        return format_html('<img src="{}" alt="" width="240" height="160" loading="lazy">', thumbnail(photo))

    @admin.display(description="Ngày chụp", ordering="taken_on", empty_value="Chưa ghi ngày")
    def day(self, photo: Photo) -> str | None:
        return f"{photo.taken_on:%d/%m/%Y}" if photo.taken_on else None

    @admin.display(description="Chú thích", ordering="search_key")
    def words(self, photo: Photo) -> str:
        return str(photo)

    @admin.display(description="Tình trạng")
    def state(self, photo: Photo) -> str:
        if photo.rights_until and photo.rights_until < timezone.localdate():
            return format_html('<span class="badge bad">{}</span>', "Hết hạn sử dụng")
        if photo.is_public:
            return format_html('<span class="badge ok">{}</span>', "Bạn đọc đang thấy")
        return "Chưa công khai"

    @admin.display(description="Ảnh")
    def large(self, photo: Photo) -> str:
        shown = photo_for(photo)
        return format_html(
            '<img class="photo-large" src="{}" alt="{}" width="{}" height="{}" data-focus>',
            *(shown[name] for name in ("src", "alt", "width", "height")),
        )

    @admin.display(description="Đang dùng ở")
    def used_in(self, photo: Photo) -> str:
        if not photo.uses:
            return "Chưa dùng ở bài hay sự kiện nào bạn xem được."
        rows = [(use.url, use.label, PUBLIC if use.is_public else NOT_PUBLIC) for use in photo.uses]
        lines = format_html_join("", '<li><a href="{}">{}</a>, {}</li>', rows)
        return format_html('<ul class="plain">{}</ul>', lines)

    @admin.display(description="Của đơn vị")
    def owner(self, photo: Photo) -> str:
        day = timezone.localtime(photo.uploaded_at)
        return f"{photo.department}; {photo.uploaded_by} tải lên {day:%d/%m/%Y}"

    @admin.display(description="Tệp")
    def file_facts(self, photo: Photo) -> str:
        size = filesizeformat(photo.file_size)
        facts = f"{photo.original_name or 'không tên'}, {photo.width} × {photo.height} điểm ảnh, {size}."
        return f"{facts} Không thay được tệp: ảnh khác là một mục khác."
