"""What the search index contains of commendation decisions: number, summary and recipients, as
on their page.
"""

import datetime

from django.utils import timezone

from awards.models import Commendation, Decision
from awards.querysets import DecisionQuerySet
from foundation.language.school_years import school_year_on
from foundation.search.enums import Kind
from foundation.search.keeping import Findable

KIND = Kind.DECISION


def records() -> DecisionQuerySet:
    """Returns the decisions that readers may find."""
    return Decision.objects.public().select_related("school_year").prefetch_related("commendations")


def item_of(decision: Decision) -> Findable:
    """Returns the search item of a decision, without withheld names: finding one would reveal it."""
    rows = decision.commendations.all()
    units = {decision.issuer_id, *(row.department_id for row in rows if row.department_id)}
    midnight = datetime.datetime.combine(decision.signed_on, datetime.time.min)
    year = decision.school_year
    return Findable(
        kind=KIND,
        pk=decision.pk,
        moment=timezone.make_aware(midnight),
        title=f"{decision.number}: {decision.summary}",
        text="\n".join(_line(row) for row in rows),
        units=frozenset(units),
        school_year=year.first_year if year else school_year_on(decision.signed_on),
    )


def _line(row: Commendation) -> str:
    name = "" if row.is_nameless else row.recipient_name
    return ", ".join(filter(None, (name, row.detail)))
