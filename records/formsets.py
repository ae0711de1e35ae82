"""The rows of a record in its form, saved with a number of queries that does not depend on the rows."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Max

from foundation.choosing.rows import SentRows
from foundation.inserting.rows import insert_all

GONE = (
    "Có người vừa xóa dòng này. Chữ của bạn vẫn còn đây: nếu vẫn cần, bấm nút ấy lần nữa để ghi lại thành "
    "dòng mới; nếu không, hãy bỏ dòng này."
)


class _KnownRow(forms.Field):
    """The hidden primary key of a row that the formset has loaded; no query for each row."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class _PlaceField(forms.IntegerField):
    """The place of a row; left empty, a row stays where it is and a new one comes last."""

    def __init__(self, like: forms.Field, kept: int):
        words = {"label": like.label, "help_text": like.help_text, "widget": like.widget}
        super().__init__(required=False, min_value=0, max_value=32767, initial=kept, **words)
        self.kept = kept

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        return self.kept if typed is None else typed

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data not in self.empty_values and super().has_changed(initial, data)


class RowFormSet(SentRows):
    """Inserts all new rows at once, after the last row unless a place is typed.

    A row that somebody deleted meanwhile becomes a new row with the words that were sent. It is refused once,
    so that the person decides.
    """

    model: Any

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._gone: list[int] = []  # numbers of the forms whose rows were deleted meanwhile
        if self.is_bound and self.management_form.is_valid():
            self._renew_gone_rows()

    def _renew_gone_rows(self) -> None:
        """Put gone rows after those that exist, without their keys; those to be deleted are left out."""
        total = self.total_form_count()
        initial = min(self.initial_form_count(), total)
        key = self.model._meta.pk.name
        there = {str(row.pk) for row in self.get_queryset()} if initial else set()
        gone = [n for n in range(initial) if self.data.get(f"{self.add_prefix(n)}-{key}") not in there]
        if not gone:
            return
        known = [number for number in range(initial) if number not in set(gone)]
        kept = [number for number in gone if not self.data.get(f"{self.add_prefix(number)}-DELETE")]
        order = [*known, *kept, *range(initial, total)]
        self.renumber({old: new for new, old in enumerate(order)})
        for number in range(len(known), len(known) + len(kept)):
            self.data[f"{self.add_prefix(number)}-{key}"] = ""
            self._gone.append(number)
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(known))
        self.data[f"{self.prefix}-TOTAL_FORMS"] = str(len(order))
        del self.management_form  # cached; it is read from the data again

    def clean(self) -> None:
        super().clean()
        for number in self._gone:
            form = self.forms[number]
            form.add_error(form.visible_fields()[0].name, GONE)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        name = self.model._meta.pk.name
        form.fields[name] = _KnownRow(initial=form.fields[name].initial, required=False)
        if "position" in form.fields:
            form.fields["position"] = _PlaceField(form.fields["position"], form.instance.position)

    def save_new_objects(self, commit: bool = True) -> list[models.Model]:
        if not commit:
            return super().save_new_objects(commit)
        typed = [form for form in self.extra_forms if form.has_changed() and not self._is_dropped(form)]
        self.new_objects = [self.save_new(form, commit=False) for form in typed]
        if any(field.name == "position" for field in self.model._meta.fields):
            unplaced = [form.instance for form in typed if "position" not in form.changed_data]
            place_last(unplaced, self.model._base_manager.filter(**{self.fk.name: self.instance}))
        insert_all(self.new_objects)
        return self.new_objects

    def _is_dropped(self, form: Any) -> bool:
        return bool(self.can_delete and form.cleaned_data.get("DELETE"))


def place_last(rows: list[Any], there: models.QuerySet) -> None:
    """Give new rows their `position` after those that are there. Makes one query; the caller saves them."""
    last = there.aggregate(last=Max("position"))["last"] if rows else None
    for place, row in enumerate(rows, start=0 if last is None else last + 1):
        row.position = place
