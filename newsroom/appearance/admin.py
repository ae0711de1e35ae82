"""Whose site this is, in the admin: one record a period."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from foundation.pagestore.admin import AnnouncingAdminMixin
from identity.models import SiteIdentity
from identity.words import SiteWords
from media.uploads import UploadRefused
from newsroom.appearance.logo_intake import Logo, take_in


class SiteIdentityForm(forms.ModelForm):
    """The words, and a logo that is drawn anew while the form is checked."""

    logo_file = forms.FileField(
        label="Tệp biểu trưng",
        required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
        help_text="PNG, JPEG hoặc WebP, gần vuông, mỗi cạnh từ 192 điểm ảnh; phần trong suốt thành nền "
        "trắng. Thay dấu của chương trình ở đầu trang, trên thẻ trình duyệt, màn hình điện thoại.",
    )
    without_logo = forms.BooleanField(label="Bỏ biểu trưng đang dùng", required=False)

    def clean_logo_file(self) -> Logo | None:
        sent = self.cleaned_data["logo_file"]
        try:
            return take_in(sent) if sent else None
        except UploadRefused as refusal:
            raise ValidationError(refusal.message) from None

    def full_clean(self) -> None:
        super().full_clean()
        if self.errors and self.cleaned_data.get("logo_file"):
            self.add_error("logo_file", "Trình duyệt không giữ tệp: sửa các ô còn lỗi rồi chọn lại tệp này.")


@admin.register(SiteIdentity)
class SiteIdentityAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    """A record that another has followed stays as it is: it says who answered for the site in its time."""

    form = SiteIdentityForm
    list_display = ["name", "valid_from", "organization", "responsible_name"]
    no_search = "Một bản ghi cho mỗi lần đổi: vài dòng trong nhiều năm."
    readonly_fields = ["foot", "logo_now"]
    fieldsets = [
        (None, {"fields": ["valid_from", ("name", "short_name"), "description"]}),
        ("Cơ quan", {"fields": ["organization", "organization_short", "province", "licence"]}),
        ("Chịu trách nhiệm", {"fields": [("responsible_name", "responsible_title")]}),
        ("Liên hệ", {"fields": ["address", ("phone", "email")]}),
        ("Biểu trưng, màu sắc", {"fields": ["logo_now", "logo_file", "without_logo", "colour"]}),
        ("Giấy khen", {"fields": ["code_prefix"]}),
        ("Chân trang sẽ ghi", {"fields": ["foot"]}),
    ]

    def save_model(self, request: HttpRequest, obj: SiteIdentity, form: Any, change: bool) -> None:
        taken = form.cleaned_data["logo_file"]
        if taken:
            taken.store()
            obj.logo = taken.digest
        elif form.cleaned_data["without_logo"]:
            obj.logo = ""
        elif not change:
            obj.logo = _logo_of_the_last()
        super().save_model(request, obj, form, change)

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

    @admin.display(description="đang dùng")
    def logo_now(self, row: SiteIdentity) -> str:
        digest = row.logo if row.pk else _logo_of_the_last()
        if not digest:
            return "Dấu của chương trình: mái nhà và quyển sách."
        address = SiteWords(logo=digest).logo_at("120")
        return format_html('<img src="{}" width="60" height="60" alt="Biểu trưng đang dùng">', address)

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


_COPIED = [
    field.name for field in SiteIdentity._meta.fields if field.name not in ("id", "valid_from", "logo")
]


def _logo_of_the_last() -> str:
    last = SiteIdentity.objects.order_by("-valid_from").first()
    return last.logo if last else ""


def _is_over(row: SiteIdentity) -> bool:
    """Whether a later record is in force today."""
    today: datetime.date = timezone.localdate()
    return SiteIdentity.objects.at(today).filter(valid_from__gt=row.valid_from).exists()
