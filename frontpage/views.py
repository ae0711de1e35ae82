"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontpage.layout import assemble
from pagestore.keeping import keep


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    response = render(request, "frontpage/home.html", assemble(timezone.now()))
    return keep(request, response, "stories", "placements", "events", "awards", "documents", "sections")
