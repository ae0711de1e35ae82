"""The photo of a note as readers see it."""

from typing import Any

from daybook.models import Note
from media.presentation import photo_for


def shown_photo(note: Note) -> dict[str, Any] | None:
    """Return what the components need to show the photo; None without one, or if its rights or its pupils'
    consent have ended. The note was loaded `with_photos()`.
    """
    lasts = note.photo is not None and note.shows_photo  # type: ignore[attr-defined]
    return photo_for(note.photo, caption=note.caption) if note.photo and lasts else None
