"""Addresses of comments: on the head's desk, and beside the writer's text."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals.engine import StepRefused
from articles.approval import commenting
from articles.approval.commenting import Thread
from articles.approval.freezing import content_of
from articles.approval.workflow import ARTICLE, deciding_step
from articles.enums import CommentAct
from articles.models import Article
from articles.office import queue
from articles.office.admin.reach import changed
from articles.office.desk import (
    NOTHING_WAITS,
    WORDS,
    back_to_desk,
    comments_context,
    desk_page,
    keep_comment,
    refused,
    typed_again,
)
from articles.office.verdict import VerdictForm
from records.kinds import Waiting

LIST = "admin/articles/_comments.html"
SHEET = "admin/articles/article/_comments.html"
HEADS_ACTS = (CommentAct.DROPPED, CommentAct.CLOSED, CommentAct.REOPENED)


# --- the addresses on the desk ------------------------------------------------------------------------


@never_cache
@require_POST
def review_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a draft comment on the text that was shown."""
    waiting = _on_the_desk(request, pk)
    if waiting is None:
        return _too_late(request)
    try:
        keep_comment(request, waiting.record)
    except StepRefused as refusal:
        return _comments_response(request, waiting, refusal, refused(request, refusal))
    return _comments_response(request, waiting)


@never_cache
@require_POST
def review_comment_step(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Drop one's own draft, close a comment, or reopen it."""
    waiting = _on_the_desk(request, pk)
    if waiting is None:
        return _too_late(request)
    article = waiting.record
    thread = _thread(commenting.of_head(article, request.user), comment_pk)
    act = request.POST.get("act", "")
    if act not in HEADS_ACTS or request.user.pk in article.review_revision.editor_ids:
        raise Http404
    permission = ARTICLE[deciding_step(article, "approve")].permission
    try:
        capacity = waiting.holding.capacity(request.user, permission, article.department_id)
        commenting.move_comment(thread, act, by=request.user, capacity=capacity)
    except StepRefused as refusal:
        return _comments_response(request, waiting, refusal)
    return _comments_response(request, waiting)


def _on_the_desk(request: HttpRequest, pk: int) -> Waiting | None:
    """Returns the story if this person may decide about it; None when it no longer waits. Raises Http404 when
    the person may not see it.
    """
    found = next((one for lists in queue.waiting(request.user) for one in lists if one.record.pk == pk), None)
    if found is None:
        get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    return found


def _too_late(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get(WORDS, "")[: 2 * commenting.LONGEST]
    if _by_script(request):
        return HttpResponse(NOTHING_WAITS, status=409, content_type="text/plain; charset=utf-8")
    messages.warning(request, NOTHING_WAITS)
    if not typed.strip():
        return back_to_desk()
    return desk_page(
        request, queue.waiting(request.user), None, VerdictForm(), status=409, more={"kept_note": typed}
    )


def _comments_response(
    request: HttpRequest,
    waiting: Waiting,
    refusal: StepRefused | None = None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A script gets the list or the refusal as text; a plain form gets the desk with what was typed."""
    article = waiting.record
    if _by_script(request):
        if refusal:
            return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
        context = {"article": article, "revision": article.review_revision}
        return render(request, LIST, comments_context(request, article) | context)
    if refusal and not more:
        messages.error(request, refusal.message)
    form, status = typed_again(request, article), 409 if refusal else 200
    return desk_page(request, queue.waiting(request.user), waiting, form, status=status, more=more)


def _by_script(request: HttpRequest) -> bool:
    return "application/fragment" in request.headers.get("Accept", "")


def _thread(found: list[Thread], comment_pk: int) -> Thread:
    thread = next((one for one in found if one.comment.pk == comment_pk), None)
    if thread is None:
        raise Http404
    return thread


# --- beside the writer's text -----------------------------------------------------------------------


@never_cache
@require_safe
def article_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The comments on the stored text, without the page around them."""
    return _sheet(request, changed(request, pk))


@never_cache
@require_POST
def article_comment_step(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Mark a comment fixed, or answer it. A script gets the list back, a plain form the writing screen."""
    article = changed(request, pk)
    thread = _thread(commenting.of_writer(article), comment_pk)
    act = request.POST.get("act", "")
    if act not in commenting.WRITERS_ACTS:
        raise Http404
    try:
        commenting.move_comment(thread, act, by=request.user, words=request.POST.get("words", ""))
    except StepRefused as refusal:
        if _by_script(request):
            return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, refusal.message)
    if _by_script(request):
        return _sheet(request, article)
    return redirect(reverse("admin:articles_article_change", args=[pk]) + "#gop-y")


def _sheet(request: HttpRequest, article: Article) -> HttpResponse:
    return render(request, SHEET, commenting.sheet(article, content_of(article)))


def urls(site: admin.AdminSite) -> list:
    """Returns the admin URLs of comments."""
    story = "articles/article/<int:pk>/gop-y/"
    return [
        path("cho-duyet/<int:pk>/gop-y/", site.admin_view(review_comment), name="review_comment"),
        path(
            "cho-duyet/<int:pk>/gop-y/<int:comment_pk>/",
            site.admin_view(review_comment_step),
            name="review_comment_step",
        ),
        path(story, site.admin_view(article_comments), name="article_comments"),
        path(f"{story}<int:comment_pk>/", site.admin_view(article_comment_step), name="article_comment_step"),
    ]
