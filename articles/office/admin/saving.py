"""Addresses that the writing screen calls while somebody types."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from articles.office.admin.reach import changed
from articles.writing import autosaving, bylines, presence, screen_words
from articles.writing.drafting import DraftConflict, is_last_hand, last_hand


@never_cache
@require_POST
def autosave_new(request: HttpRequest) -> JsonResponse:
    """Autosave of a new story: creates it only once, even when the response is lost."""
    if not request.user.has_perm("articles.add_article"):
        raise Http404
    key = request.POST.get("client_key", "")
    article = autosaving.find_new(key, request.user)
    if article is None and not autosaving.has_words(request.POST):
        return JsonResponse({"empty": True})
    try:
        return _saved(request, article or Article(), is_opening=True)
    except IntegrityError:  # sent twice at the same moment: the other request was first
        if article is None and (opened := autosaving.find_new(key, request.user)):
            return _saved(request, opened, is_opening=True)
        raise


@never_cache
@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    return _saved(request, changed(request, pk))


@never_cache
@require_safe
def situation(request: HttpRequest, pk: int) -> JsonResponse:
    """Returns who else is here and who saved last; the request also reports this person as present."""
    article = changed(request, pk)
    presence.note_presence(article, request.user)
    return JsonResponse(
        {
            "others": presence.others(article, request.user),
            "draft_number": article.draft_number,
            "last": last_hand(article),
        }
    )


@never_cache
@require_POST
def compare(request: HttpRequest, pk: int) -> JsonResponse:
    """Returns a device's text and the stored text in one shape; `known` when nothing of it is missing."""
    article = changed(request, pk)
    answer = {
        "known": screen_words.is_known(article, request.POST, request.user),
        "mine": screen_words.typed_words(article, request.POST, request.user),
        "stored": screen_words.stored_words(article, request.user) | {"last": last_hand(article)},
    }
    return JsonResponse(answer)


@never_cache
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Shown inside the writing screen after signing in again: the user and the new CSRF token."""
    return render(request, "admin/articles/article/session.html", {"token": get_token(request)})


def _saved(request: HttpRequest, article: Article, *, is_opening: bool = False) -> JsonResponse:
    try:
        saved = autosaving.autosave(article, request.POST, request.user, is_opening=is_opening)
    except DraftConflict as conflict:
        theirs = Article.objects.get(pk=article.pk)
        said = {"message": conflict.message, "last": last_hand(theirs)}
        said |= screen_words.stored_words(theirs, request.user)
        said["is_yours"] = is_last_hand(theirs, request.user)
        said["mine"] = screen_words.typed_words(theirs, request.POST, request.user)
        return JsonResponse({"conflict": said}, status=409)
    answer = _saved_facts(saved)
    if is_opening:  # the new story got a byline, which the screen must show
        answer[bylines.PREFIX] = bylines.unsent(request.POST, saved.article)
    return JsonResponse(answer)


def _saved_facts(saved: autosaving.Saved) -> dict[str, Any]:
    pk = saved.article.pk
    return {
        "id": pk,
        "draft_number": saved.article.draft_number,
        "saved_at": f"{timezone.localtime(saved.article.saved_at):%H:%M}",
        "refused": saved.refused,
        "page": reverse("admin:articles_article_change", args=[pk]),
        "autosave": reverse("admin:articles_article_autosave", args=[pk]),
        "situation": reverse("admin:articles_article_situation", args=[pk]),
        "compare": reverse("admin:articles_article_compare", args=[pk]),
    }


def urls(view: Callable) -> list[URLPattern]:
    """Returns the URLs; `view` wraps each view with the admin's checks."""
    return [
        path("tu-luu/", view(autosave_new), name="articles_article_autosave_new"),
        path("phien/", view(session), name="articles_article_session"),
        path("<int:pk>/tu-luu/", view(autosave), name="articles_article_autosave"),
        path("<int:pk>/tinh-hinh/", view(situation), name="articles_article_situation"),
        path("<int:pk>/doi-chieu/", view(compare), name="articles_article_compare"),
    ]
