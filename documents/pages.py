"""What a document's page shows besides stories; kept as a part until one of its rooms changes."""

import datetime
from typing import Any

from django.template.loader import render_to_string

from departments.naming import name_on
from departments.public.doors import unit_door
from documents.citations import Citations
from documents.force import chain_on, force_on
from documents.models import OfficialDocument
from documents.share_card import card_of
from signing.models import SignedFile
from signing.showing import signature_of

SIGNABLE = "van-ban"  # documents.paper.signing declares it


def document_context(document: OfficialDocument, today: datetime.date) -> dict[str, Any]:
    """Return the context of the page; load issuer and `replaced_by` before. Citations are public ones."""
    force, cited_by = force_on(document, today), Citations.of(document)
    shown = {
        "document": document,
        "issuer_name": name_on(document.issuer, document.issued_on),
        "issuer_url": unit_door(document.issuer_id, document.issued_on),
        "force": force,
        "chain": chain_on(document, today),
        "replaces": list(document.replaces.public().newest()),
        "cited_by": cited_by,
        "signed": _signature_of(document),
    }
    return {
        "document": document,
        "force": force,
        "share_image": card_of(document, force).image,
        "decisions": cited_by.decisions,
        "ended": render_to_string("documents/_ended.html", shown) if force.successor else "",
        "file_panel": render_to_string("documents/_file_panel.html", shown),
        "facts": render_to_string("documents/_facts.html", shown),
        "cited_by": render_to_string("documents/_cited_by.html", shown) if cited_by else "",
    }


def _signature_of(document: OfficialDocument) -> SignedFile | None:
    """Return how the document's file is signed; another file may have taken its place."""
    signed = signature_of(SIGNABLE, document, document.pk)
    return signed if signed and signed.stored == document.file.name else None
