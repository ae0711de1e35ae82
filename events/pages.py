"""The context of an event's public page, in a constant number of queries."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst

from departments.naming import name_on, short_name_on
from departments.public.doors import kind_door, unit_door
from documents.cards import story_rows
from documents.force import force_on
from events.enums import EventKind, Occurrence
from events.models import Delegate, Event, EventPhoto, ParticipatingGroup, ProgrammeItem
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
from foundation.language.numbers import format_number
from foundation.language.vietnamese import initials
from foundation.paging.numbered import first_rows, page_of
from media.models import Photo
from media.presentation import photo_for
from media.querysets import lasting

STORIES_SHOWN = 10
NOTES_SHOWN = 3
MAP = "https://www.google.com/maps/search/?api=1&"
NEWS = {
    Occurrence.CANCELLED: ("bad", "Sự kiện đã hủy.", ""),
    Occurrence.POSTPONED: ("", "Sự kiện tạm hoãn.", "Ngày mới sẽ được báo tại trang này."),
    Occurrence.RESCHEDULED: ("", "Sự kiện đã dời lịch.", "Thời gian bên dưới là lịch mới."),
}


@dataclass(frozen=True)
class Enrolling:
    """Whether people may still enrol, in words for readers; after `until` it has ended."""

    words: str
    places: str = ""
    until: datetime.datetime | None = None

    @property
    def shown(self) -> str:
        """The words as of now."""
        if self.until and self.until < timezone.now():
            return "Đã hết hạn đăng ký."
        return f"{self.words}. {self.places}".strip()


type Enrols = Callable[[Event], Enrolling | None]
_ENROLLING: list[Enrols] = []


def declare_enrolling(enrols: Enrols) -> Enrols:
    """Ask this what readers learn of enrolling; whoever changes it purges the tag `event:<pk>`."""
    _ENROLLING.append(enrols)
    return enrols


def enrolling_of(event: Event) -> Enrolling | None:
    """Return what readers learn of enrolling for the event; None when nobody enrols."""
    return next(filter(None, (enrols(event) for enrols in _ENROLLING)), None)


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
    lists, more = {}, {}
    for name, part in LISTS.items():
        rows, total = first_rows(part.rows(event), part.first)
        lists[name] = part.shown(rows)
        more[name] = _more(event, part, total)
    return {
        "event": event,
        "json_ld": [of_event(event, photo, _items(lists["programme"]))],
        "noun": EventKind(event.kind).noun,
        "badge": badge_at(event, now),
        "news": _news(event),
        "facts": _facts(event, state),
        "lead_photo": photo,
        "share_image": card.image,
        **lists,
        "more": more,
        "honours": _honours(event),
        "documents": _documents(event, now),
        **_notes(event),
        "materials": list(event.materials.public()),
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
    partners = [
        {"name": short_name_on(unit, day), "url": unit_door(unit.pk, day)}
        for unit in event.co_hosts.prefetch_related("names")
    ]
    place = ", ".join(filter(None, (event.place_name, event.place_address)))
    phrase = attendance_phrase(event)
    return {
        "date": f"Lịch cũ: {date_words(event)}" if state == EventState.POSTPONED else date_words(event),
        "hours": hour_words(event),
        "attendance": capfirst(phrase),
        "host": short_name_on(event.host, day),
        "host_full": name_on(event.host, day),
        "host_url": unit_door(event.host_id, day),
        "co_hosts": partners,
        "map_url": MAP + urlencode({"query": place}) if place else "",
        "online_url": event.online_url if state not in (EventState.PAST, EventState.CANCELLED) else "",
        "may_be_added": state not in (EventState.CANCELLED, EventState.POSTPONED),
    }


def _programme(rows: list[ProgrammeItem]) -> list[dict[str, Any]]:
    """Return the items by day; the day is named only if there are several."""
    days: dict[datetime.date, list[Any]] = {}
    for item in rows:
        days.setdefault(timezone.localtime(item.starts_at).date(), []).append(item)
    return [{"day": day if len(days) > 1 else None, "on": day, "items": items} for day, items in days.items()]


def _items(programme: list[dict[str, Any]]) -> list[ProgrammeItem]:
    return [item for day in programme for item in day["items"]]


def _delegates(rows: list[Delegate]) -> list[dict[str, Any]]:
    return [_delegate(row) for row in rows]


def _delegate(row: Delegate) -> dict[str, Any]:
    honorific = row.get_honorific_display() if row.honorific else ""
    letters = initials(" ".join(row.name.split()[-2:])).replace(".", "")
    name = f"{honorific} {row.name}".strip()
    return {"initials": letters, "name": name, "role": row.title, "day": first_day(row.event)}


def _participants(rows: list[ParticipatingGroup]) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "count": counted(row.count, row.count_qualifier, "đơn vị"),
            "url": unit_door(row.department_id, first_day(row.event)) or kind_door(row.department_kind),
            "day": first_day(row.event),
        }
        for row in rows
    ]


def _photo_rows(event: Event) -> QuerySet[EventPhoto]:
    """Return the photos in order, without the one at the top."""
    uses = event.event_photos.filter(lasting("photo__")).exclude(photo=event.lead_photo_id)
    return uses.select_related("photo")


def _photos(rows: list[EventPhoto]) -> list[dict[str, Any]]:
    return [photo_for(use.photo, caption=use.caption or None) for use in rows]


class EventList(NamedTuple):
    """One list of an event: the first rows on the event's page, all of them on pages of their own.

    `slug` is the end of their address, `more` what its link says after the number of rows.
    """

    slug: str
    title: str
    more: str
    first: int
    size: int
    rows: Callable[[Event], QuerySet]
    shown: Callable[[list], list[dict[str, Any]]]


LISTS = {
    "programme": EventList(
        "chuong-trinh", "Chương trình", "mục", 100, 300, lambda event: event.programme.all(), _programme
    ),
    "delegates": EventList(
        "dai-bieu", "Đại biểu", "đại biểu", 100, 300, lambda event: event.delegates.all(), _delegates
    ),
    "participants": EventList(
        "don-vi",
        "Đơn vị tham dự",
        "đơn vị",
        50,
        300,
        lambda event: event.participants.all(),
        _participants,
    ),
    "photos": EventList("anh", "Ảnh", "ảnh", 24, 48, _photo_rows, _photos),
}


def _more(event: Event, part: EventList, total: int) -> dict[str, str] | None:
    """Return where the whole list is read, and how much it is; None if the event's page has it all."""
    if total <= part.first:
        return None
    address = f"{event.get_absolute_url()}{part.slug}/"
    return {"url": address, "label": f"Xem cả {format_number(total)} {part.more}"}


