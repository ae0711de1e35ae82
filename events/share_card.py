"""The share picture of an event; it says if the event does not take place as announced."""

from typing import Any

from django.utils import timezone

from events.enums import Occurrence
from events.models import Event
from events.timing import badge_at, date_words
from foundation.sharecards.card import Card


def card_of(event: Event, photo: dict[str, Any] | None) -> Card:
    """Return the share card; `photo` is the one at the top of the page."""
    said = date_words(event)
    if event.occurrence != Occurrence.AS_PLANNED:
        said = f"{badge_at(event, timezone.now()).label} · {said}"
    shown = {"photo": photo["src"], "focus": photo["focus"], "photo_alt": photo["alt"]} if photo else {}
    return Card(place_of(event), "events:event_share", event.title, said, **shown)


def place_of(event: Event) -> str:
    """Return the folder of an event's share pictures."""
    return f"su-kien/{event.slug}"
