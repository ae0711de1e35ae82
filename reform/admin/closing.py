"""The page on which one unit closes and its units, people and work go to others: filled in, read, written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from departments.models import Department
from reform.admin.previewing import context_of, preview, require_reformer, save_plan, try_plan
from reform.form import ClosingForm


@require_http_methods(["GET", "HEAD", "POST"])
def closing_page(request: HttpRequest, id: int) -> HttpResponse:
    """Show the form; on POST what would follow, and with the second button write it."""
    require_reformer(request)
    unit = get_object_or_404(Department, pk=id)
    form = ClosingForm(unit, request.POST or None)
    outcome = None
    if request.method == "POST" and form.is_valid() and form.plan:
        if "save" in request.POST and not form.plan.errors:
            if answer := save_plan(request, form.plan):
                return answer
        elif not form.plan.errors:
            outcome = try_plan(form.plan)
        for _, sentence in dict.fromkeys(form.plan.errors):
            form.add_error(None, sentence)
    words = {"unit": unit, "form": form, "media": form.media, "subtitle": str(unit)}
    context = context_of(request, "Kết thúc, sáp nhập, chia", **words, **preview(form.plan, outcome))
    return TemplateResponse(request, "admin/reform/closing.html", context)
