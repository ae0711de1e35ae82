"""The picture under which a document is shared; one that is not in force says so."""

from documents.force import Force
from documents.models import OfficialDocument
from foundation.sharecards.card import Card


def card_of(document: OfficialDocument, force: Force) -> Card:
    said = f"{document.get_kind_display()} {document.number}"
    kicker = said if force.holds else f"{force.label} · {said}"
    return Card(place_of(document), "documents:document_share", document.summary, kicker)


def place_of(document: OfficialDocument) -> str:
    return f"van-ban/{document.slug}"
