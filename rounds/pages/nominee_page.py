"""The page of one nominee: words and evidence for the unit, concerns and verdict for the host."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from approvals.auditing import audit_act
from approvals.history import history
from awards.importing import ListRefused
from rounds.concerns import concerns_of
from rounds.enums import OVER, NomineeStatus
from rounds.evidence import choices_of, choose, figures_of, links_of
from rounds.listing import fill_from_directory, people_named, touch
from rounds.models import Nominee
from rounds.pages.reach import context_of, crumb, is_own, nominee_of, screens
from rounds.pages.stepping import buttons, press
from rounds.telling import page_of_proposal, page_of_round
from rounds.workflow.nominee import NOMINEE
from rounds.workflow.proposal import EDITABLE, GROWING

# Taken on their own pages: votes with the council, the decision with its list.
ELSEWHERE = ("pass", "not_pass", "enter")


class NomineeForm(forms.ModelForm):
    """The words of the paper to come, and what the unit states about discipline."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Nominee
        fields = (
            "recipient_kind",
            "award_kind",
            "recipient_name",
            "recipient_title",
            "unit_name",
            "is_pupil",
            "achievement",
            "is_under_discipline",
            "discipline_words",
        )
        widgets = {"achievement": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        awards = self.instance.proposal.round.awards.values("award_kind")
        self.fields["award_kind"].queryset = self.fields["award_kind"].queryset.filter(pk__in=awards)
        self.fields["award_kind"].empty_label = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_under_discipline") and not cleaned.get("discipline_words"):
            self.add_error("discipline_words", "Hãy ghi đang bị xem xét về việc gì.")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def nominee_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one nominee; the unit may change it while nobody has screened it."""
    nominee = nominee_of(request, pk)
    may_write = _may_write(request, nominee)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = None
    if may_write:
        seen = {"seen_version": nominee.proposal.version}
        form = NomineeForm(request.POST or None, instance=nominee_of(request, pk), initial=seen)
    if form and request.method == "POST" and form.is_valid():
        try:
            _save(request, nominee, form)
        except ListRefused as refusal:
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["seen_version"] = nominee.proposal.version
        else:
            messages.success(request, f"Đã lưu: {form.instance}.")
            return redirect(page_of_proposal(nominee.proposal))
    return render(request, "admin/rounds/nominee.html", _context(request, nominee, form))


def _may_write(request: HttpRequest, nominee: Nominee) -> bool:
    proposal = nominee.proposal
    is_open = proposal.status in EDITABLE and nominee.status == NomineeStatus.PROPOSED
    return is_open and proposal.round.status not in OVER and is_own(request.user, proposal)


@transaction.atomic
def _save(request: HttpRequest, nominee: Nominee, form: NomineeForm) -> None:
    touch(nominee.proposal, form.cleaned_data["seen_version"])
    changed = form.instance
    if {"recipient_name", "recipient_kind", "unit_name"} & set(form.changed_data):
        changed.person = changed.department = None  # the words lead to the directory anew
    fill_from_directory(changed, people_named(nominee.proposal.department_id))
    changed.version += 1
    changed.save(update_fields=[*NomineeForm.Meta.fields, "person", "department", "search_key", "version"])
    choose(changed, request.POST.getlist("evidence"))
    audit_act("Sửa đề nghị khen", request.user, about=nominee.proposal, words=str(changed))


def _context(request: HttpRequest, nominee: Nominee, form: NomineeForm | None) -> dict[str, Any]:
    proposal, round_ = nominee.proposal, nominee.proposal.round
    is_host = screens(request.user, proposal)
    but = (*ELSEWHERE, "reconsider") if nominee.has_award else ELSEWHERE
    return context_of(
        request,
        str(nominee),
        crumb(round_),
        crumb(proposal),
        nominee=nominee,
        form=form,
        figures=figures_of([nominee], round_)[nominee.pk],
        choices=choices_of(nominee) if form else [],
        evidence=links_of([nominee]).get(nominee.pk, []),
        concerns=concerns_of([nominee], round_)[nominee.pk] if is_host else [],
        bar_steps=buttons(NOMINEE, nominee, request.user, but=but) if is_host else [],
        steps_taken=history(nominee)[:20],
        is_host=is_host,
        may_remove=form is not None and proposal.status in GROWING,
    )


@require_POST
def take_nominee_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Accept, decline or reconsider one nominee."""
    nominee = nominee_of(request, pk)
    if step in ELSEWHERE:
        return redirect(page_of_round(nominee.proposal.round))
    return press(request, NOMINEE, nominee, step, back=reverse("admin:round_nominee", args=[pk]))


@require_POST
def remove_nominee(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the proposal before it is sent."""
    nominee = nominee_of(request, pk)
    proposal = nominee.proposal
    if not _may_write(request, nominee) or proposal.status not in GROWING:
        raise PermissionDenied
    try:
        with transaction.atomic():
            touch(proposal, proposal.version, GROWING)
            audit_act("Bỏ khỏi hồ sơ đề nghị", request.user, about=proposal, words=str(nominee))
            nominee.delete()
    except ListRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã bỏ {nominee} khỏi hồ sơ.")
    return redirect(page_of_proposal(proposal))
