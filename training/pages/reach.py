"""What of this room a person reaches, and how a page of it begins. Everything else is not there for them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from training.models import Enrolment, InvitedUnit, Participant
from training.querysets import ENROL, RUN, enrolling_units, hosted_by
from training.telling import page_of_enrolment


def may_open(user: Any) -> bool:
    """Whether the room is open to the user."""
    return user.is_superuser or user.has_perm("training.view_enrolment")


def enrolment_of(request: HttpRequest, pk: int) -> Enrolment:
    """Return the enrolment if the user sees it. Raises Http404."""
    rows = Enrolment.objects.visible_to(request.user).select_related("event__host")
    return get_object_or_404(rows, pk=pk)


def run_enrolment(request: HttpRequest, pk: int) -> Enrolment:
    """Return the enrolment if the user runs it. Raises Http404 or PermissionDenied."""
    enrolment = enrolment_of(request, pk)
    if not request.user.has_perm(RUN, enrolment):
        raise PermissionDenied
    return enrolment


def is_host(user: Any, enrolment: Enrolment) -> bool:
    """Whether the user reads the whole roll."""
    return user.is_superuser or enrolment.host_id in hosted_by(user)


def unit_of(request: HttpRequest, pk: int) -> InvitedUnit:
    """Return the invited unit if it is the user's own or the user reads the whole roll. Raises Http404."""
    rows = InvitedUnit.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("enrolment__event__host", "department"), pk=pk)


def may_enrol(user: Any, unit: InvitedUnit) -> bool:
    """Whether the user writes for the unit: a person of its own, or the office."""
    own = unit.department_id in enrolling_units(user) and user.has_perm(ENROL, unit)
    return own or user.has_perm(RUN, unit.enrolment)


def person_of(request: HttpRequest, pk: int) -> Participant:
    """Return the person if the user sees their unit's list. Raises Http404."""
    rows = Participant.objects.select_related("enrolment__event__host", "unit__department", "person")
    person = get_object_or_404(rows, pk=pk, unit__in=InvitedUnit.objects.visible_to(request.user))
    if person.enrolment.forgotten_on:
        raise PermissionDenied
    return person


def context_of(request: HttpRequest, title: str, *crumbs: tuple[str, str], **words: Any) -> dict[str, Any]:
    """Return the context of a page; `crumbs` are the pages between the list of enrolments and this one."""
    trail = [("Đăng ký, điểm danh", reverse("admin:enrolment_list")), *crumbs]
    return admin.site.each_context(request) | {"title": title, "trail": trail} | words


def crumbs_of(request: HttpRequest, unit: InvitedUnit) -> tuple[tuple[str, str], ...]:
    """Return the crumb of the whole roll, for those who read it."""
    if not is_host(request.user, unit.enrolment):
        return ()
    return ((str(unit.enrolment.event), page_of_enrolment(unit.enrolment)),)
