"""A story as the reader will see it, drawn from a content that is not public."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from articles.freezing import content_of
from articles.models import Article, PublishedArticle
from articles.releasing import page_fields


def page_of(content: dict[str, Any], pk: int) -> PublishedArticle:
    """The page a content would become; never stored. `content` has the shape of `freezing.content_of`."""
    now = timezone.now()
    return PublishedArticle(pk=pk, published_at=now, updated_at=now, **page_fields(content))


@never_cache
def article_preview(request: HttpRequest, article: Article, theme: str = "") -> HttpResponse:
    """The working copy as a page, for staff; the caller has checked that this person may see it.

    A `theme` (sang, toi) shows it alone in these colours, to stand in a frame of the office.
    """
    content = content_of(article)
    tags = [[name, ""] for name in content["tags"]]
    context = {
        "article": page_of(content, article.pk),
        "tags": tags,
        "is_preview": True,
        "working_copy": article,
    }
    if theme in ("sang", "toi"):
        context |= {"is_framed": True, "display": {"theme": theme, "size": "vua"}}
    return render(request, "admin/articles/article/preview.html", context)
