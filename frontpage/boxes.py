"""What the front page shows besides stories: coming events, commendations, new documents."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from awards.enums import RecipientKind
from awards.models import Commendation, Decision
from documents.force import force_on
from documents.models import OfficialDocument
from documents.sizes import size_words
from events.models import Event
from events.timing import EventState, badge_at, state_at

UPCOMING, HONOURS, DOCUMENTS = 3, 4, 4


def upcoming(now: datetime.datetime) -> list[dict[str, Any]]:
    """Return the next events that take place, soonest first, with a word if under way or moved."""
    rows = []
    for event in Event.objects.public().taking_place().upcoming(now)[:UPCOMING]:
        badge = badge_at(event, now)
        expected = state_at(event, now) == EventState.UPCOMING
        rows.append(
            {
                "title": event.title,
                "url": event.get_absolute_url(),
                "starts_at": event.starts_at,
                "all_day": event.all_day,
                "place_name": event.place_name,
                "state_label": "" if expected else badge.label,
                "state_tone": badge.tone,
            }
        )
    return rows


def honours() -> list[dict[str, Any]]:
    """Return the latest commendations, collectives first; a pupil's card has only name and school."""
    shown = Commendation.objects.public().unrevoked().named_in_public()
    # Uses the index of decisions; sorting all commendations would read the whole register.
    newest = Decision.objects.public().filter(Exists(shown.filter(decision=OuterRef("pk"))))
    newest = newest.order_by("-signed_on", "-pk").values("pk")[:HONOURS]
    latest = shown.filter(decision__in=newest)
    order = ("-decision__signed_on", "-decision", "recipient_kind", "position", "pk")
    return [
        {
            "kind_label": row.get_recipient_kind_display(),
            "award_label": row.award_kind.name,
            "name": row.recipient_name,
            "title": "" if row.is_pupil else row.recipient_title,
            "unit": row.unit_name,
            "unit_url": row.unit_url,
            "day": row.decision.signed_on,
            "reason": "" if row.is_pupil or row.detail else row.decision.summary,
            "decision_label": f"QĐ {row.decision.number}, {row.decision.signed_on:%d/%m/%Y}",
            "decision_url": row.decision.get_absolute_url(),
            "url": _url_of(row),
        }
        for row in latest.select_related("decision", "award_kind").order_by(*order)[:HONOURS]
    ]


def _url_of(row: Commendation) -> str:
    """Return the page of a unit that was commended itself, else of the decision."""
    is_unit = row.recipient_kind == RecipientKind.COLLECTIVE and row.name_url
    return row.name_url if is_unit else row.decision.get_absolute_url()


def documents() -> list[dict[str, Any]]:
    """Return the newest documents, with a word if one is not in force, and the size of the file."""
    rows = []
    for document in OfficialDocument.objects.public().select_related("replaced_by").newest()[:DOCUMENTS]:
        force = force_on(document, timezone.localdate())
        size = f"{document.file_type}, {size_words(document.file_size)}"
        rows.append(
            {
                "number": document.number,
                "summary": document.summary,
                "force": {} if force.holds else {"label": force.label, "tone": force.tone},
                "url": document.get_absolute_url(),
                "issued_on": document.issued_on,
                "file_url": reverse("documents:document_file", args=[document.slug]) if document.file else "",
                "file_label": document.file_type,
                "file_aria": f"Tải văn bản {document.number}, {size}",
            }
        )
    return rows
