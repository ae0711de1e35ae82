"""Files and notes of an event for tests, in a storage that the test owns; words have plausible defaults."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.enums import RecordStatus
from daybook.enums import Audience
from daybook.models import Material
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
