"""The desk says what a work is worth and who shares it; the amounts follow, in whole đồng."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fees.models import FeeRate, Payee, Share, Work
from fees.money import split
from fees.proposing import touch_month
from fees.rates import Price, price_on, worth_of

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Part:
    """One share as the desk writes it."""

    payee: Payee
    part: str
    percent: Decimal


def price_of(work: Work) -> Price | None:
    """Return the price of the day on which the story was published."""
    return price_on(timezone.localdate(work.published_at))


def objection(rate: FeeRate | None, value: Decimal | None, price: Price | None) -> tuple[str, str] | None:
    """Return (field, words) of what is wrong with a rate and value; None if they are fit."""
    if value is None:
        return None
    if rate is None:
        return "rate", "Hãy chọn thể loại: mức cao nhất theo thể loại."
    if value > rate.highest:
        return "value", f"Vượt mức cao nhất của thể loại này ({rate.highest.normalize():f})."
    if worth_of(rate, value, price) is None:
        return (
            "rate",
            "Chưa có đơn giá của ngày đăng: kế toán ghi ở mục Đơn giá, hệ số của trang.",
        )
    return None


@transaction.atomic
def fix_work(work: Work, parts: list[Part]) -> None:
    """Save the work's words and shares, with the amounts they come to. Raises MonthIsShut.

    `work` has the rate, value, encouragement and reasons of the form; the parts are 100 % together, or none.
    """
    touch_month(work.month)
    price = price_of(work)
    work.unit_price, work.factor = (price.unit_price, price.factor) if price else (None, None)
    is_paid = bool(work.rate and work.value is not None and not work.left_out_reason)
    work.amount = worth_of(work.rate, work.value, price) if is_paid else None  # type: ignore[arg-type]
    work.version = F("version") + 1  # type: ignore[assignment]
    work.save()
    Share.objects.filter(work=work).delete()
    percents = [part.percent for part in parts]
    fees = split(work.amount or 0, percents)
    extra = split(work.encouragement if is_paid else 0, percents)
    Share.objects.bulk_create(
        Share(
            work=work,
            payee=part.payee,
            part=part.part,
            percent=part.percent,
            amount=amount,
            encouragement=encouragement,
        )
        for part, amount, encouragement in zip(parts, fees, extra, strict=True)
    )
