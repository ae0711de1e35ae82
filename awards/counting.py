"""How many collectives and individuals a decision commends, always counted from its rows."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count

from awards.enums import RecipientKind
from awards.models import Commendation, Decision
from foundation.language.numbers import format_number


class Counts(NamedTuple):
    """Collectives first, then individuals: the order of the law and of news."""

    collectives: int = 0
    individuals: int = 0

    @property
    def total(self) -> int:
        return self.collectives + self.individuals


def counts(decision: Decision, *, only_unrevoked: bool = False) -> Counts:
    """Returns the counts of a decision. Makes one query.

    Revoked rows count too, because the list shows them crossed out; `only_unrevoked` leaves them out, for
    places without the list.
    """
    return counts_of([decision], only_unrevoked=only_unrevoked)[decision.pk]


def counts_of(decisions: Iterable[Decision], *, only_unrevoked: bool = False) -> dict[int, Counts]:
    """Returns counts by id of the decision. Makes one query for any number of them."""
    keys = [decision.pk for decision in decisions]
    found = dict.fromkeys(keys, Counts())
    rows = Commendation.objects.of(keys).order_by()
    rows = rows.unrevoked() if only_unrevoked else rows
    for key, kind, number in rows.values_list("decision", "recipient_kind").annotate(Count("pk")):
        part = "collectives" if kind == RecipientKind.COLLECTIVE else "individuals"
        found[key] = found[key]._replace(**{part: number})
    return found


def annulled_of(decisions: Iterable[Decision]) -> set[int]:
    """Returns ids of decisions whose rows are all revoked. Makes two queries for any number of them."""
    keys = [decision.pk for decision in decisions]
    rows = Commendation.objects.of(keys)
    unrevoked = set(rows.unrevoked().order_by().values_list("decision", flat=True))
    return set(rows.order_by().values_list("decision", flat=True)) - unrevoked


def phrase(counted: Counts, joined_by: str = " và ") -> str:
    """Returns “2 tập thể và 5 cá nhân”, or with ", " “2 tập thể, 5 cá nhân”; a part with 0 is left out."""
    parts = ((counted.collectives, "tập thể"), (counted.individuals, "cá nhân"))
    return joined_by.join(f"{format_number(number)} {word}" for number, word in parts if number)
