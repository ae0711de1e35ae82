"""Which dated rows hold on a day, which units the public and the newsroom see."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


def on_day(day: datetime.date) -> Q:
    """Condition: valid on `day`, both ends included."""
    return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day))


class DatedQuerySet(models.QuerySet):
    def on(self, day: datetime.date | None = None) -> Self:
        """Rows in force on `day`, today if none is given."""
        return self.filter(on_day(day or timezone.localdate()))


class DepartmentQuerySet(DatedQuerySet):
    pass
