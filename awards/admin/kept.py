"""Shows what was typed into a page whose decision has moved on, so that nothing is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from awards.models import Commendation, Decision
from awards.workflow import WORKFLOW
from records.steps import PRESSED, SHOWN

_SILENT = ("csrfmiddlewaretoken", "seen_version", "_FORMS", "_save", "_continue")
_SILENT += ("-id", "-decision", "-position", PRESSED, SHOWN, "saved_copy")
_LABELS = {field.name: field.verbose_name for field in (*Commendation._meta.fields, *Decision._meta.fields)}
_LABELS |= {"text": "bảng đã dán"}


def kept_words(model_admin: Any, request: HttpRequest, decision: Decision) -> HttpResponse:
    """Returns a 409 page with the typed words; nothing is saved."""
    pressed = (step.label for step in WORKFLOW.steps if step.name == request.POST.get(PRESSED))
    context = model_admin.admin_site.each_context(request) | {
        "title": "Chưa lưu",
        "opts": Decision._meta,
        "original": decision,
        "step_not_taken": next(pressed, ""),
        "words": "\n".join(f"{_label(name)}: {value}" for name, value in _typed(request)),
    }
    return TemplateResponse(request, "admin/awards/kept.html", context, status=409)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.POST.items() if value and not name.endswith(_SILENT)]


def _label(name: str) -> str:
    """Returns “Nội dung khen”, “Dòng 3, thành tích”, or the name itself when no field has it."""
    prefix, _, last = name.rpartition("-")
    label = str(_LABELS.get(last, last))
    place = prefix.rpartition("-")[2]
    return f"Dòng {int(place) + 1}, {label}" if place.isdecimal() else label.capitalize()
