"""The list of rounds, and the page of one: for units what is asked, for the host the board."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from approvals.engine import StepRefused, take
from approvals.history import history
from departments.access import scope
from departments.models import Department
from rounds.board import Board
from rounds.deadlines import permitted_until, why_shut
from rounds.enums import NomineeStatus, ProposalStatus, RoundStatus
from rounds.models import Nominee, Proposal, Round
from rounds.pages.reach import context_of, is_host, may_open, round_of
from rounds.pages.stepping import buttons, press
from rounds.querysets import RUN, SCREEN, proposing_units, units_called
from rounds.telling import page_of_round
from rounds.workflow.nominee import NOMINEE
from rounds.workflow.round import ROUND

STEPS = (RoundStatus.OPEN, RoundStatus.SCREENING, RoundStatus.DECIDED, RoundStatus.CLOSED)


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """Show the rounds that the user sees, newest deadline first, with what their own units did."""
    if not may_open(request.user):
        raise PermissionDenied
    rounds = list(Round.objects.visible_to(request.user).select_related("host")[:100])
    own = Proposal.objects.filter(round__in=rounds, department__in=proposing_units(request.user))
    mine = {proposal.round_id: proposal for proposal in own.select_related("department")}
    context = context_of(request, "Đợt khen", rounds=[(one, mine.get(one.pk)) for one in rounds])
    context |= {"may_add": bool(scope(request.user, "rounds.add_round")), "trail": ()}
    return render(request, "admin/rounds/list.html", context)


@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the round asks for, the user's own proposals, and to the host the board."""
    round_ = round_of(request, pk)
    context = context_of(request, round_.title, round=round_, own=_own(request.user, round_))
    context |= {
        "awards": round_.awards.select_related("award_kind"),
        "steps": _steps(round_),
        "bar_steps": buttons(ROUND, round_, request.user, but=("draft",)),
        "may_draft": any(step.name == "draft" for step in buttons(ROUND, round_, request.user)),
        "may_run": request.user.has_perm(RUN, round_),
        "may_screen": request.user.has_perm(SCREEN, round_),
        "steps_taken": history(round_)[:10],
    }
    if is_host(request.user, round_):
        context["board"] = Board(round_, request.GET)
    return render(request, "admin/rounds/round.html", context)


def _steps(round_: Round) -> list[tuple[str, str]]:
    """Return the round's steps with “done”, “now” or “”."""
    labels = ("Nhận đề nghị", "Thẩm định, hội đồng", "Quyết định", "Báo kết quả")
    now = STEPS.index(round_.status) if round_.status in STEPS else -1
    return [
        (label, "done" if place < now else "now" if place == now else "")
        for place, label in enumerate(labels)
    ]


def _own(user: Any, round_: Round) -> list[dict[str, Any]]:
    """Return the user's units that the round calls upon, with their proposals."""
    units = proposing_units(user) & units_called(round_.host_id)
    found = Department.objects.filter(pk__in=units)
    proposals = {one.department_id: one for one in round_.proposals.filter(department__in=units)}
    return [
        {
            "unit": unit,
            "proposal": proposals.get(unit.pk),
            "shut": why_shut(round_, unit.pk),
            "late_until": permitted_until(round_, unit.pk),
        }
        for unit in found
    ]


@require_POST
def take_round_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of the round; the decision has a page of its own."""
    round_ = round_of(request, pk)
    if step == "draft":
        return redirect("admin:round_decision", pk)
    return press(request, ROUND, round_, step, back=page_of_round(round_))


@require_POST
def accept_chosen(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the ticked nominees of whom nothing must be looked at; say which stay for a person to read."""
    round_ = round_of(request, pk)
    if not request.user.has_perm(SCREEN, round_):
        raise PermissionDenied
    ticked = [number for number in request.POST.getlist("nominee") if number.isascii() and number.isdecimal()]
    rows = Nominee.objects.filter(pk__in=[int(number) for number in ticked if len(number) < 18])
    waiting = {"proposal__round": round_, "status": NomineeStatus.PROPOSED}
    waiting["proposal__status"] = ProposalStatus.SUBMITTED
    done, left = 0, []
    for nominee in rows.filter(**waiting):
        try:
            take(NOMINEE, nominee, "accept", actor=request.user, version=nominee.version)
            done += 1
        except StepRefused:
            left.append(str(nominee))
    if done:
        messages.success(request, f"{done} đề nghị đủ điều kiện.")
    if left:
        messages.warning(request, f"Cần mở từng người và ghi lý do: {', '.join(left[:10])}.")
    if not done and not left:
        messages.info(request, "Chưa chọn ai đang chờ thẩm định.")
    return redirect(page_of_round(round_))
