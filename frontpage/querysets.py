"""Which placements are in force at a moment."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class PlacementQuerySet(models.QuerySet):
    """Placements."""

    def at(self, moment: datetime.datetime) -> Self:
        """Return the placements in force at the moment."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment), starts_at__lte=moment)
