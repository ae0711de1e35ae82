"""Which photos a person of the newsroom sees, which may be shown, and which ones words find."""

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
    """The right to show the photo lasts today and every pupil on it agrees; the one rule for files,
    pages and lists.
    """
    in_time = Q(**{f"{prefix}rights_until": None}) | Q(**{f"{prefix}rights_until__gte": timezone.localdate()})
    return in_time & ~Q(_withheld(f"{prefix}pk"))


def _withheld(photo: str) -> Exists:
    pupils = apps.get_model("media", "Pupil").objects.withholding("picture")
    return Exists(pupils.filter(photos=OuterRef(photo)))


class PupilQuerySet(models.QuerySet):
    def consenting(self, matter: str) -> Self:
        """Those whose consent to `matter` ("picture", "name", "result", "ethnic_group") is in force
        today: given by everybody their age asks for, not past its day, not withdrawn.
        """
        return self.filter(_consent(matter))

    def withholding(self, matter: str) -> Self:
        """The others: nothing of the kind is shown of them."""
        return self.filter(~_consent(matter))

    def in_book_of(self, user: Any) -> Self:
        return self.filter(department_id__in=scope(user, "media.view_pupil"))


def _consent(matter: str) -> Q:
    given = Q()
    for band, givers in GIVERS.items():
        given |= Q(age_band=band, **{f"{day}__isnull": False for day in givers})
    lasts = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    return Q(given, lasts, withdrawn_on__isnull=True, **{f"covers_{matter}": True})


class PhotoQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of the person's units and those under them, shared with one of these, or public already."""
        units = scope(user, "media.view_photo")
        if not units:
            return self.none()
        shared = self.model.shared_with.through.objects.filter(
            photo_id=OuterRef("pk"), department_id__in=units
        )
        return self.filter(Q(department_id__in=units) | self._exposed() | Q(Exists(shared)))

    def with_exposure(self) -> Self:
        """Each with `is_public`: something public shows it and it may be shown."""
        return self.annotate(is_public=ExpressionWrapper(self._exposed(), models.BooleanField()))

    def with_consent(self) -> Self:
        """Each with `is_withheld`: a pupil on it does not agree to be shown."""
        return self.annotate(is_withheld=_withheld("pk"))

    def showable(self) -> Self:
        """Those that may be shown today: rights last to the end of the day `rights_until`."""
        return self.filter(lasting())

    def found_by(self, query: str) -> Self:
        """Those whose caption, credit, place, description, file name or pupils' names hold every word,
        marks aside.

        A word may be unfinished: the list narrows while somebody types.
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
