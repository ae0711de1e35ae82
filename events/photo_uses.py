"""On which events a photo is shown, for the page of the photo."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse

from approvals.enums import RecordStatus
from events.models import Event
from media.models import Photo
from media.uses import Use, register


@register
def events(photo: Photo, user: Any) -> Iterator[Use]:
    """Yield public events, and others that the user may open."""
    found = Event.objects.filter(Q(lead_photo=photo) | Q(event_photos__photo=photo)).distinct()
    for event in found[:30]:
        is_public = event.status == RecordStatus.PUBLIC
        if is_public or user.has_perm("events.view_event", event):
            url = (
                event.get_absolute_url()
                if is_public
                else reverse("admin:events_event_change", args=[event.pk])
            )
            yield Use(f"Sự kiện “{event.title}”", url, is_public)
