"""How many collectives and individuals a decision commends: always counted from its rows."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count

from awards.enums import RecipientKind
from awards.models import Commendation, Decision


class Counts(NamedTuple):
    """Collectives first, individuals second: the order of the law and of every news text."""

    collectives: int = 0
    individuals: int = 0

    @property
    def total(self) -> int:
        return self.collectives + self.individuals


def counts(decision: Decision, *, only_unrevoked: bool = False) -> Counts:
    """One query. A revoked row still counts, the decision gave it and the list shows it struck; unless only
    those unrevoked are asked for (`only_unrevoked`), where no list is shown.
    """
    return counts_of([decision], only_unrevoked=only_unrevoked)[decision.pk]


def counts_of(decisions: Iterable[Decision], *, only_unrevoked: bool = False) -> dict[int, Counts]:
    """Counts by id of the decision; one query for any number of them."""
    keys = [decision.pk for decision in decisions]
    found = dict.fromkeys(keys, Counts())
    rows = Commendation.objects.of(keys).order_by()
    rows = rows.unrevoked() if only_unrevoked else rows
    for key, kind, number in rows.values_list("decision", "recipient_kind").annotate(Count("pk")):
        part = "collectives" if kind == RecipientKind.COLLECTIVE else "individuals"
        found[key] = found[key]._replace(**{part: number})
    return found


def annulled_of(decisions: Iterable[Decision]) -> set[int]:
    """Ids of those all of whose rows were revoked; two queries for any number of them."""
    keys = [decision.pk for decision in decisions]
    rows = Commendation.objects.of(keys)
    unrevoked = set(rows.unrevoked().order_by().values_list("decision", flat=True))
    return set(rows.order_by().values_list("decision", flat=True)) - unrevoked


def phrase(counted: Counts, joined_by: str = " và ") -> str:
    """“2 tập thể và 5 cá nhân” as in news, “2 tập thể, 5 cá nhân” with a comma; no part of none."""
    parts = ((counted.collectives, "tập thể"), (counted.individuals, "cá nhân"))
    return joined_by.join(f"{number} {word}" for number, word in parts if number)
