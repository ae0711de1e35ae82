"""What the holder of a private preview address is shown: one frozen state and its photos, nothing else.

Not a public page: nothing links here, nobody may keep or index it. Reads PreviewLink alone.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from articles.models import PreviewLink
from articles.office.preview import context_of
from articles.writing import preview_links
from media.models import Photo
from media.views import rendition

_PUBLIC_PHOTOS = "/uploads/anh/"


@require_safe
def preview_page(request: HttpRequest, token: str) -> HttpResponse:
    link = _link(token)
    preview_links.opened(link)
    # An outsider is told no address either.
    context = context_of(link.content, link.article_id) | {"link": link, "canonical_url": ""}
    html = render_to_string("articles/preview_link.html", context, request)
    # Photos that are not public are reached through this very address, as long as it lives.
    photos = reverse("preview_page", args=[token]) + "anh/"
    for content_hash in _hashes(link):
        html = html.replace(f"{_PUBLIC_PHOTOS}{content_hash}", f"{photos}{content_hash}")
    return _private(HttpResponse(html))


@require_safe
def preview_photo(
    request: HttpRequest, token: str, content_hash: str, width: str, extension: str
) -> HttpResponse:
    """A photo of the frozen state that may be shown today; no token reaches others of the library."""
    link = _link(token)
    if content_hash not in _hashes(link):
        raise Http404
    photo = get_object_or_404(Photo.objects.showable(), content_hash=content_hash)
    return _private(rendition(request, photo, int(width), extension))


def _hashes(link: PreviewLink) -> set[str]:
    return {figure["content_hash"] for figure in link.content["figures"]} - {""}


def _link(token: str) -> PreviewLink:
    link = preview_links.find(token)
    if link is None:
        raise Http404
    return link


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
