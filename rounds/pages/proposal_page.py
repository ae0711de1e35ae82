"""The page of a unit's proposal, for the unit and for the host; the page where a list is pasted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from approvals.auditing import audit_act
from approvals.history import history
from awards.columns import WORDS, Column
from awards.counting import Counts, phrase
from awards.enums import RecipientKind
from awards.importing import ListRefused, RecipientReport
from awards.models import AwardKind
from departments.models import Department
from foundation.sheets.doubts import by_cause
from records.forms import RecordForm
from records.lists.forms import TableForm
from rounds.concerns import concerns_of
from rounds.deadlines import why_shut
from rounds.enums import OVER, PaperKind
from rounds.evidence import figures_of, links_of
from rounds.listing import add_list, read_list, touch
from rounds.models import Proposal
from rounds.pages.reach import context_of, crumb, is_own, proposal_of, received, round_of, screens
from rounds.pages.stepping import buttons, press
from rounds.papers import missing_papers, required_papers
from rounds.querysets import proposing_units, units_called
from rounds.telling import page_of_proposal
from rounds.workflow.proposal import EDITABLE, GROWING, PROPOSAL, SCREENING

EXAMPLE = (
    ("Đối tượng", "Tập thể, cá nhân", "Chức vụ hoặc lớp", "Đơn vị", "Thành tích"),
    ("Tập thể", "Tổ Ngữ văn", "", "Trường THPT Chu Văn An", "Chuyên đề đọc sách cùng học sinh"),
    ("Cá nhân", "Nguyễn Thị Lan", "Giáo viên", "Trường THPT Chu Văn An", "22 bài đã đăng trong năm học"),
)
_NOT_ASKED = (Column.COUNT, Column.AMOUNT, Column.REASON, Column.BOOK)


class ProposalForm(RecordForm):
    """The letter of the unit."""

    class Meta:
        model = Proposal
        fields = ("letter_number", "letter_day", "words")
        widgets = {
            "letter_day": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            "words": forms.Textarea({"rows": 3}),
        }


@require_POST
def begin_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the proposal of one of the user's units; pressed twice it leads to the same one."""
    round_ = round_of(request, pk)
    sent = request.POST.get("unit", "")
    unit = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    if unit not in proposing_units(request.user) & units_called(round_.host_id):
        raise PermissionDenied
    department = get_object_or_404(Department, pk=unit)
    known = round_.proposals.filter(department=department).first()
    if known is None and (words := why_shut(round_, unit)):
        messages.error(request, words)
        return redirect("admin:round_page", round_.pk)
    proposal, is_new = Proposal.objects.get_or_create(round=round_, department=department)
    if is_new:
        audit_act("Lập hồ sơ đề nghị", request.user, about=proposal)
    return redirect(page_of_proposal(proposal))


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic  # the form locks the row
def proposal_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the proposal; the unit may change it while it is in its hands."""
    proposal = proposal_of(request, pk)
    is_open = proposal.status in EDITABLE and proposal.round.status not in OVER
    may_write = is_own(request.user, proposal) and is_open
    if request.method == "POST" and not is_own(request.user, proposal):
        raise PermissionDenied
    form = ProposalForm(request.POST or None, instance=Proposal.objects.get(pk=pk)) if may_write else None
    if request.method == "POST":
        if form is None:
            where = (
                f"hồ sơ “{proposal.get_status_display()}”, đợt khen “{proposal.round.get_status_display()}”"
            )
            messages.error(request, f"Chưa lưu: {where}.")
            return redirect(page_of_proposal(proposal))
        if form.is_valid():
            _save(request, proposal, form)
            return redirect(page_of_proposal(proposal))
    return render(request, "admin/rounds/proposal.html", _context(request, proposal, form))


def _save(request: HttpRequest, proposal: Proposal, form: ProposalForm) -> None:
    try:
        touch(proposal, form.cleaned_data["seen_version"])
    except ListRefused as refusal:
        messages.error(request, str(refusal))
        return
    changed = {name: form.cleaned_data[name] for name in form.changed_data if name != "seen_version"}
    if changed:
        Proposal.objects.filter(pk=proposal.pk).update(**changed)
        audit_act("Sửa hồ sơ đề nghị", request.user, about=proposal, words=", ".join(changed))
    messages.success(request, "Đã lưu hồ sơ.")


def _context(request: HttpRequest, proposal: Proposal, form: ProposalForm | None) -> dict[str, Any]:
    user, round_ = request.user, proposal.round
    nominees = list(proposal.nominees.select_related("award_kind", "department", "proposal__department"))
    is_host = screens(user, proposal)
    concerns = concerns_of(nominees, round_) if is_host else {}
    figures, links = figures_of(nominees, round_), links_of(nominees)
    host_steps = buttons(SCREENING, received(proposal), user) if is_host else []
    return context_of(
        request,
        str(proposal.department),
        crumb(round_),
        proposal=proposal,
        form=form,
        rows=[(one, figures[one.pk], links.get(one.pk, []), concerns.get(one.pk, [])) for one in nominees],
        papers=proposal.papers.select_related("sent_by"),
        required=required_papers(proposal),
        missing=missing_papers(proposal),
        paper_kinds=PaperKind.choices,
        bar_steps=[*(buttons(PROPOSAL, proposal, user) if is_own(user, proposal) else []), *host_steps],
        shut=why_shut(round_, proposal.department_id) if form else "",
        may_write=form is not None,
        may_add=form is not None and proposal.status in GROWING,
        steps_taken=history(proposal)[:20],
    )


@require_POST
def take_proposal_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of the unit, or one of the host."""
    proposal = proposal_of(request, pk)
    is_hosts = any(one.name == step for one in SCREENING.steps)
    record = received(proposal) if is_hosts else proposal
    return press(request, SCREENING if is_hosts else PROPOSAL, record, step, back=page_of_proposal(proposal))


