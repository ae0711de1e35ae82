"""A story as the reader will see it, drawn from a content that is not public."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from articles.approval import corrections
from articles.approval.freezing import content_of
from articles.approval.releasing import page_fields
from articles.enums import PublicState
from articles.models import Article, PublishedArticle, Revision, Section, Tag
from articles.models.published import tag_address
from articles.office.desk_queue import waiting_one
from articles.public import story_page
from articles.public.syndication import absolute

REVISION = "ban"  # in the address: the number of a frozen revision, shown in place of the working copy
_SHARING = ("ways", "share_image", "oembed_url", "json_ld")


def page_of(content: dict[str, Any], pk: int) -> PublishedArticle:
    """The page a content would become; never stored. `content` has the shape of `freezing.content_of`."""
    now = timezone.now()
    return PublishedArticle(pk=pk, published_at=now, updated_at=now, **page_fields(content))


def context_of(content: dict[str, Any], pk: int) -> dict[str, Any]:
    """What the public template is given of this content, were it released this minute: the same parts.

    But for the ways to pass it on: they would lead others to what may answer nobody yet.
    """
    page = page_of(content, pk)
    if page.section_id is None:
        page.section = Section(pk=0, name="Chưa chọn chuyên mục", slug="chua-chon")
    _continue_live_page(page, content)
    context = story_page.context(page)
    slugs = dict(Tag.objects.filter(name__in=content["tags"]).order_by("slug").values_list("name", "slug"))
    context["tags"] = [(name, tag_address(tag)) for name, tag in slugs.items()]
    context = {name: value for name, value in context.items() if name not in _SHARING}
    return context | {"canonical_url": absolute(page.get_absolute_url()), "is_preview": True}


def _continue_live_page(page: PublishedArticle, content: dict[str, Any]) -> None:
    """A story that readers know keeps its day and its notices; the newest is told above them."""
    seen = PublishedArticle.objects.exclude(state=PublicState.TAKEN_BACK).filter(pk=page.pk).first()
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
    """The story as a page, for staff; the caller has checked that this person may see it.

    The working copy, or the frozen revision whose number the address names: what a head decides about.
    A `theme` (sang, toi) shows it alone in these colours, to stand in a frame of the office.
    """
    revision = revision_asked(request, article)
    context = context_of(revision.content if revision else content_of(article), article.pk)
    context |= {"working_copy": article, "revision": revision}
    if theme in ("sang", "toi"):
        context |= {"is_framed": True, "display": {"theme": theme, "size": "vua"}}
    elif revision and revision == article.review_revision:
        context["may_decide"] = waiting_one(request.user, article.pk) is not None
    return render(request, "admin/articles/article/preview.html", context)


def revision_asked(request: HttpRequest, article: Article) -> Revision | None:
    """The frozen revision an address names; None for the working copy. Raises Http404 for one that is not."""
    asked = request.GET.get(REVISION, "")
    if not asked:
        return None
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0
    revision = article.revisions.filter(number=number).first()
    if revision is None:
        raise Http404
    return revision
