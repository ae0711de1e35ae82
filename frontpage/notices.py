"""What stands on the front page besides stories: events to come, those commended, new documents."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from awards.models import Commendation, Decision
from documents.force import force_on
from documents.models import OfficialDocument
from documents.sizes import size_words
from events.models import Event
from events.timing import EventState, badge_at, state_at

UPCOMING, HONOURS, DOCUMENTS = 3, 4, 4


def upcoming(now: datetime.datetime) -> list[dict[str, Any]]:
    """The next events that will take place, soonest first; one that is under way or moved says so."""
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
    """The latest in the register, collectives first; a pupil's card says name and school only."""
    shown = Commendation.objects.public().unrevoked().named_in_public()
    # By the index of decisions; sorted as a whole, the register would be read for four cards.
    newest = Decision.objects.public().filter(Exists(shown.filter(decision=OuterRef("pk"))))
    newest = newest.order_by("-signed_on", "-pk").values("pk")[:HONOURS]
    latest = shown.filter(decision__in=newest)
    order = ("-decision__signed_on", "-decision", "recipient_kind", "position", "pk")
    return [
        {
            "kind_label": row.get_recipient_kind_display(),
            "award_label": row.award_kind.name,
            "name": row.recipient_name,
            "unit_line": row.unit_name if row.is_pupil else row.detail or row.decision.summary,
            "decision_label": f"QĐ {row.decision.number}, {row.decision.signed_on:%d/%m/%Y}",
            "url": row.decision.get_absolute_url(),
        }
        for row in latest.select_related("decision", "award_kind").order_by(*order)[:HONOURS]
    ]


def documents() -> list[dict[str, Any]]:
    """The newest in the register, with a word where one is not in force; a file's size is said before it is
    fetched.
    """
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
