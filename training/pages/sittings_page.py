"""The sittings of an event: what each is called, when it begins, how many hours it counts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from approvals.auditing import audit_act
from training.attendance import propose_sittings
from training.models import Sitting
from training.pages.reach import context_of, run_enrolment
from training.telling import page_of_enrolment

SPARE = 2
MOST = 24


class SittingForm(forms.ModelForm):
    """One sitting; without a label there is none."""

    class Meta:
        model = Sitting
        fields = ("label", "starts_at", "hours")
        widgets = {
            "label": forms.TextInput({"class": "input", "autocomplete": "off"}),
            "starts_at": forms.DateTimeInput({"type": "datetime-local", "class": "input"}, "%Y-%m-%dT%H:%M"),
            "hours": forms.NumberInput({"class": "input", "step": "0.5", "min": "0", "max": "24"}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["label"].required = False

    def clean(self) -> dict[str, Any]:
        """Refuse to take away a sitting at which somebody was counted; ignore an empty row."""
        cleaned = super().clean() or {}
        if not cleaned.get("label") and "label" not in self.errors:
            if self.instance.pk and self.instance.scans.exists():
                self.add_error("label", "Đã có người điểm danh buổi này nên không bỏ được.")
            else:
                for name in list(self.errors):
                    del self.errors[name]
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def sittings_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and save the sittings; the first time they are proposed from the event's hours."""
    enrolment = run_enrolment(request, pk)
    known: list[Sitting] = propose_sittings(enrolment)
    blank = [Sitting(enrolment=enrolment) for _ in range(min(SPARE, MOST - len(known)))]
    data = request.POST if request.method == "POST" else None
    rows = [SittingForm(data, prefix=f"buoi-{n}", instance=one) for n, one in enumerate([*known, *blank])]
    if data is not None and _are_fit(rows):
        for row in rows:
            if row.cleaned_data.get("label"):
                row.save()
            elif row.instance.pk:
                row.instance.delete()
        audit_act("Sửa các buổi điểm danh", request.user, about=enrolment)
        messages.success(request, "Đã lưu các buổi.")
        return redirect(page_of_enrolment(enrolment))
    crumb = (str(enrolment.event), page_of_enrolment(enrolment))
    context = context_of(request, "Các buổi", crumb, rows=rows, back=page_of_enrolment(enrolment))
    return render(request, "admin/training/sittings.html", context)


def _are_fit(rows: list[SittingForm]) -> bool:
    """Whether every row can be saved; each is looked at, and no two have one name."""
    fit = [row.is_valid() for row in rows]
    seen: set[str] = set()
    for row in rows if all(fit) else ():
        label = row.cleaned_data.get("label", "")
        if label and label in seen:
            row.add_error("label", "Đã có buổi tên này.")
        seen.add(label)
    return not any(row.errors for row in rows)
