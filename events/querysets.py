"""Which events readers see, which staff see, which are coming and which are past."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from approvals.enums import RecordStatus
from departments.access import scope
from events.enums import Occurrence
from foundation.language.searching import search_words

NOT_TAKING_PLACE = (Occurrence.CANCELLED, Occurrence.POSTPONED)
LONGEST = datetime.timedelta(days=366)


class EventQuerySet(models.QuerySet):
    """Events."""

    def public(self) -> Self:
        """Return the events that readers may see; all public pages use it."""
        return self.filter(status=RecordStatus.PUBLIC)

    def visible_to(self, user: Any) -> Self:
        """Return public events, and the others if the user may read or change the host's work."""
        units = scope(user, "events.view_event") | scope(user, "events.change_event")
        return self.filter(Q(status=RecordStatus.PUBLIC) | Q(host__in=units))

    def upcoming(self, now: datetime.datetime) -> Self:
        """Return events that are not over, nearest first, those under way included."""
        # The bound lets the index skip past years; `Event.clean` limits the length of events for it. One more
        # day is for the last day of an all-day event.
        recent = self.filter(starts_at__gte=now - LONGEST - datetime.timedelta(days=1))
        return recent.exclude(_over(now)).order_by("starts_at", "pk")

    def taking_place(self) -> Self:
        """Return events that were not cancelled or postponed to an unknown day."""
        return self.exclude(occurrence__in=NOT_TAKING_PLACE)

    def past(self, now: datetime.datetime) -> Self:
        """Return events that are over, latest first."""
        return self.filter(_over(now)).order_by("-starts_at", "-pk")

    def matching(self, query: str) -> Self:
        """Return events whose title has every word, ignoring accents; a word also matches longer ones."""
        if not query.strip():
            return self
        words = search_words(query)
        return self.filter(*(Q(search_key__contains=word) for word in words)) if words else self.none()


class ParticipatingGroupQuerySet(models.QuerySet):
    """Participations of units in events."""

    def public(self) -> Self:
        """Return participations in public events."""
        return self.filter(event__status=RecordStatus.PUBLIC)

    def taking_place(self) -> Self:
        """Return participations in events that were not cancelled or postponed to an unknown day."""
        return self.exclude(event__occurrence__in=NOT_TAKING_PLACE)


class EventDocumentQuerySet(models.QuerySet):
    """Uses of documents in events."""

    def public(self) -> Self:
        """Return rows whose event and document are both public."""
        return self.filter(event__status=RecordStatus.PUBLIC).with_public_document()

    def with_public_document(self) -> Self:
        """Return rows with a public document: what the event's page shows, now or once it is public."""
        return self.filter(document__status=RecordStatus.PUBLIC)


def _over(now: datetime.datetime) -> Q:
    """The same rule as `events.timing.is_over`: without an end, an event lasts until midnight."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    timed = Q(all_day=False, ends_at__lte=now)
    whole_days = Q(all_day=True, ends_at__lt=today)
    open_ended = Q(ends_at=None, starts_at__lt=today)
    return timed | whole_days | open_ended
