"""The public pages of units: the directory, a unit, its stories. Only what readers may see is asked for."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from departments.directory import Asked, directory
from departments.models import Department, DepartmentName
from departments.unit_page import page
from departments.unit_stories import story_page
from pagestore.keeping import keep
from paging.keyset import KEYS


@require_safe
def department_list(request: HttpRequest) -> HttpResponse:
    response = render(request, "departments/department_list.html", directory(Asked.read(request.GET)))
    return keep(request, response, "units", "sections")


@require_safe
def department_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A unit; an address it once had leads to the one it has."""
    unit = _unit(slug)
    if unit.slug != slug:
        return HttpResponsePermanentRedirect(unit.get_absolute_url())
    response = render(request, "departments/department_detail.html", page(unit))
    return keep(request, response, "units", "stories", "awards", "events", "sections")


@require_safe
def department_stories(request: HttpRequest, slug: str) -> HttpResponse:
    """All stories of a unit and of those merged into it, newest first."""
    unit = _unit(slug)
    if unit.slug != slug:
        return HttpResponsePermanentRedirect(f"{unit.get_absolute_url()}tin/")
    response = render(request, "departments/department_stories.html", story_page(unit, request.GET))
    return keep(request, response, "units", "stories", "sections", query=KEYS)


def _unit(slug: str) -> Department:
    """The unit that has the address, else the one that last had it."""
    if unit := Department.objects.filter(slug=slug).first():
        return unit
    names = DepartmentName.objects.filter(slug=slug).select_related("department")
    if name := names.order_by("-valid_from").first():
        return name.department
    raise Http404
