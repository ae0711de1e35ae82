"""The page of an event's notes, and its feed."""

import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from approvals.enums import RecordStatus
from daybook.models import Note
from daybook.models.note import MOST
from daybook.notes.photo import shown_photo
from documents.feeds import SiteFeed
from events.models import Event
from foundation.pagestore.keeping import keep_page

TAGS = ("events", "sections")
FED = 50


@require_safe
def notes_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with all notes of an event, newest first; of one taken down only its hour is left."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    notes = list(event.notes.shown().with_photos().newest()[:MOST])
    if not notes:
        raise Http404
    crumbs = [{"label": "Sự kiện", "url": reverse("events:event_list")}]
    crumbs.append({"label": event.title, "url": event.get_absolute_url()})
    context = {
        "event": event,
        "notes": [_shown(note) for note in notes],
        "crumbs": crumbs,
        "json_ld": [_live_blog(event, notes)],
    }
    return keep_page(request, render(request, "daybook/notes.html", context), TAGS)


def _shown(note: Note) -> dict[str, Any]:
    stands = note.status == RecordStatus.PUBLIC
    return {
        "anchor": note.anchor,
        "at": note.happened_at,
        "words": note.body if stands else "",
        "photo": shown_photo(note) if stands else None,
        "gone_at": None if stands else note.withdrawn_at,
    }


def _live_blog(event: Event, notes: list[Note]) -> dict[str, Any]:
    """Return the notes as schema.org LiveBlogPosting; those taken down are left out."""
    page = f"{settings.SITE_URL}{event.get_absolute_url()}tin-nhanh/"
    standing = [note for note in notes if note.status == RecordStatus.PUBLIC]
    updates = [
        {
            "@type": "BlogPosting",
            "url": f"{page}#{note.anchor}",
            "headline": str(note),
            "articleBody": note.body,
            "datePublished": _moment(note.happened_at),
        }
        for note in standing
    ]
    return {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "url": page,
        "inLanguage": "vi",
        "headline": f"Tin nhanh: {event.title}",
        "about": {
            "@type": "Event",
            "name": event.title,
            "url": settings.SITE_URL + event.get_absolute_url(),
            "startDate": _moment(event.starts_at),
        },
        "liveBlogUpdate": updates,
    }


def _moment(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


class NoteFeed(SiteFeed):
    """RSS of the newest notes of one event."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep_page(request, super().__call__(request, *args, **kwargs), TAGS)

    def get_object(self, request: HttpRequest, slug: str) -> Event:
        return get_object_or_404(Event.objects.public(), slug=slug)

    def title(self, event: Event) -> str:
        return f"Tin nhanh: {event.title}"

    def description(self, event: Event) -> str:
        return event.summary or event.title

    def link(self, event: Event) -> str:
        return f"{event.get_absolute_url()}tin-nhanh/"

    def items(self, event: Event) -> list[Note]:
        return list(event.notes.public().select_related("event").newest()[:FED])

    def item_title(self, note: Note) -> str:
        return str(note)

    def item_description(self, note: Note) -> str:
        return note.body

    def item_guid(self, note: Note) -> str:
        return f"{settings.SITE_URL}/tin-nhanh/{note.pk}/"

    item_guid_is_permalink = False

    def item_pubdate(self, note: Note) -> datetime.datetime:
        return note.happened_at
