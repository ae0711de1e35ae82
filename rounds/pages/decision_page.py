"""“Lập quyết định từ danh sách”: what the draft will hold is told first, then one press makes it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import DateInput, HiddenInput, Textarea, modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from approvals.engine import StepRefused, take
from awards.counting import Counts, phrase
from awards.enums import RecipientKind
from awards.forms import DecisionForm
from awards.models import Decision
from awards.rewards import RewardTable
from departments.models import Department, Person
from rounds.drafting import chosen_of, draft_to_extend, left_out_of, recipients_of
from rounds.enums import RoundStatus
from rounds.models import Nominee, Round
from rounds.pages.reach import context_of, crumb, run_round
from rounds.pages.stepping import seen_version
from rounds.workflow.round import ROUND

FIELDS = (
    "number",
    "signed_on",
    "signer",
    "signer_prefix",
    "signer_name",
    "signer_title",
    "grounds",
    "summary",
    "issuer",
    "school_year",
)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the decision from who was chosen. Pressed twice it leads to the one decision."""
    round_ = run_round(request, pk)
    if request.method == "POST" and round_.decision and seen_version(request) != round_.version:
        messages.info(request, "Dự thảo đã lập rồi; đây là dự thảo ấy.")
        return redirect("admin:awards_decision_change", round_.decision.pk)
    if round_.status not in (RoundStatus.SCREENING, RoundStatus.DECIDED):
        if request.method == "POST":
            raise PermissionDenied
        messages.error(request, "Hãy khóa nhận đề nghị trước khi lập quyết định.")
        return redirect("admin:round_page", pk)
    draft = draft_to_extend(round_)
    form = None if draft else _form(request, round_)
    if request.method == "POST" and (draft or (form and form.is_valid())):
        decision = draft or _unsaved(form)
        try:
            made = take(
                ROUND,
                round_,
                "draft",
                actor=request.user,
                version=seen_version(request),
                data={"decision": decision},
            )
        except StepRefused as refusal:
            messages.error(request, refusal.message)
            return redirect("admin:round_decision", pk)
        messages.success(request, "Đã lập dự thảo. Dự thảo còn phải trình người có thẩm quyền duyệt, ký.")
        return redirect("admin:awards_decision_change", made.decision_id)
    return render(request, "admin/rounds/decision.html", _context(request, round_, draft, form))


def _form(request: HttpRequest, round_: Round) -> DecisionForm:
    widgets: dict[str, Any] = {"issuer": HiddenInput, "school_year": HiddenInput}
    widgets |= {name: Textarea(attrs={"rows": 3}) for name in ("grounds", "summary")}
    widgets["signed_on"] = DateInput({"type": "date"}, "%Y-%m-%d")
    made = modelform_factory(Decision, form=DecisionForm, fields=FIELDS, widgets=widgets)
    initial = {"signed_on": timezone.localdate(), "summary": round_.achievement, "issuer": round_.host_id}
    form = made(request.POST or None, initial=initial | {"school_year": round_.school_year_id})
    del form.fields["fill_rewards"]  # they always are
    form.fields["issuer"].queryset = Department.objects.filter(pk=round_.host_id)
    signers = Person.objects.filter(
        positions__department=round_.host_id, positions__role__in=("head", "deputy")
    )
    form.fields["signer"].queryset = signers.distinct()
    return form


def _unsaved(form: DecisionForm) -> Decision:
    """Return the decision of the form with its address, as the form's own save would set it."""
    decision: Decision = form.save(commit=False)
    return decision


def _context(request: HttpRequest, round_: Round, draft: Decision | None, form: Any) -> dict[str, Any]:
    chosen = chosen_of(round_)
    day = draft.signed_on if draft else _day(form)
    on_paper = draft or Decision(issuer=round_.host, signed_on=day)
    table = RewardTable()
    rows = [
        (nominee, row, changes, table.suggest(row.award_kind, row.recipient_kind, day))
        for nominee, (row, changes) in zip(chosen, recipients_of(chosen, on_paper), strict=True)
    ]
    collectives = sum(one.recipient_kind == RecipientKind.COLLECTIVE for one in chosen)
    return context_of(
        request,
        "Lập quyết định từ danh sách",
        crumb(round_),
        round=round_,
        draft=draft,
        form=form,
        rows=rows,
        day=day,
        found=phrase(Counts(collectives, len(chosen) - collectives)) if chosen else "",
        left_out=left_out_of(round_),
        changed=sum(bool(changes) for _, _, changes, _ in rows),
        unpaid=sum(suggestion is None for *_, suggestion in rows),
        not_chosen=Nominee.objects.before_host().filter(proposal__round=round_, status__in=_NO).count(),
    )


_NO = ("declined", "not_passed")


def _day(form: Any) -> Any:
    """Return the day of signing that the form shows, today if it is none."""
    sent = form.data.get("signed_on") if form.is_bound else None
    try:
        return form.fields["signed_on"].clean(sent) if sent else timezone.localdate()
    except ValidationError:
        return timezone.localdate()
