"""The forms of an event and its programme."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import F, Q
from django.utils import timezone

from documents.addresses import address_for
from events.fields import HourField
from events.models import Event, ProgrammeItem
from events.timing import first_day, last_day
from foundation.pagestore.announcing import announce
from records.fields import DayField
from records.forms import RecordForm
from records.formsets import RowFormSet


class EventForm(RecordForm):
    """Makes the slug from the title if none is typed; an event without an hour must be all-day."""

    unit_days: ClassVar = {"host": "starts_at"}

    class Meta:
        model = Event
        exclude = ()  # the admin's fieldsets list the fields

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields:
            before, now = self.initial.get("title", ""), cleaned.get("title", "")
            cleaned["slug"] = address_for(self.instance, cleaned.get("slug", ""), before, now)
        if not cleaned.get("all_day"):
            for name in ("starts_at", "ends_at"):
                if cleaned.get(name) and not self.data.get(f"{self.add_prefix(name)}_1"):
                    self.add_error(name, "Hãy ghi giờ, hoặc đánh dấu “cả ngày”.")
        return cleaned


def programme_moment(event: Event, day: datetime.date | None, hour: datetime.time) -> datetime.datetime:
    """Return when an item of the programme begins, on the event's first day unless another is given.

    Raises ValidationError for a day on which the event does not take place.
    """
    first = first_day(event)
    day = day or first
    if not first <= day <= last_day(event):
        raise forms.ValidationError("Ngày này nằm ngoài những ngày diễn ra sự kiện.")
    return timezone.make_aware(datetime.datetime.combine(day, hour))


class ProgrammeItemForm(forms.ModelForm):
    """An hour is enough: the day is the event's first day unless another is typed.

    An item without its own day moves with the event when the date changes.
    """

    day = DayField(label="ngày", required=False, help_text="Để trống: ngày đầu của sự kiện.")
    hour = HourField(label="giờ")

    class Meta:
        model = ProgrammeItem
        fields = ("title", "note")

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        self.event = event
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            begins = timezone.localtime(self.instance.starts_at)
            self.initial["hour"] = begins.time()
            self.initial["day"] = None if begins.date() == self._first_day() else begins.date()

    def _first_day(self) -> datetime.date | None:
        return first_day(self.event) if self.event.starts_at else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        hour = cleaned.get("hour")
        if self.event.starts_at and hour:
            try:
                self.instance.starts_at = programme_moment(self.event, cleaned.get("day"), hour)
            except forms.ValidationError as problem:
                self.add_error("day", problem)
        return cleaned


class ProgrammeFormSet(RowFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"event": self.instance}


def move_programme(form: Any, formsets: Iterable[Any]) -> list[dict[str, Any]]:
    """Move items by as many days as the first day of the form's event moved; return what the history notes.

    Items in the formsets stay as typed. When the event keeps its length all others move; else those of its
    first day do, and those that would be outside its days.
    """
    event, before = form.instance, form.initial
    old = Event(starts_at=before["starts_at"], ends_at=before["ends_at"])
    shift = first_day(event) - first_day(old)
    if not shift:
        return []
    parts = [part for part in formsets if part.model is ProgrammeItem]
    typed = [row.instance.pk for part in parts for row in part.initial_forms]
    items = event.programme.exclude(pk__in=typed)
    if last_day(event) - last_day(old) != shift:
        outside = Q(starts_at__lt=_midnight(first_day(event))) | Q(starts_at__gte=_next(last_day(event)))
        begins = _midnight(first_day(old))
        items = items.filter(outside | Q(starts_at__gte=begins, starts_at__lt=_next(first_day(old))))
    moved = items.update(starts_at=F("starts_at") + shift)
    announce(event, ProgrammeItem)
    said = {"name": "chương trình", "object": f"{moved} mục", "fields": ["lúc"]}
    return [{"changed": said}] if moved else []


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _next(day: datetime.date) -> datetime.datetime:
    return _midnight(day + datetime.timedelta(days=1))
