"""An event as schema.org Event, with its state."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone

from departments.naming import name_on
from events.enums import Occurrence
from events.models import Event, ProgrammeItem

_STATUS = {
    Occurrence.AS_PLANNED: "EventScheduled",
    Occurrence.RESCHEDULED: "EventRescheduled",
    Occurrence.POSTPONED: "EventPostponed",
    Occurrence.CANCELLED: "EventCancelled",
}


def of_event(
    event: Event, photo: dict[str, Any] | None = None, items: Iterable[ProgrammeItem] = ()
) -> dict[str, Any]:
    """Return the JSON-LD object; load the host and its names before. `photo` is `lead_photo`, `items` are
    those of the programme that the page shows.
    """
    first = timezone.localtime(event.starts_at)
    said = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "url": settings.SITE_URL + event.get_absolute_url(),
        "inLanguage": "vi",
        "startDate": _moment(event, event.starts_at),
        "eventStatus": f"https://schema.org/{_STATUS[Occurrence(event.occurrence)]}",
        "eventAttendanceMode": f"https://schema.org/{_attendance(event)}EventAttendanceMode",
        "location": _location(event),
        "organizer": {"@type": "Organization", "name": name_on(event.host, first.date())},
    }
    if event.summary:
        said["description"] = event.summary
    if photo:
        said["image"] = settings.SITE_URL + photo["src"]
    if event.ends_at:
        said["endDate"] = _moment(event, event.ends_at)
    if parts := [_part(said, item) for item in items]:
        said["subEvent"] = parts
    return said


def _part(whole: dict[str, Any], item: ProgrammeItem) -> dict[str, Any]:
    """Return an item of the programme: it takes place where and by whom the whole does, or does not."""
    shared = ("eventStatus", "eventAttendanceMode", "location", "organizer")
    said = {"@type": "Event", "name": item.title} | {name: whole[name] for name in shared}
    said["startDate"] = timezone.localtime(item.starts_at).isoformat(timespec="seconds")
    return said | ({"description": item.note} if item.note else {})


def _moment(event: Event, moment: datetime.datetime) -> str:
    """Local time: an all-day event in UTC would begin on the evening before."""
    here = timezone.localtime(moment)
    return here.date().isoformat() if event.all_day else here.isoformat(timespec="seconds")


def _attendance(event: Event) -> str:
    if event.online_url:
        return "Mixed" if event.place_name else "Online"
    return "Offline"


def _location(event: Event) -> dict[str, Any] | list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if event.place_name:
        address = event.place_address or event.place_name
        places.append({"@type": "Place", "name": event.place_name, "address": address})
    if event.online_url:
        places.append({"@type": "VirtualLocation", "url": event.online_url})
    return places[0] if len(places) == 1 else places
