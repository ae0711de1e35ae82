"""The arithmetic of fees: whole đồng, rounded down; nothing here asks the database.

Sources: Nghị định 253/2026/NĐ-CP, Điều 50.2 and 64 (tax held back); figures stand in dated rows.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Protocol

from fees.enums import Relation
from foundation.language.numbers import format_number


class Withholding(Protocol):
    """What `fees.models.TaxRule` says."""

    threshold: int
    resident_percent: Decimal
    non_resident_percent: Decimal
    document: str


@dataclass(frozen=True)
class Held:
    """The tax held back from one payment, and why as much or as little."""

    tax: int
    words: str


def down(amount: Decimal) -> int:
    """Return whole đồng, rounded down."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_DOWN))


def worth(coefficient: Decimal, unit_price: int, factor: Decimal) -> int:
    """Return what a work is worth: coefficient × price of a unit × factor of the site."""
    return down(coefficient * unit_price * factor)


def split(total: int, percents: Sequence[Decimal]) -> list[int]:
    """Return the parts of a sum, each rounded down; what is left over goes to the first of the largest.

    The percentages are 100 together, so the parts are the sum together.
    """
    parts = [down(total * percent / 100) for percent in percents]
    if parts:
        largest = max(range(len(parts)), key=lambda place: (percents[place], -place))
        parts[largest] += total - sum(parts)
    return parts


def hold_back(
    payment: int,
    relation: str,
    rule: Withholding,
    *,
    committed_on: datetime.date | None = None,
    is_asked: bool = False,
) -> Held:
    """Return the tax of one payment: all that the person gets at once, not of a single story.

    `committed_on` is the day of the commitment form that covers the day of payment; it counts only for who
    is resident and outside.
    """
    if relation == Relation.STAFF:
        return Held(0, "Người của cơ quan: tính thuế cùng tiền lương theo biểu lũy tiến")
    if relation == Relation.NON_RESIDENT:
        return _percent(payment, rule.non_resident_percent, "không cư trú", rule)
    if committed_on is not None:
        return Held(0, f"Có bản cam kết ký ngày {committed_on:%d/%m/%Y}: không khấu trừ, vẫn kê khai")
    if payment >= rule.threshold:
        reached = f"lần chi từ {format_number(rule.threshold, unit='dong')}"
        return _percent(payment, rule.resident_percent, reached, rule)
    if is_asked:
        return _percent(payment, rule.resident_percent, "người nhận đề nghị", rule)
    return Held(0, f"Lần chi dưới {format_number(rule.threshold, unit='dong')}")


def _percent(payment: int, percent: Decimal, why: str, rule: Withholding) -> Held:
    said = f"{format_number(percent)} %, {why} ({rule.document})"
    return Held(down(max(payment, 0) * percent / 100), said)
