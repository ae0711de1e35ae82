"""Sheets with codes, to be printed: many people in one file, three on a page."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from accounts.models import Ticket
from departments.models import Position
from staff.admin.reach import context_of


def print_page(request: HttpRequest, pairs: list[tuple[Ticket, str]], *, back: str) -> HttpResponse:
    """Show the sheets once; whoever leaves the page has to make other codes. Makes one query."""
    posts = Position.objects.on().filter(person__user__in=[ticket.user_id for ticket, _ in pairs])
    units = {post.person.user_id: post for post in posts.select_related("person", "department")}
    sheets: list[dict[str, Any]] = [
        {"ticket": ticket, "account": ticket.user, "code": code, "post": units.get(ticket.user_id)}
        for ticket, code in pairs
    ]
    sheets.sort(key=_unit_and_name)  # as they are handed out
    address = urlsplit(settings.SITE_URL).netloc + reverse("enter").rstrip("/")
    context = context_of(request, "In phiếu", sheets=sheets, address=address, back=back)
    answer = TemplateResponse(request, "admin/staff/sheets.html", context)
    add_never_cache_headers(answer)
    return answer


def _unit_and_name(sheet: dict[str, Any]) -> tuple[str, str]:
    unit = sheet["post"].department.sort_key if sheet["post"] else ""
    return unit, sheet["account"].sort_key
