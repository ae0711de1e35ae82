"""Files and notes of an event for tests, in a storage that the test owns; words have plausible defaults."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from approvals.enums import RecordStatus
from daybook.enums import Audience
from daybook.models import Entrustment, Material, Note
from documents.files import MATERIALS, attach
from events.models import Event
from tests.factories.documents import make_upload


def make_material(
    event: Event, title: str = "Kỹ năng viết tin", *, upload: SimpleUploadedFile | None = None, **fields: Any
) -> Material:
    """A file for everybody, released, unless said otherwise."""
    words = {"status": RecordStatus.PUBLIC, "audience": Audience.EVERYBODY, "host": event.host}
    material = Material(event=event, title=title, **words | fields)
    attach(material, upload or make_upload("Kỹ năng viết tin.pdf"), MATERIALS)
    material.save()
    return material


def make_note(event: Event, body: str = "Khai mạc hội nghị.", **fields: Any) -> Note:
    """An approved note, unless said otherwise."""
    words = {"status": RecordStatus.PUBLIC, "published_at": timezone.now(), "host": event.host}
    return Note.objects.create(event=event, body=body, **words | fields)


def entrust(event: Event, person: Any, **fields: Any) -> Entrustment:
    """Somebody may approve the notes of the event until today."""
    words = {"words": "Duyệt tại chỗ", "until": timezone.localdate(), "given_by": person}
    return Entrustment.objects.create(event=event, person=person, **words | fields)
