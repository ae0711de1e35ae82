"""What search is told of commendation decisions: number, what for, and whom, as their page names them."""

import datetime

from django.utils import timezone

from awards.models import Commendation, Decision
from awards.querysets import DecisionQuerySet
from foundation.language.school_years import school_year_on
from foundation.search.enums import Kind
from foundation.search.keeping import Findable

KIND = Kind.DECISION


def records() -> DecisionQuerySet:
    """Everything of this room that readers may find."""
    return Decision.objects.public().select_related("school_year").prefetch_related("commendations")


def item_of(decision: Decision) -> Findable:
    """A withheld name is not told: asking for it would give it away."""
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
