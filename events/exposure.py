"""Which photos an event makes public or shares with its host, and its share pictures."""

from django.db import transaction

from events import share_card
from events.models import Event
from foundation.sharecards.pictures import forget_share_pictures
from media.exposure import expose, hide, note_drawn, outdated, share
from media.following import register
from media.models import Photo


def show_photos(event: Event) -> None:
    """Make public exactly the photos that its page shows; call it on publication and after changes."""
    expose(_subject(event), _photo_ids(event))
    _forget_pictures(event)


def hide_photos(event: Event) -> None:
    """Stop making photos public on behalf of the event."""
    hide(_subject(event))
    _forget_pictures(event)


@register
def forget_outdated() -> int:
    """Delete share pictures of events whose photos' rights or pupils' consent changed; returns how many.

    The pages themselves are rendered on request.
    """
    events = Event.objects.filter(pk__in=outdated("event"))
    for event in events:
        with transaction.atomic():
            _forget_pictures(event)
    return len(events)


def lend_photos(event: Event) -> None:
    """Share the photos with the host, so that its people see what they approve."""
    share(event.host_id, _photo_ids(event))


def photos_of(event: Event) -> list[Photo]:
    """Return the photos of the event, in order."""
    return list(Photo.objects.filter(pk__in=_photo_ids(event)))


def _forget_pictures(event: Event) -> None:
    """Delete the share pictures; the next request draws one with a photo that may be shown, or without."""
    note_drawn(_subject(event))
    forget_share_pictures(share_card.place_of(event))


def _photo_ids(event: Event) -> set[int]:
    shown = set(event.event_photos.values_list("photo_id", flat=True))
    return shown | ({event.lead_photo_id} - {None})


def _subject(event: Event) -> str:
    return f"event:{event.pk}"
