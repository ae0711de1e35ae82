"""Where a photo is used. Higher rooms register themselves: this one does not import them."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from media.models import Photo


class Use(NamedTuple):
    """One thing that shows the photo; `is_public` if readers see it there now."""

    label: str
    url: str
    is_public: bool


Finder = Callable[[Photo, Any], Iterable[Use]]
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Register a function that returns the uses of a photo that a user may know of."""
    _finders.append(finder)
    return finder


def uses_of(photo: Photo, user: Any) -> list[Use]:
    """Return the uses of a photo that the user may know of, from all rooms."""
    return [use for finder in _finders for use in finder(photo, user)]
