"""Serve share pictures: drawn on the first request, stored until the page says something else."""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from foundation.sharecards.card import Card
from identity.current import site_words

PUBLIC = "public, max-age=86400, s-maxage=3600"  # as for photos: withdrawn pictures soon expire


def answer_share_picture(card: Card, key: str, stored: Callable[[str], str] = str) -> HttpResponseBase:
    """Answer with the current picture of a public page; redirect if `key` is of an earlier version.

    `stored` maps the address of a photo to its file name; "" if readers may not see it.
    """
    if key != card.key:
        return HttpResponseRedirect(card.path)
    response = FileResponse(_picture(card, stored), content_type="image/jpeg")
    response.headers["Cache-Control"] = PUBLIC
    return response


def forget_share_pictures(*places: str) -> None:
    """Delete, after the commit, the pictures of these places: their pages have changed or are withdrawn."""
    for place in places:
        transaction.on_commit(partial(_remove, place))


def _remove(place: str, but: str = "") -> None:
    for name in _kept(place):
        if name != but:
            default_storage.delete(name)


def _picture(card: Card, stored: Callable[[str], str]) -> File:
    """Return the stored picture or draw it; one drawn while its photo is hidden is not stored."""
    name = f"share/{card.place}/{card.key}.jpg"
    with contextlib.suppress(FileNotFoundError):
        return default_storage.open(name)
    source = stored(card.photo) if card.photo else ""
    with contextlib.ExitStack() as closing:
        photo = closing.enter_context(default_storage.open(source)) if source else None
        # Imported on first use: importing Pillow would slow down every start.
        draw = import_string("foundation.sharecards.drawing.draw")
        site = site_words()
        own = {"colour": site.colour} if site.colour else {}
        drawn = draw(card.title, card.kicker, site.name, photo, card.focus if photo else "", **own)
    if photo is not None or not card.photo:
        _keep(card.place, name, drawn)
    if photo is not None and not stored(card.photo):  # the photo was hidden while this was drawn
        _remove(card.place)
    return ContentFile(drawn)


def _keep(place: str, name: str, drawn: bytes) -> None:
    saved = default_storage.save(name, ContentFile(drawn))
    if saved != name:  # another request stored it at the same moment
        default_storage.delete(saved)
    _remove(place, but=name)


def _kept(place: str) -> Iterator[str]:
    with contextlib.suppress(FileNotFoundError):
        for name in default_storage.listdir(f"share/{place}")[1]:
            yield f"share/{place}/{name}"
