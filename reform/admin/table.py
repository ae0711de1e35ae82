"""The page on which a whole reform is pasted or uploaded, rehearsed and carried out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from departments.models import Department
from foundation.choosing.boxes import row_numbers
from foundation.sheets.doubts import by_cause
from records.lists.pasting import read_rows
from reform.admin.previewing import context_of, preview, require_reformer, save_plan, try_plan
from reform.drafts import draft_of_closing, draft_of_moves
from reform.form import ReformForm
from reform.lines import COLUMNS, EXAMPLE, Act, table_of_reform
from reform.planning import Plan, plan_of


@require_http_methods(["GET", "HEAD", "POST"])
def table_page(request: HttpRequest) -> HttpResponse:
    """Check the table; the button below then carries it out. One wrong line: nothing.

    `?don-vi=ID` begins with the table of a unit that closes, `?chuyen=ID,ID` with units to be moved.
    """
    require_reformer(request)
    form = ReformForm(request.POST or None, request.FILES or None, initial={"text": _draft(request)})
    plan, outcome = None, None
    if request.method == "POST" and form.is_valid():
        plan = _plan(form)
        if "save" in request.POST and not form.cleaned_data["upload"] and not plan.errors:
            if answer := save_plan(request, plan):
                return answer
        elif not plan.errors:
            outcome = try_plan(plan)
    words = {
        "form": form,
        "errors": by_cause(plan.errors) if plan else [],
        "wrong": len(plan.errors) if plan else 0,
        "notes": [*form.notes, *plan.notes] if plan else [],
        "headings": [heading[0] for heading in COLUMNS.values()],
        "acts": [act.value for act in Act],
        "example": EXAMPLE,
    }
    context = context_of(request, "Sắp xếp đơn vị từ bảng", **words, **preview(plan, outcome))
    return TemplateResponse(request, "admin/reform/table.html", context)


def _plan(form: ReformForm) -> Plan:
    asked = form.cleaned_data
    report = read_rows(asked["text"], table_of_reform())
    return plan_of(report, day=asked["day"], document=asked["document"])


def _draft(request: HttpRequest) -> str:
    if closing := next(iter(row_numbers(request.GET.getlist("don-vi")[:1])), ""):
        return draft_of_closing(get_object_or_404(Department, pk=closing))
    if moved := [number for number in row_numbers(request.GET.get("chuyen", "").split(",")) if number]:
        return draft_of_moves(Department.objects.filter(pk__in=moved[:2000]).order_by("sort_key", "pk"))
    return ""
