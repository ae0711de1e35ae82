"""The picture under which a story is shared: drawn once for what the page says, public as the page is."""

import contextlib
import hashlib
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.module_loading import import_string

from articles.models import PublishedArticle
from articles.syndication import NAME, absolute
from media.models import Photo
from media.storage import stored_name

SIZE = (1200, 630)  # what Facebook, Zalo and the others show uncropped
# Counts up when the drawing changes: kept pictures are then drawn anew.
DRAWING = 1
_PHOTO = re.compile(r"/([0-9a-f]{64})/([0-9]{1,5}\.jpg)$")


def share_image(page: PublishedArticle) -> dict[str, Any]:
    """What the page's head says of its picture."""
    address = reverse("articles:share_image", args=[page.pk, key_of(page)])
    photo = page.card_photo["alt"] if page.card_photo else ""
    alt = f"{page.title}. Ảnh: {photo}" if photo else page.title
    return {"url": absolute(address), "width": SIZE[0], "height": SIZE[1], "alt": alt[:400]}


def key_of(page: PublishedArticle) -> str:
    """Changes whenever the picture would: each released wording has an address of its own."""
    photo = page.card_photo or {}
    said = (DRAWING, NAME, page.title, page.section_name, photo.get("src"), photo.get("focus"))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def picture_of(page: PublishedArticle) -> BinaryIO:
    """The kept picture of a live page as it stands now; drawn first where there is none.

    The photo is shown while readers may see it; what is drawn without is not kept.
    """
    place = f"share/{page.pk}/{key_of(page)}.jpg"
    with contextlib.suppress(FileNotFoundError):
        return default_storage.open(place)
    source = _public_photo(page)
    with contextlib.ExitStack() as closing:
        photo = closing.enter_context(default_storage.open(source)) if source else None
        focus = page.card_photo["focus"] if photo else ""
        # Found when it is needed: the library behind it would slow every start.
        drawn = import_string("articles.share_card.draw")(page.title, page.section_name, NAME, photo, focus)
    if photo is not None or not page.card_photo:
        _keep(page, place, drawn)
    return ContentFile(drawn)


def forget(pk: int, but: str = "") -> None:
    """Remove the kept pictures of a story, those of earlier wordings or all."""
    for place in _kept(pk):
        if place != but:
            default_storage.delete(place)


def _keep(page: PublishedArticle, place: str, drawn: bytes) -> None:
    saved = default_storage.save(place, ContentFile(drawn))
    if saved != place:  # somebody drew it in this very moment
        default_storage.delete(saved)
    forget(page.pk, but=place)


def _kept(pk: int) -> Iterator[str]:
    with contextlib.suppress(FileNotFoundError):
        for name in default_storage.listdir(f"share/{pk}")[1]:
            yield f"share/{pk}/{name}"


def _public_photo(page: PublishedArticle) -> str:
    found = _PHOTO.search(page.card_photo["src"]) if page.card_photo else None
    if found is None:
        return ""
    public = Photo.objects.with_exposure().filter(content_hash=found[1], is_public=True)
    return stored_name(*found.groups()) if public.exists() else ""
