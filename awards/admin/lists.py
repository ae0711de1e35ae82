"""The page where a list of recipients is pasted or uploaded, checked and saved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from awards.admin.kept import kept_words
from awards.admin.rows import moved_on
from awards.columns import WORDS, Column
from awards.counting import Counts, phrase
from awards.enums import RecipientKind
from awards.importing import ListRefused, RecipientReport, parse, save
from awards.models import AwardKind, Commendation
from awards.rewards import RewardTable
from foundation.language.numbers import format_number
from foundation.sheets.doubts import by_cause
from records.lists.forms import TableForm

EXAMPLE = (
    ("Đối tượng", "Tập thể, cá nhân", "Chức vụ hoặc lớp", "Đơn vị", "Tiền thưởng"),
    ("Tập thể", "Tổ Toán", "", "Trường THPT Chu Văn An", ""),
    ("Cá nhân", "Nguyễn Thị Lan", "Giáo viên", "Trường THPT Chu Văn An", "710.000"),
)

PREVIEWED = 300  # rows of a list that was read


class ListForm(TableForm):
    """A pasted or uploaded list, and what fills its gaps."""

    award_kind = forms.ModelChoiceField(
        AwardKind.objects.all(), label="Hình thức, khi bảng không có cột này", empty_label=None
    )
    fill_rewards = forms.BooleanField(
        label="Điền tiền thưởng theo mức quy định cho các dòng còn trống", required=False
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("award_kind", "upload", "text", "fill_rewards")


def import_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Checks the table; the second button saves it. A table with one wrong row is not saved at all."""
    decision = model_admin.get_object(request, object_id)
    if decision is None:
        return model_admin._get_obj_does_not_exist_redirect(request, model_admin.opts, object_id)
    if request.method == "POST" and moved_on(request, decision):
        return kept_words(model_admin, request, decision)
    if not model_admin.has_change_permission(request, decision):
        raise PermissionDenied
    form = ListForm(request.POST or None, request.FILES or None, initial={"seen_version": decision.version})
    report = None
    if request.method == "POST" and form.is_valid():
        report = parse(form.cleaned_data["text"], decision, form.cleaned_data["award_kind"])
        if "save" in request.POST and not form.cleaned_data["upload"]:
            try:
                saved = _save(request, form, report, decision)
            except ListRefused as refusal:
                form.add_error(None, str(refusal))
                form.data = form.data.copy()
                form.data["seen_version"] = decision.version
            else:
                return saved
    return TemplateResponse(
        request,
        "admin/awards/decision/import.html",
        model_admin.admin_site.each_context(request) | _context(model_admin, decision, form, report),
    )


def _save(request: HttpRequest, form: ListForm, report: RecipientReport, decision: Any) -> HttpResponse:
    typed = form.cleaned_data
    count = save(
        report,
        decision,
        user=request.user,
        seen_version=typed["seen_version"],
        fill_rewards=typed["fill_rewards"],
    )
    messages.success(request, f"Đã thêm {count} dòng vào quyết định {decision}.")
    return HttpResponseRedirect(reverse("admin:awards_decision_change", args=[decision.pk]))


def _rewards(form: ListForm, report: RecipientReport, decision: Any) -> list[tuple[Commendation, str]]:
    """Return the first rows, each with the sum that saving would fill in, "" where its own stays."""
    rows = report.rows[:PREVIEWED]
    if not form.cleaned_data["fill_rewards"]:
        return [(row, "") for row in rows]
    table = RewardTable()
    pairs = []
    for row in rows:
        found = row.reward_amount is None and table.suggest(
            row.award_kind, row.recipient_kind, decision.signed_on
        )
        pairs.append((row, found.words if found else ""))
    return pairs


def _context(
    model_admin: Any, decision: Any, form: ListForm, report: RecipientReport | None
) -> dict[str, Any]:
    rows = report.rows if report else []
    collectives = sum(row.recipient_kind == RecipientKind.COLLECTIVE for row in rows)
    return {
        "title": f"Nhập danh sách cho quyết định {decision}",
        "opts": model_admin.opts,
        "original": decision,
        "form": form,
        "report": report,
        "errors": by_cause(report.errors) if report else [],
        "wrong": len(report.errors) if report else 0,
        "notes": [*form.notes, *(report.notes if report else ())],
        "is_filling": bool(report) and form.cleaned_data["fill_rewards"],
        "rewards": _rewards(form, report, decision) if rows else [],
        "beyond": format_number(len(rows) - PREVIEWED) if len(rows) > PREVIEWED else "",
        "found": phrase(Counts(collectives, len(rows) - collectives)) if report else "",
        "columns": [words[0] for column, words in WORDS.items() if column is not Column.COUNT],
        "example": EXAMPLE,
    }
