"""Which dated rows are valid on a day, and which units the public and the newsroom see."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone

from departments.enums import UNMANAGED_KINDS
from foundation.language.searching import search_words


def on_day(day: datetime.date, prefix: str = "") -> Q:
    """Return the condition “valid on `day`, both ends included”; `prefix` is a relation ("department__")."""
    until = f"{prefix}valid_until"
    return Q(**{f"{prefix}valid_from__lte": day}) & (Q(**{until: None}) | Q(**{f"{until}__gte": day}))


def in_force(day: datetime.date) -> Q:
    """Return the condition for positions that give permissions on a day.

    A position gives none before its unit opens or after it closes; a delegation gives none once it is taken
    back or its giver has left the position.
    """
    lent = Q(stands_in_for=None) | on_day(day, "stands_in_for__")
    kept = Q(ended_on=None) | Q(ended_on__gt=day)
    return on_day(day) & on_day(day, "department__") & lent & kept


class DatedQuerySet(models.QuerySet):
    """Rows valid between two days."""

    def on(self, day: datetime.date | None = None) -> Self:
        """Return the rows valid on `day`, by default today."""
        return self.filter(on_day(day or timezone.localdate()))

    def between(self, first: datetime.date, last: datetime.date | None) -> Self:
        """Return the rows valid on any day from `first` to `last`; without `last`, from `first` on."""
        rows = self.filter(Q(valid_until=None) | Q(valid_until__gte=first))
        return rows.filter(valid_from__lte=last) if last else rows


class DepartmentQuerySet(DatedQuerySet):
    """Units."""

    def closed_by(self, day: datetime.date | None = None) -> Self:
        """Return the units that have closed before that day."""
        return self.filter(valid_until__lt=day or timezone.localdate())

    def to_choose(self, day: datetime.date | None = None) -> Self:
        """Return the units as they stand in a choice: those open on the day of the record first, by name."""
        is_shut = Case(When(on_day(day or timezone.localdate()), then=0), default=1)
        return self.order_by(is_shut, "sort_key", "-valid_from", "pk")

    def without_manager(self, day: datetime.date | None = None) -> Self:
        """Return the units open on the day that stand under nobody by the approval line, though they should.

        The Sở, people's committees, places and other agencies answer to nobody here.
        """
        day = day or timezone.localdate()
        managed = self.filter(on_day(day, "relations__"), relations__kind=settings.APPROVAL_LINE)
        return self.on(day).exclude(kind__in=UNMANAGED_KINDS).exclude(pk__in=managed.order_by().values("pk"))

    def search(self, query: str) -> Self:
        """Return the units that have or had a name with every word, ignoring accents, or have it as code.

        Returns all units if the query has no word.
        """
        words = search_words(query)
        if not words:
            return self
        now, ever = Q(), Q()  # all words must be in one and the same name
        for word in words:
            now &= Q(search_key__contains=word)
            ever &= Q(names__search_key__contains=word)
        return self.filter(now | ever | Q(code__iexact=query.strip())).distinct()
