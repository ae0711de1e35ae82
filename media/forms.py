"""Forms for the words about photos, and for uploads."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from departments.access import own_departments, scope
from departments.models import Department
from foundation.choosing.labels import RowField
from foundation.language.fields import LineField
from media.models import Photo, PhotoRights

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif"
MOST_FILES = 30


def may_bring_in(user: Any) -> set[int]:
    """Return the ids of the person's own units for which they may upload photos."""
    return own_departments(user) & scope(user, "media.add_photo")


def units_of(user: Any) -> Any:
    return Department.objects.filter(pk__in=may_bring_in(user)).to_choose()


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; the cleaned value is a list."""

    widget = ManyFilesInput(attrs={"accept": ACCEPTED, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise ValidationError("Hãy chọn ít nhất một ảnh.")
        if len(files) > MOST_FILES:
            raise ValidationError(
                f"Mỗi lần tải lên nhiều nhất {MOST_FILES} ảnh; bạn đang chọn {len(files)} ảnh."
            )
        return files


class UploadForm(forms.Form):
    """Files, and words that apply to all of them."""

    files = ManyFilesField(
        label="Ảnh",
        help_text=f"JPEG, PNG, WebP, HEIC; mỗi ảnh không quá 20 MB, mỗi lần nhiều nhất {MOST_FILES} ảnh. "
        "Vị trí chụp và thông tin riêng trong tệp được xóa trước khi lưu.",
    )
    department = RowField(Department.objects.none(), label="Đơn vị", empty_label=None)
    credit = LineField(
        label="Ảnh của", max_length=120, required=False, help_text="Ghi chung cho các ảnh này."
    )
    place = LineField(label="Nơi chụp", max_length=150, required=False)
    taken_on = forms.DateField(label="Ngày chụp", required=False)

    def __init__(self, user: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = units = units_of(user)
        if len(units) == 1:
            self.fields["department"].initial = units[0]
            self.fields["department"].widget = forms.HiddenInput()

    def words(self) -> dict[str, Any]:
        """Return the words as fields of Photo."""
        return {name: self.cleaned_data[name] for name in ("credit", "place", "taken_on")}


class PhotoForm(forms.ModelForm):
    """The words and rights of a photo. Its file is never replaced: other bytes are another photo."""

    focal_x = forms.IntegerField(label="Ngang (%)", min_value=0, max_value=100)
    focal_y = forms.IntegerField(label="Dọc (%)", min_value=0, max_value=100)

    class Meta:
        model = Photo
        fields = (
            "caption",
            "credit",
            "alt_text",
            "is_decorative",
            "place",
            "taken_on",
            "pupils",
            "rights",
            "rights_until",
            "focal_x",
            "focal_y",
        )
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "alt_text": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_decorative") and cleaned.get("alt_text"):
            self.add_error(
                "is_decorative",
                "Ảnh đã có mô tả thì không phải ảnh trang trí. Bỏ dấu chọn này, hoặc xóa mô tả.",
            )
        return cleaned


class BatchForm(forms.Form):
    """The same words for many photos; an empty field changes nothing."""

    credit = LineField(label="Ảnh của", max_length=120, required=False)
    place = LineField(label="Nơi chụp", max_length=150, required=False)
    taken_on = forms.DateField(label="Ngày chụp", required=False)
    rights = forms.ChoiceField(
        label="Quyền sử dụng", choices=[("", "Giữ như từng ảnh"), *PhotoRights.choices], required=False
    )
    rights_until = forms.DateField(label="Được dùng đến hết ngày", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise ValidationError("Hãy điền ít nhất một ô; ô để trống thì giữ như từng ảnh.")
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Return the fields to write; empty ones are left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}
