"""The screens of the press below a record: order sheets, see how far they are."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from departments.access import owner, owner_id
from press.admin.asked import Asked
from press.enums import Purpose
from press.forms import OrderForm
from press.models import PrintRun
from press.ordering import Order, PrintRefused, order_run
from press.proofs import unread, unread_of_run, why_stale
from press.sheets import sheets_of
from press.starting import make_default_template, printers_for, templates_for
from press.subjects import Sheet

RUNS_SHOWN = 10
ADD_TEMPLATE = "press.add_printtemplate"


def print_page(asked: Asked) -> HttpResponse:
    """Choose a template and a printer, look at a sheet, ask for files, take them."""
    request, record = asked.request, asked.record
    templates = templates_for(asked.subject, owner_id(record))
    if request.method == "POST" and "make_template" in request.POST:
        return _make_template(asked)
    form = OrderForm(
        request.POST or None,
        templates=templates,
        printers=printers_for(owner_id(record)),
        initial={"template": templates.first(), "on_stock": getattr(templates.first(), "on_stock", False)},
    )
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        keys = request.POST.getlist("to") or None
        try:
            order_run(asked.subject, record, Order(keys=keys, **form.cleaned_data), request.user)
        except PrintRefused as refusal:
            form.add_error(None, refusal.message)
            problems = refusal.problems
        else:
            messages.success(request, "Đã nhận. Tệp đang được dựng; rời trang này vẫn chạy.")
            return HttpResponseRedirect(asked.address())
    sheets = sheets_of(asked.subject, record)
    context = asked.context(f"In {asked.subject.noun}: {record}") | {
        "form": form,
        "problems": problems,
        "sheets": sheets,
        "unread": len(unread(asked.subject, record, sheets)),
        **_runs(asked),
        "why_not_signed": asked.subject.why_not(record),
        "may_make_template": request.user.has_perm(ADD_TEMPLATE, owner(record)),
        **_preview(asked, sheets, templates),
    }
    return TemplateResponse(request, "admin/press/print.html", context)


def _make_template(asked: Asked) -> HttpResponse:
    unit = owner(asked.record)
    if asked.request.user.has_perm(ADD_TEMPLATE, unit) and not templates_for(asked.subject, unit.pk).exists():
        make_default_template(asked.subject, unit)
        messages.success(asked.request, "Đã tạo mẫu khởi đầu. Hãy xem, sửa rồi xác nhận trước khi in để ký.")
    return HttpResponseRedirect(asked.address())


def _preview(asked: Asked, sheets: list[Sheet], templates: Any) -> dict[str, Any]:
    """Return the address of a sheet's picture: the one asked for, else the one with the longest name."""
    template = templates.filter(pk=_number(asked.request.GET.get("mau"))).first() or templates.first()
    wanted = asked.request.GET.get("to")
    longest = max(sheets, key=lambda sheet: len(sheet.name), default=None)
    shown = next((sheet for sheet in sheets if sheet.key == wanted), longest)
    if template is None or shown is None:
        return {}
    address = asked.address("print_picture", template_id=template.pk, row_id=int(shown.key))
    words = asked.address("print_words", row_id=int(shown.key))
    return {"picture": address, "shown": shown, "longest": longest, "template": template, "words_url": words}


def progress(asked: Asked) -> HttpResponse:
    """The runs alone: the page that is open fetches them while one is drawn."""
    return TemplateResponse(
        asked.request, "admin/press/_runs.html", _runs(asked) | {"print_url": asked.address()}
    )


def _runs(asked: Asked) -> dict[str, Any]:
    runs = list(PrintRun.objects.about(asked.record).select_related("asked_by")[:RUNS_SHOWN])
    is_taken = any(run.purpose == Purpose.SIGNING and run.has_files for run in runs)
    sheets = sheets_of(asked.subject, asked.record) if is_taken else []
    return {
        "runs": [_run_words(asked, run, sheets) for run in runs],
        "is_drawing": any(run.finished_at is None for run in runs),
        "progress_url": asked.address("print_progress"),
        "proof_url": asked.address("print_proof"),
    }


def _run_words(asked: Asked, run: PrintRun, sheets: list[Sheet]) -> dict[str, Any]:
    names = {sheet["key"]: sheet["name"] for sheet in run.job.get("sheets", ())}
    boxes = {box["key"]: box["name"] for box in run.job.get("boxes", ())}
    seen = [
        {
            "name": names.get(note["sheet"], ""),
            "row": note["sheet"],
            "box": boxes.get(note["box"], ""),
            "size": note["size"],
            "lines": note["lines"],
        }
        for note in run.notes
    ]
    is_signing = run.purpose == Purpose.SIGNING and run.has_files
    return {
        "run": run,
        "unread": unread_of_run(run, asked.record) if is_signing else 0,
        "stale": why_stale(run, asked.subject, asked.record, sheets) if is_signing else "",
        "notes": seen,
        "whole": asked.address("print_file", run_id=run.pk, which="ca-tap"),
        "singles": asked.address("print_file", run_id=run.pk, which="tung-to"),
    }


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0
