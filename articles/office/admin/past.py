"""Pages about a story's past: timeline, comparison of two states, going back, the bin."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from approvals.engine import StepRefused
from articles.models import Article, PublishedArticle
from articles.office.admin.reach import changed, seen
from articles.office.timeline import NOW, content_at, entries
from articles.text.comparing import compare
from articles.writing import saved_copies, story_bin


@never_cache
@require_safe
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened, newest first; parameters `a` and `b` name two states to compare."""
    article = seen(request, pk)
    lines = entries(article)
    states = [line for line in lines if line.state]
    one, other = request.GET.get("a", ""), request.GET.get("b", "") or NOW
    context = admin.site.each_context(request) | {
        "title": f"Lịch sử: {article}",
        "address": _public_address(article),
        "article": article,
        "opts": Article._meta,
        "lines": lines,
        "states": states,
        "a": one or (states[0].state if states else ""),
        "b": other,
        "may_change": request.user.has_perm("articles.change_article", article),
    }
    if one:
        context["differences"] = _compared(article, one, other)
    return TemplateResponse(request, "admin/articles/article/past.html", context)


@never_cache
@require_POST
def go_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an earlier state into the working copy; the replaced state stays in the timeline."""
    article = changed(request, pk)
    content = content_at(article, request.POST.get("state", ""))
    if content is None:
        raise Http404
    seen = request.POST.get("seen_number", "")
    try:
        number = int(seen) if seen.isascii() and seen.isdecimal() else 0
        saved_copies.restore(article, content, by=request.user, draft_number=number)
    except StepRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("admin:articles_article_past", pk)
    messages.success(request, "Đã lấy lại bản cũ vào bàn viết. Bản vừa thay vẫn còn trong lịch sử.")
    return redirect("admin:articles_article_change", pk)


@never_cache
@require_POST
def into_bin(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the story into the bin."""
    article = changed(request, pk)
    try:
        story_bin.bin_story(article, by=request.user)
    except StepRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("admin:articles_article_change", pk)
    messages.success(request, f"Đã bỏ “{article}” vào thùng rác. Lấy lại được ở mục Thùng rác.")
    return redirect("admin:articles_article_changelist")


@never_cache
@require_safe
def bin_list(request: HttpRequest) -> HttpResponse:
    """The last hundred binned stories that the person may open."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    found = Article.objects.in_bin_of(request.user).select_related("department", "binned_by")[:100]
    context = admin.site.each_context(request) | {
        "title": "Thùng rác",
        "articles": found,
        "opts": Article._meta,
    }
    return TemplateResponse(request, "admin/articles/article/bin.html", context)


@never_cache
@require_POST
def out_of_bin(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the story out of the bin."""
    article = Article.objects.in_bin_of(request.user).filter(pk=pk).first()
    if article is None or not request.user.has_perm("articles.change_article", article):
        raise Http404
    story_bin.take_out(article)
    messages.success(request, f"Đã lấy lại “{article}”.")
    return redirect("admin:articles_article_change", pk)


def _public_address(article: Article) -> str:
    page = PublishedArticle.objects.live().filter(pk=article.pk).only("slug").first()
    return page.get_absolute_url() if page else ""


def _compared(article: Article, one: str, other: str) -> list[Any]:
    contents = content_at(article, one), content_at(article, other)
    if None in contents:
        raise Http404
    return compare(*contents)


def urls(view: Callable) -> list[URLPattern]:
    """Returns the URLs; `view` wraps each view with the admin's checks."""
    return [
        path("thung-rac/", view(bin_list), name="articles_article_bin"),
        path("<int:pk>/lich-su/", view(timeline), name="articles_article_past"),
        path("<int:pk>/lich-su/lay-lai/", view(go_back), name="articles_article_go_back"),
        path("<int:pk>/bo/", view(into_bin), name="articles_article_into_bin"),
        path("<int:pk>/lay-ra/", view(out_of_bin), name="articles_article_out_of_bin"),
    ]
