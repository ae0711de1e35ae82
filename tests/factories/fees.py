"""Fees for tests: who pays, a month of published stories, its sheet."""

import datetime
from decimal import Decimal
from typing import Any

from approvals.engine import take
from fees.enums import Measure, Relation
from fees.fixing import Part, fix_work
from fees.law.pack import load_pack
from fees.models import FeeMonth, FeeRate, Payee, Payer
from fees.proposing import propose_works
from fees.workflow import FEES


def make_payer(department: Any) -> Payer:
    """A unit that pays, with the shipped figures and a rate of its own in đồng."""
    load_pack()
    make_rate()
    return Payer.objects.create(department=department, is_on=True)


def make_rate(highest: int = 9_000_000) -> FeeRate:
    return FeeRate.objects.create(
        genre="Tin",
        measure=Measure.DONG,
        highest=Decimal(highest),
        valid_from=datetime.date(2020, 1, 1),
        document="QĐ 45/QĐ-SGDĐT",
    )


def make_month(payer: Payer, first: datetime.date, paid_on: datetime.date | None = None) -> FeeMonth:
    """An open month with the stories that readers were shown in it."""
    month = FeeMonth.objects.create(
        payer=payer, department=payer.department, first_day=first, paid_on=paid_on or first
    )
    propose_works(month)
    return FeeMonth.objects.get(pk=month.pk)


def prepare_month(month: FeeMonth, by: Any, value: int = 200_000) -> FeeMonth:
    """Fix every work at a sum for its first payee, and send the month to the accountant."""
    Payee.objects.filter(payer=month.payer).update(relation=Relation.OUTSIDE)
    for work in month.works.all():
        work.rate, work.value = FeeRate.objects.get(genre="Tin"), Decimal(value)
        fix_work(work, [Part(work.shares.first().payee, "author", Decimal(100))])
    fresh = FeeMonth.objects.get(pk=month.pk)
    return take(FEES, fresh, "prepare", actor=by, version=fresh.version)
