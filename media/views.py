"""The address of a photo's files, for readers and for the newsroom."""

import logging

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from media.models import Photo
from media.storage import stored_name

log = logging.getLogger(__name__)
CONTENT_TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}
# Long enough that readers do not download it twice, short enough that a withdrawn photo disappears within
# the two working days of the law; shared caches must revalidate sooner.
PUBLIC = "public, max-age=86400, s-maxage=3600"


@require_safe
def photo_file(request: HttpRequest, content_hash: str, width: str, extension: str) -> HttpResponse:
    """Answer with a rendition if the photo is public and its rights are valid, or the user may see it.

    Others get the same 404 as for a photo that does not exist.
    """
    photos = Photo.objects.with_exposure().defer("search_key")
    photo = get_object_or_404(photos, content_hash=content_hash)
    # For a public photo the session is not read: the answer is the same for everybody.
    if not photo.is_public and not photo.may_be_seen_by(request.user):
        raise Http404
    return rendition(request, photo, int(width), extension, is_public=photo.is_public)


def rendition(
    request: HttpRequest, photo: Photo, width: int, extension: str, *, is_public: bool = False
) -> HttpResponse:
    """Answer with one size of a photo; the caller has checked permissions.

    Raises Http404 for an unknown size.
    """
    if [extension, width] not in [entry[:2] for entry in photo.renditions]:
        raise Http404
    return _photo_response(request, photo, width, extension, is_public)


def _photo_response(
    request: HttpRequest, photo: Photo, width: int, extension: str, is_public: bool
) -> HttpResponse:
    etag = f'"{photo.content_hash[:32]}-{width}-{extension}"'
    arrived = int(photo.uploaded_at.timestamp())
    response = get_conditional_response(request, etag, arrived)
    if response is None:
        file = _opened(stored_name(photo.content_hash, f"{width}.{extension}"))
        response = FileResponse(file, content_type=CONTENT_TYPES[extension])
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(arrived)
    response.headers["Cache-Control"] = PUBLIC if is_public else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _opened(name: str) -> File:
    try:
        return default_storage.open(name)
    except FileNotFoundError:
        # The file is lost: answer 404 instead of 500, and tell the operators by the log.
        log.exception("A photo's file is missing: %s", name)
        raise Http404 from None
