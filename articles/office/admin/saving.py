"""Addresses that the writing screen calls while somebody types, and what follows a save."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals.engine import StepRefused, take
from articles.approval import commenting, corrections
from articles.approval.freezing import content_of
from articles.approval.workflow import ARTICLE, sending_step
from articles.models import Article
from articles.office.admin.reach import changed
from articles.writing import autosaving, bylines, presence, saved_copies, screen_words
from articles.writing.answering import keep_typed_answers
from articles.writing.drafting import DraftConflict, is_last_hand, last_hand
from articles.writing.screen import SENT


@never_cache
@require_POST
def autosave_new(request: HttpRequest) -> JsonResponse:
    """Autosave of a new story: creates it only once, even when the response is lost."""
    if not request.user.has_perm("articles.add_article"):
        raise Http404
    article = autosaving.find_new(request.POST.get("client_key", ""), request.user)
    if article is None and not autosaving.has_words(request.POST):
        return JsonResponse({"empty": True})
    return _saved(request, article or Article(), is_opening=True)


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


WORDED = "Đã lưu nháp. Máy đã viết giúp lời báo với bạn đọc; hãy đọc lại, sửa nếu cần, rồi gửi duyệt."


def after_saving(request: HttpRequest, article: Article) -> HttpResponse:
    """Do what the pressed button asks, after the save. A refused submission loses no text."""
    keep_typed_answers(article, request.POST, by=request.user)
    for refusal in commenting.answer_typed(article, request.POST, by=request.user):
        messages.error(request, refusal)
    page = reverse("admin:articles_article_change", args=[article.pk])
    if "_preview" in request.POST:
        return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[article.pk]))
    for button, place in (("_comment", "#gop-y"), ("_answer", "#kiem")):
        if button in request.POST:
            return HttpResponseRedirect(f"{page}{place}")
    saved_copies.keep_copy(article, by=request.user)
    if "_submit" in request.POST and (worded := corrections.fill_in(article)):
        Article.objects.filter(pk=article.pk).update(correction_note=worded)
        if not corrections.is_silent(content_of(article)):
            messages.info(request, WORDED)
            return HttpResponseRedirect(f"{page}#correction_note")
    if "_submit" not in request.POST:
        messages.success(request, "Đã lưu nháp.")
        return HttpResponseRedirect(page)
    try:
        take(ARTICLE, article, step := sending_step(article), actor=request.user, version=article.version)
    except StepRefused as refusal:
        messages.error(request, f"Đã lưu nháp. {refusal.message}")
        return HttpResponseRedirect(f"{page}#kiem")
    messages.success(request, SENT[step])
    return HttpResponseRedirect(page)


def urls(view: Callable) -> list[URLPattern]:
    """Returns the URLs; `view` wraps each view with the admin's checks."""
    return [
        path("tu-luu/", view(autosave_new), name="articles_article_autosave_new"),
        path("phien/", view(session), name="articles_article_session"),
        path("<int:pk>/tu-luu/", view(autosave), name="articles_article_autosave"),
        path("<int:pk>/tinh-hinh/", view(situation), name="articles_article_situation"),
        path("<int:pk>/doi-chieu/", view(compare), name="articles_article_compare"),
    ]
