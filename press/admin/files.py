"""The picture of a sheet, and the files of a run. Nothing here may be kept by a browser or a cache."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils import timezone

from approvals.auditing import audit_act
from departments.access import capacity, owner_id
from foundation.limiting.limits import count_ask, too_many
from press.admin.asked import Asked
from press.enums import Purpose
from press.layout import make_job
from press.models import PrintRun
from press.proofs import unread_of_run, why_stale
from press.sheets import sheets_of
from press.starting import templates_for
from press.typesetting.setter import NotDrawn, draw_picture

WHOLE, SINGLES = "ca-tap", "tung-to"
_FILES = {WHOLE: "cả tập", SINGLES: "từng tờ"}
_PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def sheet_picture(asked: Asked, template_id: int, row_id: int) -> HttpResponse:
    """The sheet as it will be printed, drawn now."""
    template = get_object_or_404(templates_for(asked.subject, owner_id(asked.record)), pk=template_id)
    sheets = sheets_of(asked.subject, asked.record, [str(row_id)])
    if not sheets:
        raise Http404
    if wait := count_ask("print_picture", str(asked.request.user.pk)):
        return too_many(wait)
    on_stock = "phoi" in asked.request.GET
    job = make_job(template, sheets, title=asked.subject.title(asked.record), on_stock=on_stock)
    try:
        picture, _fits = draw_picture(job, "" if on_stock else template.background.name or "")
    except NotDrawn as refusal:
        return HttpResponse(refusal.message, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture, content_type="image/png", headers=_PRIVATE)


def take_file(asked: Asked, run_id: int, which: str) -> HttpResponse:
    """A file of a finished run, as a download; each is a line of the audit book.

    Sheets to be signed are given out when a second person has read them, and as long as they say what the
    record says today.
    """
    if asked.request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    run = get_object_or_404(PrintRun.objects.about(asked.record), pk=run_id)
    name = {WHOLE: run.whole, SINGLES: run.singles}.get(which)
    if not name or not run.has_files or not default_storage.exists(name):
        raise Http404
    if run.purpose == Purpose.SIGNING and (why := _why_not_taken(asked, run)):
        return HttpResponse(
            f"Chưa tải được. {why}", status=409, content_type="text/plain; charset=utf-8", headers=_PRIVATE
        )
    if asked.request.method != "HEAD":
        _note(asked, run, which)
    kind = "pdf" if which == WHOLE else "zip"
    said = "cho-ky" if run.purpose == Purpose.SIGNING else "ban-the-hien"
    return FileResponse(
        default_storage.open(name),
        as_attachment=True,
        filename=f"{asked.subject.key}-{said}-{run.pk}.{kind}",
        content_type=f"application/{kind}",
        headers=_PRIVATE | {"Content-Encoding": "identity"},
    )


def _why_not_taken(asked: Asked, run: PrintRun) -> str:
    if unread_of_run(run, asked.record):
        return "Còn tờ chưa có người thứ hai đọc bản bông."
    return why_stale(run, asked.subject, asked.record, sheets_of(asked.subject, asked.record))


def _note(asked: Asked, run: PrintRun, which: str) -> None:
    by = asked.request.user
    with transaction.atomic():
        PrintRun.objects.filter(pk=run.pk, taken_at=None).update(taken_at=timezone.now())
        audit_act(
            f"Tải tệp in {asked.subject.noun}: {run.total} tờ",
            by,
            about=asked.record,
            capacity=capacity(by, asked.subject.permission, asked.record),
            words=f"{run.get_purpose_display()}, {_FILES[which]}. {run.reason}".strip(),
        )
