"""Which events whom: readers, staff, those ahead and those over."""

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
    def public(self) -> Self:
        """What readers may see, and the only reading of the public side."""
        return self.filter(status=RecordStatus.PUBLIC)

    def visible_to(self, user: Any) -> Self:
        """Public events for everybody, the others for those who may read or change their host's work."""
        units = scope(user, "events.view_event") | scope(user, "events.change_event")
        return self.filter(Q(status=RecordStatus.PUBLIC) | Q(host__in=units))

    def upcoming(self, now: datetime.datetime) -> Self:
        """Not over yet, those under way included, the nearest first."""
        # The bound lets the index skip all the years behind; `Event.clean` holds events to it. The day
        # more is the last one of an event told in days.
        recent = self.filter(starts_at__gte=now - LONGEST - datetime.timedelta(days=1))
        return recent.exclude(_over(now)).order_by("starts_at", "pk")

    def taking_place(self) -> Self:
        """Without those called off, or put off to no day yet."""
        return self.exclude(occurrence__in=NOT_TAKING_PLACE)

    def past(self, now: datetime.datetime) -> Self:
        """Over, the latest first."""
        return self.filter(_over(now)).order_by("-starts_at", "-pk")

    def matching(self, query: str) -> Self:
        """Those whose title holds every word typed, marks aside; a word also finds longer ones."""
        if not query.strip():
            return self
        words = search_words(query)
        return self.filter(*(Q(search_key__contains=word) for word in words)) if words else self.none()


class ParticipatingGroupQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Parts taken in public events."""
        return self.filter(event__status=RecordStatus.PUBLIC)

    def taking_place(self) -> Self:
        """Without events that were called off, or put off to no day yet."""
        return self.exclude(event__occurrence__in=NOT_TAKING_PLACE)


class EventDocumentQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Uses of which both ends are public."""
        return self.filter(event__status=RecordStatus.PUBLIC).with_public_document()

    def with_public_document(self) -> Self:
        """What the page of the event shows, or will show when the event is public itself."""
        return self.filter(document__status=RecordStatus.PUBLIC)


def _over(now: datetime.datetime) -> Q:
    """The same rule as `events.timing.is_over`: without an hour of ending, an event lasts its whole day."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    timed = Q(all_day=False, ends_at__lte=now)
    whole_days = Q(all_day=True, ends_at__lt=today)
    open_ended = Q(ends_at=None, starts_at__lt=today)
    return timed | whole_days | open_ended
