"""A step pressed on a page outside the lists: taken, or refused with what was typed kept."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from approvals.engine import StepRefused, Workflow, open_steps, take

MOST_SIGNS = 2000  # of a note


def seen_version(request: HttpRequest) -> int:
    """Return the version that the page showed; -1 for anything else."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1


def press(
    request: HttpRequest,
    workflow: Workflow,
    record: Any,
    step: str,
    *,
    back: str,
    context_of: Callable[..., dict[str, Any]],
    data: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Take the step and go `back`; a refusal is a page of its own with the note, to be sent again.

    `context_of(request, title, **words)` is the room's: it returns the context of one of its pages.
    """
    if not any(one.name == step for one in workflow.steps):
        raise Http404
    note = request.POST.get("note", "")
    try:
        if len(note) > MOST_SIGNS:
            raise StepRefused(f"Lời nhắn dài {len(note)} ký tự, nhiều nhất {MOST_SIGNS}.", code="note")
        take(workflow, record, step, actor=request.user, version=seen_version(request), note=note, data=data)
    except StepRefused as refusal:
        taken = workflow[step]
        if refusal.code == "stale" and record.status == taken.target:
            messages.info(request, f"“{taken.label}” đã làm rồi.")
            return redirect(back)
        context = context_of(request, taken.label, step=taken, refusal=refusal, note=note, back=back)
        context |= {"version": record.version, "record": record}
        return TemplateResponse(request, "admin/records/refused.html", context, status=409)
    messages.success(request, workflow[step].done or f"{record}: {workflow[step].label.lower()}.")
    return redirect(back)


def buttons(workflow: Workflow, record: Any, user: Any, *, but: tuple[str, ...] = ()) -> list[Any]:
    """Return the steps that get a button of their own on a page."""
    return [step for step in open_steps(workflow, record, user) if step.name not in but]
