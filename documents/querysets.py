"""Which documents whom: readers, staff, those in force on a day."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from approvals.enums import RecordStatus
from departments.access import scope
from documents.numbering import number_key
from foundation.language.searching import search_words
from foundation.search.parts import begun


class OfficialDocumentQuerySet(models.QuerySet):
    def public(self) -> Self:
        """What readers may see, and the only reading of the public side."""
        return self.filter(status=RecordStatus.PUBLIC)

    def visible_to(self, user: Any) -> Self:
        """Public documents for everybody, the others for those who may read their issuer's work."""
        units = scope(user, "documents.view_officialdocument")
        return self.filter(Q(status=RecordStatus.PUBLIC) | Q(issuer__in=units))

    def newest(self) -> Self:
        return self.order_by("-issued_on", "-pk")

    def in_force(self, day: datetime.date) -> Self:
        """Begun, not expired, and not replaced by a public document that has begun itself.

        The same rule as `documents.force.force_on`, asked of the database.
        """
        rows = self.alias(
            _begins=Coalesce("effective_on", "issued_on"),
            _successor_begins=Coalesce("replaced_by__effective_on", "replaced_by__issued_on"),
        )
        unreplaced = (
            Q(replaced_by=None) | ~Q(replaced_by__status=RecordStatus.PUBLIC) | Q(_successor_begins__gt=day)
        )
        unexpired = Q(expires_on=None) | Q(expires_on__gte=day)
        return rows.filter(unreplaced, unexpired, _begins__lte=day)

    def matching(self, query: str) -> Self:
        """Those whose number holds what was typed, or whose summary holds every word, marks aside.

        A word also finds longer words it begins; an empty query finds everything.
        """
        found = Q()
        if key := number_key(query):
            found |= Q(number_key__contains=key)
        if words := search_words(query):
            found |= Q(*map(begun, words))
        if not found:
            return self.none() if query.strip() else self
        return self.filter(found)
