"""Rows of a form, as many as were sent.

A form says itself how many rows it has. Django believes it, and draws thousands of empty rows again when a
number alone was wrong.
"""

import re
from typing import Any

from django.forms.models import BaseInlineFormSet


class SentRows(BaseInlineFormSet):
    """Takes no row of which nothing was sent: such a row is empty and changes nothing."""

    def total_form_count(self) -> int:
        said: int = super().total_form_count()
        return min(said, self._last_sent()) if self.is_bound else said

    def _last_sent(self) -> int:
        """Return the number of the last row with a field, counted from one."""
        row = re.compile(rf"{re.escape(str(self.prefix))}-(\d{{1,9}})-")
        found: Any = (match for name in (*self.data, *self.files) if (match := row.match(name)))
        return max((int(match[1]) + 1 for match in found), default=0)
