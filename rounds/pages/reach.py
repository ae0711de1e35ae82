"""What of this room a person reaches, and how a page of it begins. Everything else is not there for them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from rounds.models import Nominee, Proposal, ReceivedProposal, Round
from rounds.querysets import PROPOSE, RUN, SCREEN, hosted_by, proposing_units


def may_open(user: Any) -> bool:
    """Whether the room is open to the user."""
    return user.is_superuser or user.has_perm("rounds.view_round")


def round_of(request: HttpRequest, pk: int) -> Round:
    """Return the round if the user sees it. Raises Http404."""
    rows = Round.objects.visible_to(request.user).select_related("host", "school_year", "decision")
    return get_object_or_404(rows, pk=pk)


def run_round(request: HttpRequest, pk: int) -> Round:
    """Return the round if the user runs it. Raises Http404 or PermissionDenied."""
    round_ = round_of(request, pk)
    if not request.user.has_perm(RUN, round_):
        raise PermissionDenied
    return round_


def is_host(user: Any, round_: Round) -> bool:
    """Whether the user reads what was sent to the round."""
    return user.is_superuser or round_.host_id in hosted_by(user)


def proposal_of(request: HttpRequest, pk: int) -> Proposal:
    """Return the proposal if the user sees it. Raises Http404."""
    rows = Proposal.objects.visible_to(request.user).select_related("round__host", "department", "law")
    return get_object_or_404(rows, pk=pk)


def received(proposal: Proposal) -> ReceivedProposal:
    """Return the proposal as its host sees it."""
    return ReceivedProposal.objects.select_related("round").get(pk=proposal.pk)


def is_own(user: Any, proposal: Proposal) -> bool:
    """Whether the user writes for the unit that proposes."""
    return proposal.department_id in proposing_units(user) and user.has_perm(PROPOSE, proposal)


def screens(user: Any, proposal: Proposal) -> bool:
    """Whether the user screens for the host of the proposal's round."""
    return user.has_perm(SCREEN, proposal.round)


def nominee_of(request: HttpRequest, pk: int) -> Nominee:
    """Return the nominee if the user sees its proposal. Raises Http404."""
    rows = Nominee.objects.filter(proposal__in=Proposal.objects.visible_to(request.user))
    rows = rows.select_related(
        "proposal__round__host", "proposal__department", "award_kind", "department", "person", "proposal__law"
    )
    return get_object_or_404(rows, pk=pk)


def context_of(request: HttpRequest, title: str, *crumbs: tuple[str, str], **words: Any) -> dict[str, Any]:
    """Return the context of a page; `crumbs` are the pages between the list of rounds and this one."""
    trail = [("Đợt khen", reverse("admin:round_list")), *crumbs]
    return admin.site.each_context(request) | {"title": title, "trail": trail} | words


def crumb(record: Round | Proposal) -> tuple[str, str]:
    """Return the crumb of a round or a proposal."""
    if isinstance(record, Round):
        return record.title, reverse("admin:round_page", args=[record.pk])
    return str(record.department), reverse("admin:round_proposal", args=[record.pk])
