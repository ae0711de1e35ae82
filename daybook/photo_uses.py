"""On which notes a photo is shown, for the page of the photo."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from approvals.enums import RecordStatus
from daybook.models import Note
from media.models import Photo
from media.uses import Use, register


@register
def notes(photo: Photo, user: Any) -> Iterator[Use]:
    """Yield public notes, and others that the user may open."""
    for note in Note.objects.visible_to(user).filter(photo=photo).select_related("event")[:30]:
        is_public = note.status == RecordStatus.PUBLIC
        office = reverse("admin:daybook_note_change", args=[note.pk])
        yield Use(f"Tin nhanh “{note}”", note.get_absolute_url() if is_public else office, is_public)