def list_context(event: Event, name: str, number: int) -> dict[str, Any]:
    """Return the context of a page of one list. Raises Http404 if the list has no such page, or no row."""
    part = LISTS[name]
    rows = part.rows(event)
    count = rows.count()
    page = page_of(number, count, part.size, address=f"{event.get_absolute_url()}{part.slug}/")
    if not count:
        raise Http404
    return {
        "event": event,
        "part": part,
        "page": page,
        "total": f"{format_number(count)} {part.more}",
        "noun": EventKind(event.kind).noun,
        name: part.shown(list(rows[page.rows])),
    }


def lead_photo(event: Event) -> dict[str, Any] | None:
    """Return the photo at the top of the page, if readers may see one."""
    photo = Photo.objects.showable().filter(pk=event.lead_photo_id).first() if event.lead_photo_id else None
    return photo_for(photo) if photo else None


def _documents(event: Event, now: datetime.datetime) -> list[dict[str, Any]]:
    """Return the public documents, with a word if one is not in force."""
    today, uses = timezone.localdate(now), event.event_documents.with_public_document()
    forces = [
        (use.document, force_on(use.document, today)) for use in uses.select_related("document__replaced_by")
    ]
    return [{"document": document, "force": None if force.holds else force} for document, force in forces]


def _notes(event: Event) -> dict[str, Any]:
    """Return the newest notes of the day, and whether there are others."""
    rows = list(event.notes.public().newest()[: NOTES_SHOWN + 1])
    return {"notes": rows[:NOTES_SHOWN], "more_notes": len(rows) > NOTES_SHOWN}


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
