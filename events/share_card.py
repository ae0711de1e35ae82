"""The picture under which an event is shared; what does not take place as announced says so."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from events.enums import Occurrence
from events.models import Event
from events.timing import badge_at, date_words
from foundation.sharecards import pictures
from foundation.sharecards.card import Card


def card_of(event: Event, photo: dict[str, Any] | None) -> Card:
    """`photo` is the one its page opens with."""
    shown = photo or {"src": "", "focus": "", "alt": ""}
    said = date_words(event)
    if event.occurrence != Occurrence.AS_PLANNED:
        said = f"{badge_at(event, timezone.now()).label} · {said}"
    return Card(_place(event), event.title, said, shown["src"], shown["focus"], shown["alt"])


def path_of(event: Event, card: Card) -> str:
    return reverse("events:event_share", args=[event.slug, card.key])


def forget(event: Event) -> None:
    """Remove the kept pictures of an event that is no longer shown, or not with these words."""
    pictures.forget(_place(event))


def _place(event: Event) -> str:
    return f"su-kien/{event.slug}"
