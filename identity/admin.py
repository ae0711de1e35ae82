"""Whose site this is, in the admin: one record a period."""

import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from foundation.pagestore.admin import AnnouncingAdminMixin
from identity.models import SiteIdentity


@admin.register(SiteIdentity)
class SiteIdentityAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    """A record that another has followed stays as it is: it says who answered for the site in its time."""

    list_display = ["name", "valid_from", "organization", "responsible_name"]
    no_search = "Một bản ghi cho mỗi lần đổi: vài dòng trong nhiều năm."
    readonly_fields = ["foot"]
    fieldsets = [
        (None, {"fields": ["valid_from", "name", "short_name", "description"]}),
        ("Cơ quan", {"fields": ["organization", "organization_short", "province", "licence"]}),
        ("Chịu trách nhiệm", {"fields": ["responsible_name", "responsible_title"]}),
        ("Liên hệ", {"fields": ["address", "phone", "email"]}),
        ("Màu sắc", {"fields": ["colour"]}),
        ("Giấy khen", {"fields": ["code_prefix"]}),
        ("Chân trang sẽ ghi", {"fields": ["foot"]}),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new record begins with the words of the last one: usually only one of them changes."""
        last = SiteIdentity.objects.order_by("-valid_from").first()
        kept = {} if last is None else {field: getattr(last, field) for field in _COPIED}
        return kept | super().get_changeform_initial_data(request)

    def has_change_permission(self, request: HttpRequest, obj: SiteIdentity | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and _is_over(obj))

    def has_delete_permission(self, request: HttpRequest, obj: SiteIdentity | None = None) -> bool:
        """Only what has not begun: readers never saw it."""
        begun = obj is None or obj.valid_from <= timezone.localdate()
        return super().has_delete_permission(request, obj) and not begun

    @admin.display(description="chân trang")
    def foot(self, row: SiteIdentity) -> str:
        said = row.words
        lines = [
            ("Cơ quan chủ quản", said.organization),
            ("Chịu trách nhiệm nội dung", said.responsible),
            ("Địa chỉ", said.address),
            ("Điện thoại", said.phone),
            ("Thư điện tử", said.email),
            ("Giấy phép", said.licence),
        ]
        words = "; ".join(f"{label}: {word}" for label, word in lines if word)
        return f"Trang tin {said.name}. {words}" if row.pk else "Lưu xong sẽ thấy."


_COPIED = [field.name for field in SiteIdentity._meta.fields if field.name not in ("id", "valid_from")]


def _is_over(row: SiteIdentity) -> bool:
    """Whether a later record is in force today."""
    today: datetime.date = timezone.localdate()
    return SiteIdentity.objects.at(today).filter(valid_from__gt=row.valid_from).exists()
