"""The sheet of a month on the screen and as files; numbers only for who may read them, each time noted."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from approvals.auditing import audit_act
from departments.access import capacity
from fees import printing
from fees.models import FeeMonth, PayLine
from fees.numbers import read_lines
from fees.pages.reach import context_of, crumb, month_of
from fees.querysets import READ_NUMBERS, VIEW
from foundation.exporting.files import XLSX, xlsx_bytes
from press.lists import draw_lists
from press.typesetting.setter import NotDrawn

PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
SHEET, WORKS = "bang-ke", "chi-tiet"


@never_cache
@require_safe
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sheet without numbers, to be read and printed from the browser."""
    month = _with_sheet(request, pk)
    lines = list(month.sheet.lines.select_related("payee"))
    context = context_of(request, f"Bảng kê tháng {month.first_day:%m/%Y}", crumb(month), month=month)
    context |= {
        "sheet": month.sheet,
        "words": printing.total_words(month.sheet),
        "lines": lines,
        "signers": printing.SIGNERS,
        "reads_numbers": request.user.has_perm(READ_NUMBERS, month),
    }
    return render(request, "admin/fees/sheet.html", context)


@require_safe
@sensitive_variables("numbered", "data")
def sheet_file(request: HttpRequest, pk: int, which: str, kind: str) -> HttpResponse:
    """Answer with the sheet or its works as a file; the accountant's sheet has the numbers."""
    month = _with_sheet(request, pk)
    lines = list(month.sheet.lines.select_related("payee"))
    if which not in (SHEET, WORKS) or kind not in ("xlsx", "pdf"):
        raise Http404
    reads = which == SHEET and request.user.has_perm(READ_NUMBERS, month)
    numbered = read_lines(lines, month.payer, by=request.user, about=month) if reads else None
    try:
        data = _made(month, lines, numbered, which, kind)
    except NotDrawn as refusal:
        return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    act = f"Tải bảng nhuận bút ({which}.{kind})"
    audit_act(act, request.user, about=month, capacity=capacity(request.user, VIEW, month))
    name = f"nhuan-but-{month.first_day:%Y-%m}-{which}.{kind}"
    headers = PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=XLSX if kind == "xlsx" else "application/pdf", headers=headers)


@sensitive_variables()
def _made(month: FeeMonth, lines: list[PayLine], numbered: Any, which: str, kind: str) -> bytes:
    site = settings.SITE_URL.rstrip("/")
    if which == WORKS:
        if kind == "xlsx":
            return xlsx_bytes(printing.WORKS, printing.work_rows(lines, site))
        return draw_lists(f"Chi tiết {month}", [printing.works_page(month, lines, site)])
    if kind == "pdf":
        return draw_lists(f"Bảng kê {month}", [printing.sheet_page(month, lines, numbered)])
    total = printing.total_row(month.sheet, lines, numbered)
    signed = ["", *printing.SIGNERS]
    ends = [total, ["", printing.total_words(month.sheet)], [], signed]
    return xlsx_bytes(printing.headings(numbered), [*printing.rows(lines, numbered), *ends])


def _with_sheet(request: HttpRequest, pk: int) -> FeeMonth:
    month = month_of(request, pk)
    if month.sheet is None:
        raise Http404
    return month
