"""The page where a list of people is pasted or uploaded, looked through and saved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.confirming import ask_again
from foundation.sheets.doubts import by_cause
from foundation.sheets.headings import heading_key
from foundation.sheets.reading import SheetRefused, read_table
from records.lists.forms import TableForm
from records.lists.pasting import read_rows
from staff.admin.reach import context_of, require_administrator
from staff.letting_in import mail_links
from staff.listing.columns import COLUMNS, EXAMPLE, table_of_people
from staff.listing.planning import Outcome, Plan, plan_of
from staff.listing.saving import ListRefused, save_plan

MAY = ("accounts.add_user", "departments.add_person", "departments.add_position")
PREVIEWED = 500
_ROLE_KEYS = {heading_key(word) for word in COLUMNS["role"]}


class PeopleForm(TableForm):
    """A list, and from when positions count for which it says no day."""

    default_day = forms.DateField(
        label="Từ ngày, khi bảng không ghi",
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    field_order = ("upload", "text", "default_day")


@require_http_methods(["GET", "HEAD", "POST"])
def people_list_page(request: HttpRequest) -> HttpResponse:
    """Check the list; the buttons below then save it, with or without letters. One wrong line: nothing."""
    require_administrator(request)
    if not request.user.has_perms(MAY):
        raise PermissionDenied
    form = PeopleForm(request.POST or None, request.FILES or None)
    plan, notes = None, []
    if request.method == "POST" and form.is_valid():
        plan = _plan(request, form)
        notes = [*form.notes, *dict.fromkeys(plan.notes)]
        saves = "save" in request.POST or "invite" in request.POST
        if saves and not form.cleaned_data["upload"] and not plan.errors:
            try:
                return _save(request, plan)
            except ListRefused as refusal:
                form.add_error(None, str(refusal))
    return TemplateResponse(request, "admin/staff/people_list.html", _context(request, form, plan, notes))


def _plan(request: HttpRequest, form: PeopleForm) -> Plan:
    text = form.cleaned_data["text"]
    report = read_rows(text, table_of_people(has_roles=_names_roles(text)))
    plan = plan_of(report, actor=request.user, default_day=form.cleaned_data["default_day"])
    plan.errors += report.errors
    plan.notes[:0] = report.notes
    return plan


def _names_roles(text: str) -> bool:
    """Return whether the list has a column of roles."""
    try:
        lines = read_table(text)[:20]
    except SheetRefused:
        return False  # said by `read_rows`
    return any(heading_key(cell) in _ROLE_KEYS for _, cells in lines for cell in cells)


def _save(request: HttpRequest, plan: Plan) -> HttpResponse:
    ask_again(request.user)  # roles come with it
    accounts = save_plan(plan, by=request.user)
    new, changed = plan.count(Outcome.NEW), plan.count(Outcome.UPDATE)
    said = f"Đã lưu: {new} dòng người mới, {changed} dòng cập nhật."
    if "invite" in request.POST:
        sent = mail_links(accounts, by=request.user)
        left = len(accounts) - sent
        said += f" {sent} lời mời đang được gửi."
        said += f" {left} người không có thư: in phiếu ở dưới." if left else ""
    messages.success(request, said)
    return redirect("admin:staff_invitations" if accounts else "admin:accounts_user_changelist")


def _context(request: HttpRequest, form: PeopleForm, plan: Plan | None, notes: list[str]) -> dict[str, Any]:
    steps = plan.steps if plan else []
    counts = [f"{plan.count(outcome)} {outcome.value}" for outcome in Outcome] if plan else []
    return context_of(
        request,
        "Nhập người từ bảng",
        form=form,
        plan=plan,
        notes=notes,
        errors=by_cause(plan.errors) if plan else [],
        wrong=len(plan.errors) if plan else 0,
        found=f"{len(steps)} dòng ({', '.join(counts)})" if plan else "",
        steps=steps[:PREVIEWED],
        beyond=max(len(steps) - PREVIEWED, 0),
        headings=[words[0] for words in COLUMNS.values()],
        example=EXAMPLE,
    )
