"""The home page."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.public import page_tags
from articles.public.old_addresses import new_address
from departments.public import doors
from foundation.pagestore.keeping import keep_page
from frontpage.focus import focus_list
from frontpage.layout import assemble_now
from frontpage.structured_data import of_site


@require_safe
def focus_stories(request: HttpRequest) -> HttpResponse:
    """Answer with the stories that stood or stand in the slot Tin tiêu điểm."""
    context = focus_list(request.GET)
    response = render(request, "frontpage/focus_list.html", context)
    tags = page_tags.of_list(context, "stories", "placements")
    return keep_page(request, response, tags, query=context["page"].keys)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Answer with the home page; redirect addresses of the old site."""
    if request.GET and (moved := new_address(request.get_full_path())):
        return HttpResponsePermanentRedirect(moved)  # stories of the old site had such addresses
    response = render(request, "frontpage/home.html", assemble_now() | {"json_ld": of_site()})
    rooms = ("stories", "placements", "events", "awards", "documents", "sections", doors.TAG)
    return keep_page(request, response, rooms)
