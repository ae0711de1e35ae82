"""The alerts in the office: written, corrected, taken off every page at once."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from foundation.pagestore.admin import AnnouncingAdminMixin
from identity.models import Alert


class AlertForm(forms.ModelForm):
    """The words and times; one box ends what is shown."""

    end_now = forms.BooleanField(
        label="Gỡ khỏi mọi trang ngay",
        required=False,
        help_text="Đánh dấu rồi lưu; giờ kết thúc thành lúc này.",
    )

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        now = timezone.now()
        if words.get("end_now"):
            if self.instance.starts_at >= now:
                self.add_error("end_now", "Thông báo chưa hiện: hãy xóa, hoặc đổi giờ bắt đầu.")
            else:
                words["ends_at"] = now
        elif words.get("ends_at") and words["ends_at"] <= now:
            self.add_error("ends_at", "Giờ này đã qua: thông báo sẽ không hiện. Hãy chọn giờ sau lúc này.")
        return words


@admin.register(Alert)
class AlertAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    """What readers have seen stays as it was; what is over can be read only."""

    form = AlertForm
    list_display = ["text", "level", "starts_at", "ends_at", "state"]
    list_filter = ["level"]
    search_fields = ["text"]

    def get_fields(self, request: HttpRequest, obj: Alert | None = None) -> Any:
        fields = ["level", "text", "url", "starts_at", "ends_at"]
        return [*fields, "end_now"] if obj and _has_begun(obj) and not _is_over(obj) else fields

    def has_change_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and _is_over(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        """Only what has not begun: readers never saw it."""
        return super().has_delete_permission(request, obj) and obj is not None and not _has_begun(obj)

    @admin.display(description="bạn đọc")
    def state(self, alert: Alert) -> str:
        if _is_over(alert):
            return "Đã thôi hiện"
        return "Đang thấy" if _has_begun(alert) else "Chưa thấy"


def _has_begun(alert: Alert) -> bool:
    return alert.starts_at <= timezone.now()


def _is_over(alert: Alert) -> bool:
    return alert.ends_at <= timezone.now()
