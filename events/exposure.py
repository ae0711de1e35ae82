"""Which photos an event opens, to readers and to the people of its host; which of its pictures are kept."""

from django.db import transaction

from events import share_card
from events.models import Event
from foundation.sharecards.pictures import forget_share_pictures
from media.exposure import expose, hide, note_drawn, outdated, share
from media.following import register
from media.models import Photo


def show_photos(event: Event) -> None:
    """Open exactly the photos its page shows; called when it becomes public and when that changes."""
    expose(_subject(event), _photo_ids(event))
    _forget_pictures(event)


def hide_photos(event: Event) -> None:
    hide(_subject(event))
    _forget_pictures(event)


@register
def forget_outdated() -> int:
    """Remove the pictures for sharing of events whose photos' rights, or whose pupils' consent, began or
    ended since; returns of how many. Their pages are drawn when they are asked for.
    """
    events = Event.objects.filter(pk__in=outdated("event"))
    for event in events:
        with transaction.atomic():
            _forget_pictures(event)
    return len(events)


def lend_photos(event: Event) -> None:
    """Let the host's people see what they are to approve, whoever owns the photos."""
    share(event.host_id, _photo_ids(event))


def photos_of(event: Event) -> list[Photo]:
    return list(Photo.objects.filter(pk__in=_photo_ids(event)))


def _forget_pictures(event: Event) -> None:
    """The next one who asks gets a picture with a photo that may be shown then, or without any."""
    note_drawn(_subject(event))
    forget_share_pictures(share_card.place_of(event))


def _photo_ids(event: Event) -> set[int]:
    shown = set(event.event_photos.values_list("photo_id", flat=True))
    return shown | ({event.lead_photo_id} - {None})


def _subject(event: Event) -> str:
    return f"event:{event.pk}"
