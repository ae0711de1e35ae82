"""The writer's board as a page of the office."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.writing.board import board, last_edited, may_write


@never_cache
@require_safe
def writing_board(request: HttpRequest) -> HttpResponse:
    """Own stories by what is to be done next; for whoever writes."""
    if not may_write(request.user):
        raise PermissionDenied
    context = admin.site.each_context(request) | {
        "title": "Bàn viết",
        "last_draft": last_edited(request.user),
        "board": board(request.user),
    }
    for room in context["office"].rooms:
        room["first"] = False  # the one thing that stands out here is to go on writing
    return render(request, "admin/articles/board.html", context)


def urls(site: admin.AdminSite) -> list:
    return [path("ban-viet/", site.admin_view(writing_board), name="writing_board")]
