"""A site's own logo in the sizes that pages, telephones and browsers ask for, at addresses with its hash."""

from typing import NamedTuple

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from newsroom.appearance.stylesheet import FOR_EVER


class Drawn(NamedTuple):
    """A square picture: its side in pixels, and how much of it the logo takes."""

    side: int
    share: float


# By the end of their address. What may be cut round keeps its corners within a circle of 80 %.
PICTURES = {
    "48": Drawn(48, 1),
    "120": Drawn(120, 1),
    "180": Drawn(180, 0.84),
    "192": Drawn(192, 0.84),
    "512": Drawn(512, 0.84),
    "512-cat": Drawn(512, 0.56),
}


def place_of(digest: str, name: str) -> str:
    """Return where a picture lies in the storage."""
    return f"bieu-trung/{digest}/{name}.png"


@require_safe
def logo_picture(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """Answer with one size; what an address says never changes."""
    if name not in PICTURES:
        raise Http404
    try:
        file = default_storage.open(place_of(digest, name))
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/png")
    response.headers["Cache-Control"] = FOR_EVER
    return response
