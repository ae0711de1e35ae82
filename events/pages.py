"""The context of an event's public page, in a constant number of queries."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.text import capfirst

from departments.naming import name_on, short_name_on
from documents.cards import story_rows
from documents.force import force_on
from events.enums import EventKind, Occurrence
from events.models import Delegate, Event
from events.share_card import card_of
from events.structured_data import of_event
from events.timing import (
    EventState,
    attendance_phrase,
    badge_at,
    counted,
    date_words,
    first_day,
    hour_words,
    state_at,
)
from foundation.language.vietnamese import initials
from media.models import Photo
from media.presentation import photo_for
from media.querysets import lasting

STORIES_SHOWN = 10
MAP = "https://www.google.com/maps/search/?api=1&"
NEWS = {
    Occurrence.CANCELLED: ("bad", "Sự kiện đã hủy.", ""),
    Occurrence.POSTPONED: ("", "Sự kiện tạm hoãn.", "Ngày mới sẽ được báo tại trang này."),
    Occurrence.RESCHEDULED: ("", "Sự kiện đã dời lịch.", "Thời gian bên dưới là lịch mới."),
}


def event_page(event: Event, now: datetime.datetime) -> dict[str, Any]:
    """Return the whole context; load the host and its names before."""
    return event_context(event, now) | {"stories": stories_of(event)}


def stories_of(event: Event) -> list[dict[str, Any]]:
    """Return rows of the newest stories about the event."""
    return story_rows(event.published_articles.live().cards().newest()[:STORIES_SHOWN])


def event_context(event: Event, now: datetime.datetime) -> dict[str, Any]:
    """Return the context except the stories: what changes with the event, related records or time."""
    state, photo = state_at(event, now), lead_photo(event)
    card = card_of(event, photo)
    return {
        "event": event,
        "json_ld": [of_event(event, photo)],
        "noun": EventKind(event.kind).noun,
        "badge": badge_at(event, now),
        "news": _news(event),
        "facts": _facts(event, state),
        "lead_photo": photo,
        "share_image": card.image,
        "programme": _programme(event),
        "delegates": [_delegate(row) for row in event.delegates.all()],
        "participants": _participants(event),
        "photos": _photos(event),
        "honours": _honours(event),
        "documents": _documents(event, now),
    }


def _news(event: Event) -> dict[str, str] | None:
    """Return what readers must know first: the event does not take place as announced."""
    if event.occurrence not in NEWS:
        return None
    tone, title, more = NEWS[Occurrence(event.occurrence)]
    note = event.occurrence_note
    sentence = note if not note or note.endswith((".", "!", "?")) else f"{note}."
    return {"tone": tone, "title": title, "text": " ".join(filter(None, (sentence, more)))}


def _facts(event: Event, state: EventState) -> dict[str, Any]:
    day = first_day(event)
    partners = [short_name_on(unit, day) for unit in event.co_hosts.prefetch_related("names")]
    place = ", ".join(filter(None, (event.place_name, event.place_address)))
    phrase = attendance_phrase(event)
    return {
        "date": f"Lịch cũ: {date_words(event)}" if state == EventState.POSTPONED else date_words(event),
        "hours": hour_words(event),
        "attendance": capfirst(phrase),
        "host": short_name_on(event.host, day),
        "host_full": name_on(event.host, day),
        "co_hosts": ", ".join(partners),
        "map_url": MAP + urlencode({"query": place}) if place else "",
        "online_url": event.online_url if state not in (EventState.PAST, EventState.CANCELLED) else "",
        "may_be_added": state not in (EventState.CANCELLED, EventState.POSTPONED),
    }


def _programme(event: Event) -> list[dict[str, Any]]:
    """Return the items by day; the day is named only if there are several."""
    days: dict[datetime.date, list[Any]] = {}
    for item in event.programme.all():
        days.setdefault(timezone.localtime(item.starts_at).date(), []).append(item)
    return [{"day": day if len(days) > 1 else None, "items": items} for day, items in days.items()]


def _delegate(row: Delegate) -> dict[str, str]:
    honorific = row.get_honorific_display() if row.honorific else ""
    letters = initials(" ".join(row.name.split()[-2:])).replace(".", "")
    return {"initials": letters, "name": f"{honorific} {row.name}".strip(), "role": row.title}


def _participants(event: Event) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "count": counted(row.count, row.count_qualifier, "đơn vị"),
            "department": row.department,
        }
        for row in event.participants.select_related("department")
    ]


def lead_photo(event: Event) -> dict[str, Any] | None:
    """Return the photo at the top of the page, if readers may see one."""
    photo = Photo.objects.showable().filter(pk=event.lead_photo_id).first() if event.lead_photo_id else None
    return photo_for(photo) if photo else None


def _photos(event: Event) -> list[dict[str, Any]]:
    """Return the photos in order, without the one at the top."""
    uses = event.event_photos.filter(lasting("photo__")).exclude(photo=event.lead_photo_id)
    return [photo_for(use.photo, caption=use.caption or None) for use in uses.select_related("photo")]


def _documents(event: Event, now: datetime.datetime) -> list[dict[str, Any]]:
    """Return the public documents, with a word if one is not in force."""
    today, uses = timezone.localdate(now), event.event_documents.with_public_document()
    forces = [
        (use.document, force_on(use.document, today)) for use in uses.select_related("document__replaced_by")
    ]
    return [{"document": document, "force": None if force.holds else force} for document, force in forces]


def _honours(event: Event) -> list[dict[str, Any]]:
    """Return the public decisions given at the event, each with its groups and counts."""
    decisions = event.commendation_decisions.public().prefetch_related("commendations")
    return [
        {
            "id": f"khen-{decision.pk}",
            "groups": decision.honour_groups(),
            "decision_label": f"QĐ {decision.number}, {decision.signed_on:%d/%m/%Y}",
            "url": decision.get_absolute_url(),
        }
        for decision in decisions
    ]
