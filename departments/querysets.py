"""Which dated rows hold on a day, which units the public and the newsroom see."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


def on_day(day: datetime.date, prefix: str = "") -> Q:
    """Condition: valid on `day`, both ends included. `prefix` looks through a relation ("department__")."""
    until = f"{prefix}valid_until"
    return Q(**{f"{prefix}valid_from__lte": day}) & (Q(**{until: None}) | Q(**{f"{until}__gte": day}))


class DatedQuerySet(models.QuerySet):
    def on(self, day: datetime.date | None = None) -> Self:
        """Rows in force on `day`, today if none is given."""
        return self.filter(on_day(day or timezone.localdate()))


class DepartmentQuerySet(DatedQuerySet):
    pass
