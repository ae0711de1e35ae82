"""The page before a new story: go on with the last one, or begin a kind of story in one tap."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.beginning import recent_events
from articles.board import last_edited
from articles.guidance import starting_points


def start_page(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Kinds of story, recent events and the draft last worked on, for whoever may write."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    context = model_admin.admin_site.each_context(request) | {
        "title": "Viết bài",
        "opts": model_admin.opts,
        "kinds": starting_points(),
        "events": recent_events(request.user),
        "last_draft": last_edited(request.user),
    }
    return render(request, "admin/articles/article/start.html", context)
