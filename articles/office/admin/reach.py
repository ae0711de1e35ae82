"""Loads a working copy for a request. Permissions are checked for exactly this story."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from articles.models import Article


def seen(request: HttpRequest, pk: int) -> Article:
    """Returns the story if this person may read it; else raises Http404, as for one that does not exist."""
    article = Article.objects.visible_to(request.user).filter(pk=pk).first()
    if article is None or not request.user.has_perm("articles.view_article", article):
        raise Http404
    return article


def changed(request: HttpRequest, pk: int) -> Article:
    """Returns the story if this person may change it. Raises PermissionDenied for who may only read it."""
    article = seen(request, pk)
    if not request.user.has_perm("articles.change_article", article):
        raise PermissionDenied
    return article
