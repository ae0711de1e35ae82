"""Corrections: a closed month never changes; what was wrong is made good by a line of an open month."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from approvals.auditing import audit_act
from departments.access import capacity
from fees.enums import MonthStatus
from fees.models import Correction, FeeMonth, Share
from fees.proposing import touch_month
from fees.querysets import PREPARE
from foundation.language.numbers import format_number


def open_months_after(month: FeeMonth) -> QuerySet:
    """Return the open later months of the same payer: those that can take a correction of this one."""
    later = FeeMonth.objects.filter(payer=month.payer_id, first_day__gt=month.first_day)
    return later.filter(status=MonthStatus.OPEN).order_by("first_day")


@transaction.atomic
def add_correction(month: FeeMonth, share: Share, amount: int, reason: str, *, by: Any) -> Correction:
    """Add the line to a later open month. Raises MonthIsShut; ValueError for a share that is not closed."""
    wrong = FeeMonth.objects.get(pk=share.work.month_id)
    if wrong.status != MonthStatus.CLOSED or month not in open_months_after(wrong):
        raise ValueError(f"{share} is not of a closed month before {month}")
    touch_month(month)
    line = Correction.objects.create(month=month, share=share, amount=amount, reason=reason, made_by=by)
    _note("Thêm dòng điều chỉnh nhuận bút", line, by)
    return line


@transaction.atomic
def remove_correction(line: Correction, *, by: Any) -> None:
    """Take a line back while its month is open. Raises MonthIsShut."""
    touch_month(line.month)
    _note("Bỏ dòng điều chỉnh nhuận bút", line, by)
    line.delete()


def _note(act: str, line: Correction, by: Any) -> None:
    share = line.share
    words = f"{share.payee}, {share.work}: {format_number(line.amount, unit='dong')}. {line.reason}"
    audit_act(act, by, about=line.month, capacity=capacity(by, PREPARE, line.month), words=words)
