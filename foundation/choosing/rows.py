"""Rows of a form, as many as were sent.

A form says itself how many rows it has, and which numbers they have. Django believes it, and draws thousands
of empty rows again when a number alone was wrong.
"""

import re
from typing import Any

from django.forms.models import BaseInlineFormSet
from django.utils.datastructures import MultiValueDict


class SentRows(BaseInlineFormSet):
    """Takes no row of which nothing was sent: such a row is empty and changes nothing."""

    data: Any
    files: Any

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.is_bound and self.management_form.is_valid():
            self._close_gaps()

    def total_form_count(self) -> int:
        said: int = super().total_form_count()
        return min(said, max(self._sent_numbers(), default=-1) + 1) if self.is_bound else said

    def renumber(self, places: dict[int, int]) -> None:
        """Give the rows of the sent data other places; rows without one are left out."""
        self.data, self.files = self._renumbered(self.data, places), self._renumbered(self.files, places)

    def _close_gaps(self) -> None:
        """Number new rows one after another; no page sends them with wide gaps between."""
        kept = self.initial_form_count()
        new = sorted(number for number in self._sent_numbers() if number >= kept)
        if not new or new[-1] == kept + len(new) - 1:
            return
        order = [*range(kept), *new]
        self.renumber({old: place for place, old in enumerate(order)})
        self.data[f"{self.prefix}-TOTAL_FORMS"] = str(len(order))
        del self.management_form  # cached; it is read from the data again

    def _sent_numbers(self) -> set[int]:
        """Return the numbers of the rows with a field."""
        row = re.compile(rf"{re.escape(str(self.prefix))}-(\d{{1,9}})-")
        return {int(match[1]) for name in (*self.data, *self.files) if (match := row.match(name))}

    def _renumbered(self, sent: Any, places: dict[int, int]) -> Any:
        found: Any = MultiValueDict()
        row = re.compile(rf"{re.escape(str(self.prefix))}-(\d{{1,9}})(-.+)")
        for name, values in MultiValueDict(sent).lists():
            if not (typed := row.fullmatch(name)):
                found.setlist(name, values)
            elif (place := places.get(int(typed[1]))) is not None:
                found.setlist(f"{self.add_prefix(place)}{typed[2]}", values)
        return found
