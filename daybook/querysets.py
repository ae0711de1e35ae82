"""Which files and notes of an event readers, participants and staff see."""

from typing import Any, Self

from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone

from approvals.enums import RecordStatus
from daybook.enums import Audience
from departments.access import scope
from media.querysets import lasting


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


class NoteQuerySet(models.QuerySet):
    """Notes of the day."""

    def public(self) -> Self:
        """Return the approved notes of public events; all public pages use it."""
        return self.filter(status=RecordStatus.PUBLIC, event__status=RecordStatus.PUBLIC)

    def shown(self) -> Self:
        """Return the approved notes and those taken down since: of these a page only says so."""
        stands = Q(status=RecordStatus.PUBLIC) | Q(withdrawn_at__isnull=False)
        return self.filter(stands, event__status=RecordStatus.PUBLIC)

    def sent(self) -> Self:
        """Return those that somebody has sent, whatever became of them."""
        return self.exclude(status=RecordStatus.DRAFTING)

    def with_photos(self) -> Self:
        """Load the photo, and with `shows_photo` whether its rights and its pupils' consent last today."""
        lasts = ExpressionWrapper(Q(photo__isnull=False) & lasting("photo__"), models.BooleanField())
        return self.select_related("photo").annotate(shows_photo=lasts)

    def newest(self) -> Self:
        return self.order_by("-happened_at", "-pk")

    def visible_to(self, user: Any) -> Self:
        """Return public notes, and the others of the units whose notes the user may read."""
        return self.filter(Q(status=RecordStatus.PUBLIC) | Q(host__in=scope(user, "daybook.view_note")))

    def matching(self, query: str) -> Self:
        """Return notes whose words, or whose event's title, contain the query."""
        return self.filter(Q(body__icontains=query) | Q(event__title__icontains=query)) if query else self


class EntrustmentQuerySet(models.QuerySet):
    """Who may approve notes of an event instead of the head."""

    def standing(self) -> Self:
        """Return those in force today."""
        return self.filter(ended_at=None, until__gte=timezone.localdate())
