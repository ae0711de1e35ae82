"""Which documents readers see, which staff see, and which are in force on a day."""

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
    """Documents."""

    def public(self) -> Self:
        """Return the documents that readers may see; all public pages use it."""
        return self.filter(status=RecordStatus.PUBLIC)

    def visible_to(self, user: Any) -> Self:
        """Return public documents, and the others if the user may read the issuer's work."""
        units = scope(user, "documents.view_officialdocument")
        return self.filter(Q(status=RecordStatus.PUBLIC) | Q(issuer__in=units))

    def newest(self) -> Self:
        return self.order_by("-issued_on", "-pk")

    def in_force(self, day: datetime.date) -> Self:
        """Return the documents in force: begun, not expired, without a public successor that has begun.

        The same rule as `documents.force.force_on`, as a query.
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
        """Return the documents whose number contains the query or whose summary has all its words.

        Accents are ignored, a word also matches longer words that begin with it, and an empty query returns
        all.
        """
        found = Q()
        if key := number_key(query):
            found |= Q(number_key__contains=key)
        if words := search_words(query):
            found |= Q(*map(begun, words))
        if not found:
            return self.none() if query.strip() else self
        return self.filter(found)
