"""Suggests the sum of a commendation from dated rows; the registrar decides.

The rate and base salary in force on the day of signing count. Multiples, sums, rounding and legal bases are
rows (`RewardRate`, `BaseSalary`).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.db import transaction

from awards.enums import Rounding
from awards.models import AwardKind, BaseSalary, Commendation, Decision, RewardRate
from foundation.language.numbers import format_number
from foundation.pagestore.announcing import announce

_ROUNDERS = {Rounding.UP: ROUND_CEILING, Rounding.NEAREST: ROUND_HALF_UP}


@dataclass(frozen=True)
class Suggestion:
    """A sum (in đồng) and how it was computed; `multiple` and `base` are None for a fixed sum."""

    amount: int
    document: str
    multiple: Decimal | None = None
    base: int | None = None
    product: Decimal | None = None

    @property
    def words(self) -> str:
        """“0,3 × 2.340.000 = 702.000 → 710.000 đồng (Nghị định …)”."""
        total = format_number(self.amount, unit="dong")
        if self.multiple is None:
            return f"{total} ({self.document})"
        product = (
            f"{format_number(self.multiple)} × {format_number(self.base)} = {format_number(self.product)}"
        )
        return f"{product} → {total} ({self.document})"


class RewardTable:
    """All rates and base salaries, loaded with two queries for any number of suggestions."""

    def __init__(self) -> None:
        # Newest first: the first row with `valid_from` on or before a day is in force on it.
        self._rates = list(RewardRate.objects.order_by("-valid_from"))
        self._salaries = list(BaseSalary.objects.order_by("-valid_from"))

    def suggest(self, award_kind: AwardKind, recipient_kind: str, day: datetime.date) -> Suggestion | None:
        """Returns the sum for one recipient on the day of signing; None when no rate is in force."""
        asked = (award_kind.pk, recipient_kind)
        rate = _in_force((r for r in self._rates if (r.award_kind_id, r.recipient_kind) == asked), day)
        if rate is None:
            return None
        if rate.multiple is None:
            return Suggestion(rate.fixed_amount, rate.document)
        salary = _in_force(self._salaries, day)
        if salary is None:
            return None
        product = rate.multiple * salary.amount
        amount = _rounded(product, rate.rounding, rate.rounding_step)
        document = f"{rate.document}; {salary.document}"
        return Suggestion(amount, document, rate.multiple, salary.amount, product)

    def fill(self, rows: Iterable[Commendation], day: datetime.date) -> list[Commendation]:
        """Set the suggested sum on rows without one and return these rows. Saves nothing."""
        filled = []
        for row in rows:
            found = row.reward_amount is None and self.suggest(row.award_kind, row.recipient_kind, day)
            if found:
                row.reward_amount = found.amount
                filled.append(row)
        return filled


def fill_rewards(decision: Decision) -> int:
    """Save the suggested sum on every row of a decision without one. Returns how many."""
    rows = decision.commendations.select_related("award_kind")
    filled = RewardTable().fill(rows, decision.signed_on)
    with transaction.atomic():
        announce(Commendation)
        return Commendation.objects.bulk_update(filled, ["reward_amount"], batch_size=200)


def _in_force[Row: (BaseSalary, RewardRate)](rows: Iterable[Row], day: datetime.date) -> Row | None:
    return next((row for row in rows if row.valid_from <= day), None)


def _rounded(product: Decimal, rounding: str, step: int) -> int:
    if rounding == Rounding.NONE:
        return int(product.to_integral_value(ROUND_HALF_UP))
    return int((product / step).to_integral_value(_ROUNDERS[rounding])) * step
