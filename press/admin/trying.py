"""The picture of a template while it is changed: the boxes as typed, with the words of a real sheet."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.forms import inlineformset_factory
from django.http import HttpRequest, HttpResponse

from foundation.limiting.limits import count_ask, too_many
from press.forms import BoxForm, BoxRows, TemplateForm
from press.layout import MOST_BOXES, make_job
from press.models import PrintBox, PrintTemplate
from press.sheets import sheets_of
from press.subjects import Sheet, Subject
from press.typesetting.setter import NotDrawn, draw_picture

_SHEETS_OFFERED = 100
_Boxes = inlineformset_factory(
    PrintTemplate, PrintBox, form=BoxForm, formset=BoxRows, extra=0, max_num=MOST_BOXES
)


def offered_sheets(subject: Subject, user: Any) -> list[Sheet]:
    """Return sheets of the newest record that the user may print, the longest name first."""
    record = subject.newest(user)
    sheets = sheets_of(subject, record) if record else []
    return sorted(sheets, key=lambda sheet: -len(sheet.name))[:_SHEETS_OFFERED]


def try_template(request: HttpRequest, template: PrintTemplate, subject: Subject) -> HttpResponse:
    """Draw the template: as stored, or as the form that was sent says, which is not saved."""
    if wait := count_ask("print_picture", str(request.user.pk)):
        return too_many(wait)
    boxes = list(template.boxes.all())
    if request.method == "POST":
        boxes = _typed_boxes(request, template)
        _take_size(request, template)
    on_stock = "phoi" in request.GET
    job = make_job(
        template,
        [_sheet(request, subject)],
        title=template.name,
        on_stock=on_stock,
        is_marked=template.confirmed_on is None,
        boxes=boxes,
    )
    try:
        picture, fits = draw_picture(job, "" if on_stock else template.background.name or "")
    except NotDrawn as refusal:
        return HttpResponse(refusal.message, status=422, content_type="text/plain; charset=utf-8")
    over = [job["boxes"][int(fit["box"])]["name"] for fit in fits if not fit["fits"] and fit["box"].isdigit()]
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    answer = HttpResponse(picture, content_type="image/png", headers=headers)
    if over:
        answer.headers["X-Overflowing"] = str(len(over))
    return answer


def _typed_boxes(request: HttpRequest, template: PrintTemplate) -> list[PrintBox]:
    """Return the boxes whose fields are right; one with a mistake is left out until it is mended."""
    forms = _Boxes(request.POST, instance=template)
    if not forms.management_form.is_valid():
        return list(template.boxes.all())
    return [
        form.instance
        for form in forms
        if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


def _take_size(request: HttpRequest, template: PrintTemplate) -> None:
    typed = TemplateForm(request.POST)
    typed.is_valid()
    for side in ("width", "height"):
        if isinstance(size := typed.cleaned_data.get(side), Decimal):
            setattr(template, side, size)
    template.has_frame = bool(typed.cleaned_data.get("has_frame"))


def _sheet(request: HttpRequest, subject: Subject) -> Sheet:
    sheets = offered_sheets(subject, request.user)
    wanted = request.GET.get("to")
    found = next((sheet for sheet in sheets if sheet.key == wanted), None) or next(iter(sheets), None)
    return found or Sheet(
        PrintBox(pk=0), "ví dụ", {one.key: one.example for one in subject.fields}, f"{settings.SITE_URL}/"
    )
