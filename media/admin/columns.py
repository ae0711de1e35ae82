"""What the list and the page of a photo show about it."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from media.models import Photo
from media.presentation import photo_for, thumbnail

PUBLIC, NOT_PUBLIC = "bạn đọc đang thấy", "chưa công khai"


class PhotoColumns:
    """Read-only columns; the queryset must add exposure and consent, and the page of a photo its uses."""

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
        if photo.is_withheld:
            return format_html('<span class="badge bad">{}</span>', "Học sinh chưa đồng ý")
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