# --- a list ---------------------------------------------------------------------------------------------


class NomineesForm(TableForm):
    """A pasted or uploaded list, and the form of award where the table has no such column."""

    award_kind = forms.ModelChoiceField(
        AwardKind.objects.none(), label="Hình thức, khi bảng không có cột này", empty_label=None
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("award_kind", "upload", "text")


@require_http_methods(["GET", "HEAD", "POST"])
def list_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a list; the second button adds it. With one wrong line nothing is added."""
    proposal = proposal_of(request, pk)
    if not is_own(request.user, proposal) or proposal.status not in GROWING:
        raise PermissionDenied
    form = NomineesForm(
        request.POST or None, request.FILES or None, initial={"seen_version": proposal.version}
    )
    kinds = AwardKind.objects.filter(pk__in=proposal.round.awards.values("award_kind"))
    form.fields["award_kind"].queryset = kinds
    report = None
    if request.method == "POST" and form.is_valid():
        report = read_list(form.cleaned_data["text"], proposal, form.cleaned_data["award_kind"])
        if "save" in request.POST and not form.cleaned_data["upload"] and not report.errors:
            try:
                seen = form.cleaned_data["seen_version"]
                count = add_list(report, proposal, by=request.user, seen_version=seen)
            except ListRefused as refusal:
                form.add_error(None, str(refusal))
                form.data = form.data.copy()
                form.data["seen_version"] = proposal.version
            else:
                messages.success(request, f"Đã thêm {count} đề nghị vào hồ sơ.")
                return redirect(page_of_proposal(proposal))
    return render(request, "admin/rounds/paste.html", _list_context(request, proposal, form, report))


def _list_context(
    request: HttpRequest, proposal: Proposal, form: NomineesForm, report: RecipientReport | None
) -> dict[str, Any]:
    rows = report.rows if report else []
    collectives = sum(row.recipient_kind == RecipientKind.COLLECTIVE for row in rows)
    return context_of(
        request,
        "Dán danh sách đề nghị",
        crumb(proposal.round),
        crumb(proposal),
        proposal=proposal,
        form=form,
        report=report,
        errors=by_cause(report.errors) if report else [],
        wrong=len(report.errors) if report else 0,
        notes=[*form.notes, *(report.notes if report else ())],
        found=phrase(Counts(collectives, len(rows) - collectives)) if report else "",
        rows=rows[:300],
        columns=[words[0] for column, words in WORDS.items() if column not in _NOT_ASKED],
        example=EXAMPLE,
    )
