"""Who approves the notes of an event instead of the head: named, and ended, on one page."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from daybook.models import Entrustment
from daybook.notes.entrusting import ENTRUST, candidates, end_entrustment, entrust
from events.models import Event
from events.timing import last_day
from records.fields import DayField


class EntrustForm(forms.ModelForm):
    """Whom the head names, for what, until when."""

    until = DayField(label="Đến hết ngày", widget=AdminDateWidget)

    class Meta:
        model = Entrustment
        fields = ("person", "words", "until")

    def clean_until(self) -> datetime.date:
        until: datetime.date = self.cleaned_data["until"]
        if until > last_day(self.instance.event) + datetime.timedelta(days=7):
            raise forms.ValidationError("Chỉ giao trong ngày diễn ra và nhiều nhất một tuần sau đó.")
        return until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = cleaned.get("person")
        known = Entrustment.objects.filter(event=self.instance.event, person=person, ended_at=None)
        if person and known.exists():
            self.add_error("person", "Người này đang được giao rồi.")
        return cleaned


def entrust_page(request: HttpRequest, event_pk: int) -> HttpResponse:
    """Name somebody who approves the notes of an event; the head of its host alone does."""
    event = get_object_or_404(Event.objects.select_related("host"), pk=event_pk)
    if not request.user.has_perm(ENTRUST, event):
        raise PermissionDenied
    given = Entrustment(event=event)
    initial = {"words": "Đọc, duyệt tin nhanh tại chỗ", "until": last_day(event)}
    form = EntrustForm(request.POST or None, instance=given, initial=initial)
    form.fields["person"].queryset = candidates(event).exclude(pk=request.user.pk)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        entrust(form.instance, request.user)
        messages.success(request, f"Đã giao {given.person} duyệt tin nhanh của sự kiện này.")
        return redirect("admin:daybook_note_entrust", event.pk)
    back = reverse("admin:events_event_change", args=[event.pk])
    trail = [(str(event), back)]
    rows = event.entrustments.select_related("person", "given_by")
    context = admin.site.each_context(request) | {
        "title": "Giao duyệt tin nhanh",
        "trail": trail,
        "form": form,
        "rows": rows,
        "back": back,
    }
    return render(request, "admin/daybook/entrust.html", context)


def end_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End an entrustment."""
    given = get_object_or_404(Entrustment.objects.select_related("event__host", "person"), pk=pk)
    if request.method != "POST" or not request.user.has_perm(ENTRUST, given.event):
        raise PermissionDenied
    if end_entrustment(given, request.user):
        messages.success(request, f"{given.person} thôi duyệt tin nhanh.")
    return redirect("admin:daybook_note_entrust", given.event_id)
