"""Events for tests; every word has a plausible default."""

import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from approvals.enums import RecordStatus
from departments.models import Department
from documents.addresses import free_slug
from documents.models import OfficialDocument
from events.enums import EventKind
from events.models import Event
from media.models import Photo
from tests.factories.departments import make_department

_number = count(1)


def at(text: str) -> datetime.datetime:
    """“10/11/2017 07:30” in Vietnam."""
    return timezone.make_aware(datetime.datetime.strptime(text, "%d/%m/%Y %H:%M"))


def make_event_photo(owner: User, **fields: Any) -> Photo:
    """A photo of the owner's unit, described; its file is not there."""
    words = {"caption": "Toàn cảnh hội nghị", "alt_text": "Hội trường kín chỗ", "credit": "GD&TĐ"}
    return Photo.objects.create(
        content_hash=f"{next(_number):064x}",
        width=1200,
        height=800,
        file_size=1,
        renditions=[["jpg", 1200, 800, 90_000]],
        department=owner.person.positions.first().department,
        uploaded_by=owner,
        **words | fields,
    )


def make_event(
    title: str = "",
    *,
    status: str = RecordStatus.PUBLIC,
    host: Department | None = None,
    kind: str = EventKind.TRAINING,
    starts_at: datetime.datetime | str = "10/11/2017 07:30",
    ends_at: datetime.datetime | str | None = None,
    place_name: str = "Hội trường Sở GD&ĐT",
    photos: tuple[Photo, ...] = (),
    documents: tuple[OfficialDocument, ...] = (),
    **fields: Any,
) -> Event:
    """A public event unless said otherwise; moments may be written as they are typed."""
    event = Event(
        title=title or f"Hội nghị tập huấn số {next(_number)}",
        status=status,
        host=host or make_department(),
        kind=kind,
        starts_at=at(starts_at) if isinstance(starts_at, str) else starts_at,
        ends_at=at(ends_at) if isinstance(ends_at, str) else ends_at,
        place_name=place_name,
        **fields,
    )
    if not event.slug:
        event.slug = free_slug(event, event.title)
    event.save()
    for position, photo in enumerate(photos):
        event.event_photos.create(photo=photo, position=position)
    for position, document in enumerate(documents):
        event.event_documents.create(document=document, position=position)
    return event
