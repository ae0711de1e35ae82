"""Which photos a person of the newsroom sees, and which ones words find."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone

from departments.access import scope
from language.searching import search_words


def lasting(prefix: str = "") -> Q:
    """The right to show the photo lasts today; the one rule for files, pages and lists."""
    return Q(**{f"{prefix}rights_until": None}) | Q(**{f"{prefix}rights_until__gte": timezone.localdate()})


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
        """Each with `is_public`: something public shows it and the right to show it has not ended."""
        return self.annotate(is_public=ExpressionWrapper(self._exposed(), models.BooleanField()))

    def showable(self) -> Self:
        """Those whose right to be shown has not ended: it lasts to the end of the day `rights_until`."""
        return self.filter(lasting())

    def found_by(self, query: str) -> Self:
        """Those whose caption, credit, place, description or file name holds every word, marks aside.

        A word may be unfinished: the list narrows while somebody types.
        """
        found = self
        for word in search_words(query):
            found = found.filter(Q(search_key__startswith=word) | Q(search_key__contains=f" {word}"))
        return found

    def _exposed(self) -> Q:
        exposures = self.model.exposures.rel.related_model.objects
        return Q(Exists(exposures.filter(photo_id=OuterRef("pk")))) & lasting()
