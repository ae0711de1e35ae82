"""Words that were written under a photo elsewhere, kept in the library: the photo is found by them."""

from collections.abc import Iterable, Mapping
from typing import Any

from foundation.pagestore.announcing import announce
from media.models import Photo

_OF_A_FIGURE = {"caption": "caption", "credit": "credit", "alt": "alt_text"}
Figures = Iterable[Mapping[str, Any]]


def keep_words(figures: Figures, before: Figures, *, department_id: int) -> None:
    """Store what the figures of a submitted text say in the words their photos lack.

    Both have the shape of "figures" in a frozen content; what `before`, the text sent last, gave a photo is
    replaced by what the new one says. Words typed in the library stay. Only photos of this unit that no other
    unit and no reader sees: whoever finds such a photo may read the submitted text as well.

    Call it in a transaction.
    """
    said, told = _first(figures), _first(before)
    own = Photo.objects.filter(pk__in=said, department_id=department_id, exposures=None, shared_with=None)
    changed = []
    for photo in own.select_for_update(of=("self",)):
        new = _new_words(photo, said[photo.pk], told.get(photo.pk, {}))
        for name, words in new.items():
            setattr(photo, name, words)
        if new:
            photo.save(update_fields=[*new, "search_key"])
            changed.append(photo)
    if changed:
        announce(*changed)


def _first(figures: Figures) -> dict[int, Mapping[str, Any]]:
    """Returns the figures by photo; of a photo that stands in a text twice, the upper one."""
    found: dict[int, Mapping[str, Any]] = {}
    for figure in figures:
        found.setdefault(figure["photo"], figure)
    return found


def _new_words(photo: Photo, said: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, str]:
    """Returns the columns to write; a photo known as decoration gets no description."""
    return {
        name: said[part]
        for part, name in _OF_A_FIGURE.items()
        if said[part]
        and said[part] != getattr(photo, name)
        and getattr(photo, name) in ("", told.get(part, ""))
        and not (part == "alt" and photo.is_decorative)
    }
