"""The pages about the site: who publishes it, contact, accessibility.

What changes over the years is read from the directory: the Sở and its divisions.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from departments.enums import DepartmentKind, RelationKind
from departments.models import Department, DepartmentRelation
from departments.structured_data import of_unit
from foundation.pagestore.keeping import keep_page


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Answer with the page about the publisher."""
    return _page(request, "newsroom/about.html", {"office": office()})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Answer with the contact page."""
    publisher = office()
    context = {"office": publisher, "divisions": divisions(publisher) if publisher else []}
    if publisher:
        context["json_ld"] = [of_unit(publisher)]
    return _page(request, "newsroom/contact.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Answer with the page about accessibility."""
    return _page(request, "newsroom/accessibility.html", {})


def office() -> Department | None:
    """Return the open Sở; of several, the one founded last; None if there is none."""
    offices = Department.objects.on().filter(kind=DepartmentKind.PROVINCE_OFFICE)
    return offices.order_by("-valid_from", "-pk").first()


def divisions(publisher: Department) -> list[Department]:
    """Return its open divisions that have a telephone or an e-mail address, by name."""
    belonging = DepartmentRelation.objects.on().filter(kind=RelationKind.ADMINISTRATIVE, related=publisher)
    units = Department.objects.on().filter(
        kind=DepartmentKind.OFFICE_DIVISION, pk__in=belonging.values("department")
    )
    return list(units.exclude(phone="", email="").order_by("sort_key", "pk"))


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return keep_page(request, render(request, template, context), "units", "sections")
