"""Days as Vietnamese editors type them: 10/11/2017, 10-11-2017, ngày 10 tháng 11 năm 2017."""

import datetime
from typing import Any

from django import forms

from foundation.language.dates import parse_date

FIRST_YEAR, LAST_YEAR = 1900, 2100


class DayField(forms.DateField):
    """Refuses years before 1900 and after 2100, such as a mistyped 0025."""

    default_error_messages = {"invalid": "Hãy ghi ngày/tháng/năm có thật, ví dụ 10/11/2017."}

    def to_python(self, value: Any) -> datetime.date | None:
        parsed = parse_date(value) if isinstance(value, str) else None
        day = parsed or super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
