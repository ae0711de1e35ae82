"""Previews: a story drawn as readers will see it, from a content that is not public.

For staff, and for people with a private address (`writing.preview_links` makes and finds those).
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.approval import corrections
from articles.approval.freezing import content_of
from articles.approval.pages import page_fields
from articles.models import Article, PreviewLink, PublishedArticle, Revision, Section, find_tags
from articles.models.published import tag_address
from articles.office.admin.reach import changed, seen
from articles.office.queue import waiting_one
from articles.public import story_page
from articles.public.syndication import absolute
from articles.writing import preview_links
from foundation.limiting.limits import limited
from media.models import Photo
from media.presentation import Address, address
from media.views import rendition

REVISION = "ban"  # URL parameter: number of a frozen revision to show instead of the working copy
_SHARING = ("ways", "share_image", "oembed_url", "json_ld")


def draft_page(content: dict[str, Any], pk: int, address: Address = address) -> PublishedArticle:
    """Returns the unsaved page of a content (shape of `freezing.content_of`)."""
    now = timezone.now()
    fields = page_fields(content, address=address)
    return PublishedArticle(pk=pk, published_at=now, updated_at=now, **fields)


def context_of(content: dict[str, Any], pk: int, address: Address = address) -> dict[str, Any]:
    """Returns the context of the public template for this content, as if it were released now.

    Without share links, because they would lead to a page that may not exist yet. `address` returns the URL
    of a picture.
    """
    page = draft_page(content, pk, address)
    if page.section_id is None:
        page.section = Section(pk=0, name="Chưa chọn chuyên mục", slug="chua-chon")
    _continue_live_page(page, content)
    context = story_page.context(page)
    tags = sorted(set(find_tags(content["tags"]).values()), key=lambda tag: tag.slug)
    context["tags"] = [(tag.name, tag_address(tag.slug)) for tag in tags]
    context = {name: value for name, value in context.items() if name not in _SHARING}
    return context | {"canonical_url": absolute(page.get_absolute_url()), "is_preview": True}


def _continue_live_page(page: PublishedArticle, content: dict[str, Any]) -> None:
    """A story already published keeps its date and notices; a new notice comes first."""
    seen = PublishedArticle.objects.known().filter(pk=page.pk).first()
    if seen is None:
        return
    page.published_at = seen.published_at
    page.corrections = seen.corrections
    shown = corrections.shown_content(page.pk)
    if shown is not None and content.get("correction") != shown.get("correction"):
        told = corrections.entry(Revision(content=content, number=0), page.updated_at)
        page.corrections = ([told] if told else []) + seen.corrections


@never_cache
def article_preview(request: HttpRequest, article: Article, theme: str = "") -> HttpResponse:
    """The story as a page, for staff. The caller has checked that this person may see it.

    Shows the working copy, or the frozen revision named in the address. With `theme` (sang, toi) the page
    alone in these colours, for a frame of the office.
    """
    revision = revision_asked(request, article)
    context = context_of(revision.content if revision else content_of(article), article.pk)
    context |= {
        "working_copy": article,
        "revision": revision,
        "may_change": request.user.has_perm("articles.change_article", article),
    }
    if theme in ("sang", "toi"):
        context |= {"is_framed": True, "display": {"theme": theme, "size": "vua"}}
    elif revision and revision == article.review_revision:
        context["may_decide"] = waiting_one(request.user, article.pk) is not None
    return render(request, "admin/articles/article/preview.html", context)


def revision_asked(request: HttpRequest, article: Article) -> Revision | None:
    """Returns the frozen revision named in the address; None for the working copy. Raises Http404 when there
    is no such revision.
    """
    asked = request.GET.get(REVISION, "")
    if not asked:
        return None
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0
    revision = article.revisions.filter(number=number).first()
    if revision is None:
        raise Http404
    return revision


@never_cache
@require_safe
@xframe_options_sameorigin
def preview_alone(request: HttpRequest, pk: int) -> HttpResponse:
    """The page alone, for a frame of the office; `nen` chooses its colours."""
    return article_preview(request, seen(request, pk), theme=request.GET.get("nen", ""))


@never_cache
@require_safe
def preview_screens(request: HttpRequest, pk: int) -> HttpResponse:
    """The story on a phone and on a wide screen, in light and dark colours."""
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
def preview_links_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an address for somebody without an account (shown only once); lists those in use."""
    article = changed(request, pk)
    made = ""
    if request.method == "POST":
        asked = request.POST.get("days", "")
        days = int(asked) if asked in map(str, preview_links.LIVES) else preview_links.LIVES[0]
        token = preview_links.make_link(article, by=request.user, days=days)
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
def revoke_preview_link(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """Revoke a preview address."""
    article = changed(request, pk)
    link = get_object_or_404(preview_links.in_use(), article=article, pk=link_pk)
    preview_links.revoke_link(link, by=request.user)
    messages.success(request, "Đã thu lại đường dẫn; ai mở nữa cũng không thấy bài.")
    return redirect("admin:articles_article_preview_links", pk)


def urls(view: Callable) -> list[URLPattern]:
    """Returns the URLs; `view` wraps each view with the admin's checks."""
    return [
        path("<int:pk>/xem-thu/trang/", view(preview_alone), name="articles_article_preview_bare"),
        path("<int:pk>/xem-thu/man-hinh/", view(preview_screens), name="articles_article_screens"),
        path("<int:pk>/xem-thu/duong-dan/", view(preview_links_page), name="articles_article_preview_links"),
        path(
            "<int:pk>/xem-thu/duong-dan/<int:link_pk>/thu-lai/",
            view(revoke_preview_link),
            name="articles_article_revoke_preview_link",
        ),
    ]


@require_safe
@limited("preview")
def preview_page(request: HttpRequest, token: str) -> HttpResponse:
    """The frozen content of a private address. Its photos are not public: they have private addresses too."""
    link = _link(token)
    preview_links.note_opening(link)

    def address(photo: Photo, width: int, extension: str) -> str:
        return reverse("preview_photo", args=[token, photo.content_hash, width, extension])

    # An outsider does not get the story's public address either.
    context = context_of(link.content, link.article_id, address) | {"link": link, "canonical_url": ""}
    return _private(render(request, "articles/preview_link.html", context))


@require_safe
@limited("preview_photo")
def preview_photo(
    request: HttpRequest, token: str, content_hash: str, width: str, extension: str
) -> HttpResponse:
    """A photo of the frozen content that may be shown today; the token opens no other photo."""
    link = _link(token)
    if content_hash not in {figure["content_hash"] for figure in link.content["figures"]} - {""}:
        raise Http404
    photo = get_object_or_404(Photo.objects.showable(), content_hash=content_hash)
    return _private(rendition(request, photo, int(width), extension))


def _link(token: str) -> PreviewLink:
    link = preview_links.find_link(token)
    if link is None:
        raise Http404
    return link


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
