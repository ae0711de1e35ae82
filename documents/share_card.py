"""The picture under which a document is shared; one that is not in force says so."""

from typing import Any

from django.urls import reverse

from documents.force import Force
from documents.models import OfficialDocument
from foundation.sharecards import pictures
from foundation.sharecards.card import Card


def card_of(document: OfficialDocument, force: Force) -> Card:
    said = f"{document.get_kind_display()} {document.number}"
    kicker = said if force.holds else f"{force.label} · {said}"
    return Card(_place(document), document.summary, kicker)


def share_image(document: OfficialDocument, force: Force) -> dict[str, Any]:
    """What the page's head says of its picture."""
    card = card_of(document, force)
    return card.told(path_of(document, card))


def path_of(document: OfficialDocument, card: Card) -> str:
    return reverse("documents:document_share", args=[document.slug, card.key])


def forget(document: OfficialDocument) -> None:
    """Remove the kept pictures of a document that is no longer shown, or not with these words."""
    pictures.forget(_place(document))


def _place(document: OfficialDocument) -> str:
    return f"van-ban/{document.slug}"
