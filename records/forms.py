"""The form of a registered record, which notices when another person has saved meanwhile."""

import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from departments.lineage import closed_words, unit_of_day
from foundation.choosing.labels import in_order


class RecordForm(forms.ModelForm):
    """Refuses to overwrite what another person saved meanwhile; sent a second time it overwrites it."""

    # Fields with a unit, and the field with the day on which it must have been open.
    unit_days: ClassVar[dict[str, str]] = {}

    seen_version = forms.IntegerField(label="Bản đã đọc", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version if self.instance.pk else None
        for name, day in self.unit_days.items():
            if name in self.fields:
                chosen = cast(forms.ModelChoiceField, self.fields[name])
                chosen.queryset = in_order(cast(QuerySet, chosen.queryset), _day_of(self.initial.get(day)))
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                # These are other people's names: a phone would suggest the typist's own.
                field.widget.attrs.setdefault("autocomplete", "off")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        for name, day_name in self.unit_days.items():
            unit, day = cleaned.get(name), _day_of(cleaned.get(day_name))
            # Of an outside body or an old paper the directory may not know enough: then it stays as typed.
            if unit and day and unit_of_day(unit, day) not in (unit, None):
                self.add_error(name, closed_words(unit, day))
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


def _day_of(moment: Any) -> datetime.date | None:
    """Return the day of a day or moment of a form; None for anything else."""
    if isinstance(moment, datetime.datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment if isinstance(moment, datetime.date) else None
