"""Which public things show a photo; only through them do readers reach its files."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q

from media.models import Photo, PhotoExposure
from media.querysets import lasting


def expose(subject: str, photo_ids: Iterable[int]) -> None:
    """Make exactly these photos public on behalf of one public thing ("article:12", "event:3").

    Photos that it showed before and no longer shows stop being public, unless something else shows them.
    """
    wanted = set(photo_ids)
    with transaction.atomic():
        PhotoExposure.objects.filter(subject=subject).exclude(photo_id__in=wanted).delete()
        PhotoExposure.objects.bulk_create(
            [PhotoExposure(photo_id=pk, subject=subject) for pk in sorted(wanted)], ignore_conflicts=True
        )


def expose_drawn(drawn: Mapping[str, Mapping[int, bool]]) -> None:
    """Like `expose`, for many things just rendered: subject → photo id → whether it is shown.

    A photo is not shown when its rights have ended.
    """
    with transaction.atomic(savepoint=False):
        PhotoExposure.objects.filter(subject__in=drawn).delete()
        PhotoExposure.objects.bulk_create(
            PhotoExposure(photo_id=pk, subject=subject, is_drawn=is_shown)
            for subject, photos in drawn.items()
            for pk, is_shown in sorted(photos.items())
        )


def hide(subject: str) -> None:
    """Call when the thing is withdrawn: its photos stop being public, unless something else shows them."""
    expose(subject, ())


def outdated(kind: str) -> list[int]:
    """Return the ids of things of a kind ("article") whose page shows a photo that has no rights any more.

    Also those rendered without a photo whose rights are valid again.
    """
    ended = Q(is_drawn=True) & ~lasting("photo__")
    renewed = Q(is_drawn=False) & lasting("photo__")
    found = PhotoExposure.objects.filter(ended | renewed, subject__startswith=f"{kind}:")
    return sorted({int(subject.partition(":")[2]) for subject in found.values_list("subject", flat=True)})


def note_drawn(subject: str) -> None:
    """Note that the thing was just rendered, with those of its photos whose rights are valid."""
    of_it = PhotoExposure.objects.filter(subject=subject)
    shown = Photo.objects.showable().values("pk")
    of_it.filter(photo__in=shown).update(is_drawn=True)
    of_it.exclude(photo__in=shown).update(is_drawn=False)


def share(department_id: int, photo_ids: Iterable[int]) -> None:
    """Let the people of a unit see these photos, whoever owns them, because a story of theirs uses them."""
    through = Photo.shared_with.through
    through.objects.bulk_create(
        [through(photo_id=pk, department_id=department_id) for pk in sorted(set(photo_ids))],
        ignore_conflicts=True,
    )
