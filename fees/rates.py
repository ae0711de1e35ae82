"""What counts on the day a story was published: price of a unit, genres. The law of a day is in rows."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from awards.models import BaseSalary
from fees.enums import Measure
from fees.models import FeeRate, FeeTerms
from fees.money import down, worth
from foundation.language.numbers import format_number


@dataclass(frozen=True)
class Price:
    """What one unit of coefficient is worth on a day, and by which documents."""

    unit_price: int
    factor: Decimal
    document: str

    def worth(self, coefficient: Decimal) -> int:
        return worth(coefficient, self.unit_price, self.factor)


def price_on(day: datetime.date) -> Price | None:
    """Return the price in force on the day; None if no row says it. Makes at most two queries."""
    terms = FeeTerms.objects.on(day).first()
    if terms is None:
        return None
    if terms.fixed_price is not None:
        return Price(terms.fixed_price, terms.factor, terms.document)
    salary = BaseSalary.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if salary is None:
        return None
    unit_price = down((terms.percent_of_salary or Decimal(0)) * salary.amount / 100)
    return Price(unit_price, terms.factor, f"{terms.document}; {salary.document}")


def worth_of(rate: FeeRate, value: Decimal, price: Price | None) -> int | None:
    """Return what a work of this rate is worth; None for a coefficient on a day without a price."""
    if rate.measure == Measure.DONG:
        return down(value)
    return price.worth(value) if price else None


def has_rates(day: datetime.date) -> bool:
    """Whether a work of that day can be worth anything: a rate in đồng, or coefficients and a price."""
    measures = set(FeeRate.objects.on(day).values_list("measure", flat=True))
    return Measure.DONG in measures or (bool(measures) and price_on(day) is not None)


def rate_words(rate: FeeRate) -> str:
    """Return “Tin (hệ số đến 10; Nghị định …)”."""
    unit = "dong" if rate.measure == Measure.DONG else None
    measure = "" if unit else "hệ số "
    return f"{rate.genre} ({measure}đến {format_number(rate.highest, unit=unit)}; {rate.document})"
