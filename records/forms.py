"""The form of a registered record, which notices when another person has saved meanwhile."""

from typing import Any, cast

from django import forms
from django.http import QueryDict


class RecordForm(forms.ModelForm):
    """Refuses to overwrite what another person saved meanwhile; sent a second time it overwrites it."""

    seen_version = forms.IntegerField(label="Bản đã đọc", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version if self.instance.pk else None
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                # These are other people's names: a phone would suggest the typist's own.
                field.widget.attrs.setdefault("autocomplete", "off")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.instance.pk:
            return cleaned
        # Locks the row where the database can, so that of two people who save at once the second is told.
        rows = type(self.instance)._base_manager.select_for_update()
        current = rows.values_list("version", flat=True).get(pk=self.instance.pk)
        if cleaned.get("seen_version") != current or self.instance.version != current:
            typed = cast(QueryDict, self.data).copy()
            typed[self.add_prefix("seen_version")] = current
            self.data = typed
            self.add_error(
                None,
                "Có người vừa lưu hoặc chuyển bước bản ghi này sau khi bạn mở trang. Những gì bạn gõ vẫn còn "
                "bên dưới. Hãy mở trang này ở cửa sổ khác để xem bản mới; nếu vẫn muốn dùng bản của bạn, "
                "bấm nút ấy lần nữa.",
            )
        return cleaned
