"""Forms of what happens after the signature."""

import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone

from awards.models import Commendation, Decision, Presentation, Refund
from events.models import Event
from foundation.language.numbers import format_number
from media.models import Photo
from records.fields import DayField


class PresentationForm(forms.ModelForm):
    """Who handed over, when and where; photos are those of the event."""

    held_on = DayField(label="Ngày trao", widget=AdminDateWidget)

    class Meta:
        model = Presentation
        fields = ("held_on", "event", "handed_by", "photo", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.decision = decision
        event = decision.event
        self.fields["event"].queryset = Event.objects.filter(pk=decision.event_id)
        self.fields["event"].initial = event
        self.fields["photo"].queryset = Photo.objects.filter(event_uses__event=decision.event_id or 0)
        if event is not None:
            self.fields["held_on"].initial = timezone.localdate(event.starts_at)

    def clean_held_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["held_on"]
        if not self.instance.decision.signed_on <= day <= timezone.localdate():
            raise forms.ValidationError("Ngày trao từ ngày ký quyết định tới hôm nay.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        known = self.instance.decision.presentations
        if known.filter(held_on=cleaned.get("held_on"), handed_by=cleaned.get("handed_by")).exists():
            self.add_error(None, "Lần trao này đã ghi.")
        return cleaned


class RefundForm(forms.ModelForm):
    """What came back of one annulled award."""

    sheet_on = DayField(label="Nhận lại giấy ngày", widget=AdminDateWidget, required=False)
    money_on = DayField(label="Nộp tiền ngày", widget=AdminDateWidget, required=False)

    class Meta:
        model = Refund
        fields = ("sheet_on", "amount", "money_on", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, row: Commendation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.commendation, self.row = row, row

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        today = timezone.localdate()
        for name in ("sheet_on", "money_on"):
            day = cleaned.get(name)
            if day and not self.row.decision.signed_on <= day <= today:
                self.add_error(name, "Ngày này từ ngày ký quyết định khen tới hôm nay.")
        amount, paid = cleaned.get("amount"), self.row.reward_amount or 0
        if amount is not None and amount > paid:
            self.add_error("amount", f"Lớn hơn số đã thưởng: {format_number(paid, unit='dong')}.")
        if bool(amount) != bool(cleaned.get("money_on")):
            self.add_error("amount", "Số tiền nộp lại và ngày nộp ghi cùng nhau.")
        if not any(cleaned.get(name) for name in ("sheet_on", "money_on", "note")):
            self.add_error(None, "Hãy ghi ít nhất một điều: ngày nhận lại giấy, số tiền, hoặc ghi chú.")
        return cleaned
