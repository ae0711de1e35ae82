"""Which files and notes of an event readers, participants and staff see."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from approvals.enums import RecordStatus
from daybook.enums import Audience
from departments.access import scope


class MaterialQuerySet(models.QuerySet):
    """Files of events."""

    def released(self) -> Self:
        """Return the files that somebody has released and whose day has come: what participants get."""
        opened = Q(opens_on=None) | Q(opens_on__lte=timezone.localdate())
        return self.filter(opened, status=RecordStatus.PUBLIC)

    def public(self) -> Self:
        """Return the released files for everybody, of public events; all public pages use it."""
        return self.released().filter(audience=Audience.EVERYBODY, event__status=RecordStatus.PUBLIC)

    def visible_to(self, user: Any) -> Self:
        """Return the files of the units whose events' files the user may read."""
        return self.filter(host__in=scope(user, "daybook.view_material"))

    def matching(self, query: str) -> Self:
        """Return files whose title, or whose event's, contains the query."""
        return self.filter(Q(title__icontains=query) | Q(event__title__icontains=query)) if query else self
