"""The share picture of a document; it says if the document is not in force."""

from documents.force import Force
from documents.models import OfficialDocument
from foundation.sharecards.card import Card


def card_of(document: OfficialDocument, force: Force) -> Card:
    """Return the share card of a document."""
    said = f"{document.get_kind_display()} {document.number}"
    kicker = said if force.holds else f"{force.label} · {said}"
    return Card(place_of(document), "documents:document_share", document.summary, kicker)


def place_of(document: OfficialDocument) -> str:
    """Return the folder of a document's share pictures."""
    return f"van-ban/{document.slug}"
