"""Which photos an event opens to readers."""

from events.models import Event
from media.exposure import expose, hide


def show_photos(event: Event) -> None:
    """Open exactly the photos its page shows; called when it becomes public and when that changes."""
    shown = set(event.event_photos.values_list("photo_id", flat=True))
    expose(_subject(event), shown | ({event.lead_photo_id} - {None}))


def hide_photos(event: Event) -> None:
    hide(_subject(event))


def _subject(event: Event) -> str:
    return f"event:{event.pk}"
