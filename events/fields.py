"""Form fields for hours as Vietnamese editors type them (7:30, 7h30, 14 giờ 30), and day with hour."""

import datetime
from typing import Any

from django import forms

from foundation.language.dates import parse_time
from records.fields import DayField


class HourField(forms.TimeField):
    """An hour in any of the ways above."""

    default_error_messages = {"invalid": "Hãy ghi giờ như 7:30, 07h30 hoặc 14 giờ."}

    def to_python(self, value: Any) -> datetime.time | None:
        if isinstance(value, str) and (hour := parse_time(value)):
            return hour
        return super().to_python(value)


class DayAndHourField(forms.SplitDateTimeField):
    """A day with an hour; an empty hour is midnight, and the form checks whether that is allowed."""

    default_error_messages = {"invalid_date": DayField.default_error_messages["invalid"]}

    def __init__(self, **kwargs: Any):
        required = kwargs.get("required", True)
        fields = (DayField(required=required), HourField(required=False))
        forms.MultiValueField.__init__(self, fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime.datetime | None:
        if data_list and data_list[0] and not data_list[1]:
            data_list = [data_list[0], datetime.time()]
        return super().compress(data_list)
