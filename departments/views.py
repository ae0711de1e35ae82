"""The public pages of units: the directory, a unit, its stories. They query only what readers may see."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from departments.directory import DirectoryQuery, directory
from departments.lineage import merged_into
from departments.models import Department, DepartmentName
from departments.public.doors import DAY, unit_door
from departments.share_card import card_of
from departments.unit_page import stories_of, unit_context
from departments.unit_stories import story_page
from foundation.pagestore.keeping import keep_page
from foundation.pagestore.parts import part
from foundation.sharecards.pictures import answer_share_picture

# What a unit's page shows besides stories.
ROOMS = ("units", "awards", "events")


@require_safe
def department_list(request: HttpRequest) -> HttpResponse:
    """Answer with the directory of units."""
    asked = DirectoryQuery.read(request.GET)
    whole = None if asked.narrowed else part("directory", ["units"], lambda: _listed(asked))
    response = render(request, "departments/department_list.html", whole or _listed(asked))
    return keep_page(request, response, "units", "sections", query=("loai",) if asked.kind else ())


def _listed(asked: DirectoryQuery) -> dict[str, Any]:
    return {"asked": asked, "content": render_to_string("departments/_list.html", directory(asked))}


@require_safe
def department_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with a unit's page, as of a former day if the address says one; redirect from its former
    addresses.

    Of former days, only those on which a name of the unit began are kept: others a stranger may invent.
    """
    known = _known(slug, request.GET.get(DAY, ""))
    asked = known["asked"]
    unit = known["unit"]
    if unit.slug != slug:
        return HttpResponsePermanentRedirect(unit_door(unit.pk, asked))
    response = render(request, "departments/department_detail.html", known | stories_of(known))
    query = (DAY,) if asked and unit_door(unit.pk, asked).endswith(f"={asked}") else ()
    units = (f"unit:{pk}" for pk in known["units"])
    return keep_page(request, response, ROOMS, units, "sections", query=query)


def _known(slug: str, written: str) -> dict[str, Any]:
    """Return what is known of the unit on the written day; of today if that is no former day of its life."""
    if written:
        unit, day = _unit(slug), _read_day(written)
        if day and unit.valid_from <= day < timezone.localdate():
            return unit_context(unit, day)
    return part(f"unit {slug}", ROOMS, lambda: unit_context(_unit(slug)))


def _read_day(written: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


@require_safe
def department_picture(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Answer with the share picture of a unit."""
    unit = get_object_or_404(Department, slug=slug)
    card = card_of(unit)
    return answer_share_picture(card, key)


@require_safe
def department_stories(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with all stories of a unit and of those merged into it, newest first."""
    unit, merged = part(f"unit and those merged into it {slug}", ["units"], lambda: _with_merged(slug))
    if unit.slug != slug:
        return HttpResponsePermanentRedirect(f"{unit.get_absolute_url()}tin/")
    context = story_page(unit, merged, request.GET)
    response = render(request, "departments/department_stories.html", context)
    units = (f"unit:{pk}" for pk in merged)
    return keep_page(request, response, "units", units, "sections", query=context["page"].keys)


def _with_merged(slug: str) -> tuple[Department, set[int]]:
    unit = _unit(slug)
    return unit, merged_into(unit.pk)


def _unit(slug: str) -> Department:
    """Return the unit with this address, or the one that last had it; raises Http404 if there is none."""
    if unit := Department.objects.filter(slug=slug).first():
        return unit
    names = DepartmentName.objects.filter(slug=slug).select_related("department")
    if name := names.order_by("-valid_from").first():
        return name.department
    raise Http404
