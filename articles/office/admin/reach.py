"""The one way from an address to a working copy: permissions are asked about the very story."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from articles.models import Article


def seen(request: HttpRequest, pk: int) -> Article:
    """The story if this person may read it; else 404, in the words for one that never was."""
    article = Article.objects.visible_to(request.user).filter(pk=pk).first()
    if article is None or not request.user.has_perm("articles.view_article", article):
        raise Http404
    return article


def changed(request: HttpRequest, pk: int) -> Article:
    """The story if this person may change it; who may only read it is told so (403)."""
    article = seen(request, pk)
    if not request.user.has_perm("articles.change_article", article):
        raise PermissionDenied
    return article
