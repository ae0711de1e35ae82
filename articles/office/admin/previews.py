"""The pages round a preview: how it looks on which screen, and who was given an address to it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.office.admin.reach import changed, seen
from articles.office.preview import article_preview, revision_asked
from articles.writing import preview_links


@never_cache
@require_safe
@xframe_options_sameorigin
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """The page alone, for a frame of the office: `nen` chooses its colours."""
    return article_preview(request, seen(request, pk), theme=request.GET.get("nen", ""))


@never_cache
@require_safe
def screens(request: HttpRequest, pk: int) -> HttpResponse:
    """The story on a phone and on a wide screen, light and dark."""
    article = seen(request, pk)
    context = admin.site.each_context(request) | {
        "title": f"Xem thử: {article}",
        "article": article,
        "revision": revision_asked(request, article),
        "width": "rong" if request.GET.get("man") == "rong" else "dien-thoai",
        "theme": "toi" if request.GET.get("nen") == "toi" else "sang",
    }
    return TemplateResponse(request, "admin/articles/article/screens.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an address for somebody without an account; it is shown once. Below: those in use."""
    article = changed(request, pk)
    made = ""
    if request.method == "POST":
        asked = request.POST.get("days", "")
        days = int(asked) if asked in map(str, preview_links.LIVES) else preview_links.LIVES[0]
        token = preview_links.make(article, by=request.user, days=days)
        made = settings.SITE_URL + reverse("preview_page", args=[token])
    context = admin.site.each_context(request) | {
        "title": "Đường dẫn xem trước",
        "article": article,
        "made": made,
        "lives": preview_links.LIVES,
        "links": preview_links.in_use().filter(article=article).select_related("made_by").defer("content"),
    }
    return TemplateResponse(request, "admin/articles/article/preview_links.html", context)


@never_cache
@require_POST
def revoke(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    article = changed(request, pk)
    link = get_object_or_404(preview_links.in_use(), article=article, pk=link_pk)
    preview_links.revoke(link)
    messages.success(request, "Đã thu lại đường dẫn; ai mở nữa cũng không thấy bài.")
    return redirect("admin:articles_article_preview_links", pk)


def urls(view: Callable) -> list[URLPattern]:
    """The addresses, for the admin of stories; `view` wraps each as the admin's own."""
    return [
        path("<int:pk>/xem-thu/trang/", view(bare), name="articles_article_preview_bare"),
        path("<int:pk>/xem-thu/man-hinh/", view(screens), name="articles_article_screens"),
        path("<int:pk>/xem-thu/duong-dan/", view(links), name="articles_article_preview_links"),
        path(
            "<int:pk>/xem-thu/duong-dan/<int:link_pk>/thu-lai/",
            view(revoke),
            name="articles_article_revoke_preview_link",
        ),
    ]
