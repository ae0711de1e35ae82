"""Which dated rows hold on a day, which units the public and the newsroom see."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.language.searching import search_words


def on_day(day: datetime.date, prefix: str = "") -> Q:
    """Condition: valid on `day`, both ends included. `prefix` looks through a relation ("department__")."""
    until = f"{prefix}valid_until"
    return Q(**{f"{prefix}valid_from__lte": day}) & (Q(**{until: None}) | Q(**{f"{until}__gte": day}))


def in_force(day: datetime.date) -> Q:
    """Positions that open something on a day.

    None does before its unit exists or after it has closed, and a delegation does nothing once it was
    taken back or the one who gave it has left the post.
    """
    lent = Q(stands_in_for=None) | on_day(day, "stands_in_for__")
    kept = Q(ended_on=None) | Q(ended_on__gt=day)
    return on_day(day) & on_day(day, "department__") & lent & kept


class DatedQuerySet(models.QuerySet):
    def on(self, day: datetime.date | None = None) -> Self:
        """Rows in force on `day`, today if none is given."""
        return self.filter(on_day(day or timezone.localdate()))

    def between(self, first: datetime.date, last: datetime.date | None) -> Self:
        """Rows in force on any day from `first` to `last`; without `last`, from `first` on."""
        rows = self.filter(Q(valid_until=None) | Q(valid_until__gte=first))
        return rows.filter(valid_from__lte=last) if last else rows


class DepartmentQuerySet(DatedQuerySet):
    def closed_by(self, day: datetime.date | None = None) -> Self:
        """Units that no longer work on that day."""
        return self.filter(valid_until__lt=day or timezone.localdate())

    def search(self, query: str) -> Self:
        """Units that bear or bore a name with every word of the query, marks aside, or have it as code.

        All units for a query without a word.
        """
        words = search_words(query)
        if not words:
            return self
        now, ever = Q(), Q()  # one row of names must hold all the words
        for word in words:
            now &= Q(search_key__contains=word)
            ever &= Q(names__search_key__contains=word)
        return self.filter(now | ever | Q(code__iexact=query.strip())).distinct()
