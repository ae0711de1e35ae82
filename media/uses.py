"""Where a photo is used. Rooms above say so themselves: this one knows no story and no event."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from media.models import Photo


class Use(NamedTuple):
    """One thing that shows the photo; `is_public` when readers see it there now."""

    label: str
    url: str
    is_public: bool


Finder = Callable[[Photo, Any], Iterable[Use]]
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Add a room's answer: the uses of a photo that this person may know of."""
    _finders.append(finder)
    return finder


def uses_of(photo: Photo, user: Any) -> list[Use]:
    return [use for finder in _finders for use in finder(photo, user)]
