"""Which photos an event opens, to readers and to the people of its host."""

from events.models import Event
from media.exposure import expose, hide, share
from media.models import Photo


def show_photos(event: Event) -> None:
    """Open exactly the photos its page shows; called when it becomes public and when that changes."""
    expose(_subject(event), _photo_ids(event))


def hide_photos(event: Event) -> None:
    hide(_subject(event))


def lend_photos(event: Event) -> None:
    """Let the host's people see what they are to approve, whoever owns the photos."""
    share(event.host_id, _photo_ids(event))


def photos_of(event: Event) -> list[Photo]:
    return list(Photo.objects.filter(pk__in=_photo_ids(event)))


def _photo_ids(event: Event) -> set[int]:
    shown = set(event.event_photos.values_list("photo_id", flat=True))
    return shown | ({event.lead_photo_id} - {None})


def _subject(event: Event) -> str:
    return f"event:{event.pk}"
