"""What a page needs to show a photo: plain values, to be stored with the page."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.urls import reverse

from media.models import Photo
from media.storage import stored_name

# The address of a rendition: from photo, width and extension.
Address = Callable[[Photo, int, str], str]
_ADDRESS = re.compile(r"/([0-9a-f]{64})/([0-9]{1,5}\.jpg)$")


def address(photo: Photo, width: int, extension: str) -> str:
    """Return the public address of a rendition."""
    return _address(photo.content_hash, width, extension)


# Showing one photo needs the same addresses several times.
@lru_cache(maxsize=2048)
def _address(content_hash: str, width: int, extension: str) -> str:
    return reverse("media:photo_file", args=(content_hash, width, extension))


def photo_for(
    photo: Photo,
    *,
    caption: str | None = None,
    credit: str | None = None,
    alt: str | None = None,
    address: Address = address,
) -> dict[str, Any]:
    """Return what `_components/photo.html` and `_components/figure.html` need.

    The values are JSON; makes no query. Words not given are the photo's own. `alt=""` means that the photo is
    decorative here. `src` is the largest JPEG, which every browser, feed reader and social site can show.
    `address` makes the addresses; a private preview passes its own.
    """
    if alt is None:
        alt = "" if photo.is_decorative else photo.alt_text
    _, width, height, _ = photo.renditions[-1]
    return {
        "src": address(photo, width, "jpg"),
        "srcset_avif": _srcset(photo, "avif", address),
        "srcset_jpeg": _srcset(photo, "jpg", address),
        "width": width,
        "height": height,
        "alt": alt,
        "caption": photo.caption if caption is None else caption,
        "credit": photo.credit if credit is None else credit,
        "focus": _focus(photo),
    }


def thumbnail(photo: Photo) -> str:
    """Return the address of the smallest JPEG."""
    return address(photo, min(entry[1] for entry in photo.renditions), "jpg")


def public_file(src: str) -> str:
    """Return the stored name of the rendition at this address; "" if readers may not see the photo."""
    found = _ADDRESS.search(src)
    if found is None:
        return ""
    public = Photo.objects.with_exposure().filter(content_hash=found[1], is_public=True)
    return stored_name(*found.groups()) if public.exists() else ""


def _srcset(photo: Photo, extension: str, address: Address) -> str:
    widths = [width for kind, width, _, _ in photo.renditions if kind == extension]
    return ", ".join(f"{address(photo, width, extension)} {width}w" for width in widths)


def _focus(photo: Photo) -> str:
    """Return CSS classes for the focus of a cropped thumbnail; empty when it is near the middle."""
    across = "fx-l" if photo.focal_x < 35 else "fx-r" if photo.focal_x > 65 else ""
    down = "fy-t" if photo.focal_y < 25 else "fy-b" if photo.focal_y > 65 else ""
    return f"{across} {down}".strip()
