"""The page before a new story: go on with the last one, or begin a kind of story in one tap."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.models import Article
from articles.text.guidance import starting_points
from articles.writing.board import last_edited
from articles.writing.new_story import recent_events


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


def go_on(model_admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    """A form of a new story that is a story by now: sent again, it is saved into that one."""
    page = reverse("admin:articles_article_change", args=[article.pk])
    if request.method != "POST":
        messages.info(request, "Bài này đã lưu rồi; đây là bản đã lưu, để viết tiếp.")
        return HttpResponseRedirect(page)
    return model_admin.change_view(request, str(article.pk))
