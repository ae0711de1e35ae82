"""Which photos a user sees, which readers may see, and which ones match a search."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone

from departments.access import scope
from foundation.language.searching import search_words
from foundation.search.parts import begun
from media.enums import GIVERS


def lasting(prefix: str = "") -> Q:
    """Return the condition “rights are valid today and every pupil on it consents”.

    It is the only rule, for files, pages and lists. `prefix` is a relation.
    """
    in_time = Q(**{f"{prefix}rights_until": None}) | Q(**{f"{prefix}rights_until__gte": timezone.localdate()})
    return in_time & ~Q(_withheld(f"{prefix}pk"))


def _withheld(photo: str) -> Exists:
    pupils = apps.get_model("media", "Pupil").objects.withholding("picture")
    return Exists(pupils.filter(photos=OuterRef(photo)))


class PupilQuerySet(models.QuerySet):
    """Pupils of the consent book."""

    def consenting(self, matter: str) -> Self:
        """Return the pupils whose consent to `matter` is in force today.

        `matter` is "picture", "name", "result" or "ethnic_group". Everybody whom the age requires has
        consented, it has not expired and was not withdrawn.
        """
        return self.filter(_consent(matter))

    def withholding(self, matter: str) -> Self:
        """Return the pupils of whom nothing of the kind may be shown: the rest of `consenting`."""
        return self.filter(~_consent(matter))

    def in_book_of(self, user: Any) -> Self:
        """Return the pupils of the units for which the user keeps the consent book."""
        return self.filter(department_id__in=scope(user, "media.view_pupil"))


def _consent(matter: str) -> Q:
    given = Q()
    for band, givers in GIVERS.items():
        given |= Q(age_band=band, **{f"{day}__isnull": False for day in givers})
    lasts = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    return Q(given, lasts, withdrawn_on__isnull=True, **{f"covers_{matter}": True})


class PhotoQuerySet(models.QuerySet):
    """Photos of the library."""

    def visible_to(self, user: Any) -> Self:
        """Return the photos of the user's units and those below, shared with one of these, or public."""
        units = scope(user, "media.view_photo")
        if not units:
            return self.none()
        shared = self.model.shared_with.through.objects.filter(
            photo_id=OuterRef("pk"), department_id__in=units
        )
        return self.filter(Q(department_id__in=units) | self._exposed() | Q(Exists(shared)))

    def with_exposure(self) -> Self:
        """Add `is_public`: something public shows the photo and it may be shown."""
        return self.annotate(is_public=ExpressionWrapper(self._exposed(), models.BooleanField()))

    def with_consent(self) -> Self:
        """Add `is_withheld`: a pupil on it does not consent."""
        return self.annotate(is_withheld=_withheld("pk"))

    def showable(self) -> Self:
        """Return the photos that may be shown today; rights include the day `rights_until`."""
        return self.filter(lasting())

    def found_by(self, query: str) -> Self:
        """Return the photos whose words, file name or pupils' names contain every word, ignoring accents.

        A word may be incomplete, because the list is filtered while somebody types.
        """
        found = self
        for word in search_words(query):
            said = begun(word)
            pupils = apps.get_model("media", "Pupil").objects.filter(said, photos=OuterRef("pk"))
            found = found.filter(said | Q(Exists(pupils)))
        return found

    def _exposed(self) -> Q:
        exposures = self.model.exposures.rel.related_model.objects
        return Q(Exists(exposures.filter(photo_id=OuterRef("pk")))) & lasting()
