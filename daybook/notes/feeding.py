"""Notes as entries of the site's and units' feeds of stories."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils.html import format_html, linebreaks

from daybook.models import Note
from daybook.notes.photo import shown_photo
from departments.naming import name_on
from events.timing import first_day

LIMIT = 10  # beside the stories: a busy day pushes none of them out


def newest_notes(units: Collection[int] | None = None) -> list[Note]:
    """Return the newest notes of these units' events, or of all. Makes three queries, one without notes."""
    rows = Note.objects.public().with_photos().newest()
    if units is not None:
        rows = rows.filter(host__in=units)
    return list(rows.select_related("event", "host", "photo").prefetch_related("host__names")[:LIMIT])


def facts_of_note(note: Note) -> dict[str, Any]:
    """Return the arguments of `SyndicationFeed.add_item`, as stories have them."""
    photo = shown_photo(note)
    return {
        "title": f"{note.event.title}: {note}",
        "link": settings.SITE_URL + note.get_absolute_url(),
        "description": note.body,
        "unique_id": f"{settings.SITE_URL}/tin-nhanh/{note.pk}/",
        "unique_id_is_permalink": False,
        "pubdate": note.happened_at,
        "updateddate": note.happened_at,
        "categories": ["Tin nhanh"],
        "full_text": linebreaks(note.body, autoescape=True) + (_figure(photo) if photo else ""),
        "names": [name_on(note.host, first_day(note.event))],
        "photos": [photo] if photo else [],
    }


def _figure(photo: dict[str, Any]) -> str:
    return format_html(
        '<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>',
        settings.SITE_URL + photo["src"],
        photo["alt"],
        photo["caption"],
    )
