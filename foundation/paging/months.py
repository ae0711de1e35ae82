"""The months at which a list can be opened."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

MONTH = "thang"
SECONDS = 600  # after a list gets older rows, their months appear within this time
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class MonthJump:
    """What the component shows: years with their months, newest first, and the rest of the address."""

    years: list[tuple[int, list[dict[str, Any]]]]
    others: list[tuple[str, str]]


def jump(whole: QuerySet, key: str, asked: QueryDict, keys: Iterable[str]) -> MonthJump | None:
    """Return the months from today back to the first row of `whole`; None if there is only one."""
    first = _first_day(whole, key)
    if first is None:
        return None
    today = timezone.localdate()
    chosen = asked.get(MONTH, "")
    years = []
    for year in range(today.year, first.year - 1, -1):
        newest = today.month if year == today.year else 12
        oldest = first.month if year == first.year else 1
        months = [_option(year, month, chosen) for month in range(newest, oldest - 1, -1)]
        years.append((year, months))
    if sum(len(months) for _year, months in years) < 2:
        return None
    others = [(name, value) for name in asked if name not in keys for value in asked.getlist(name) if value]
    return MonthJump(years, others)


def end_of_month(text: str) -> datetime.date | None:
    """Return the first day after the month “2026-10”; None if the text is no month."""
    found = _MONTH.fullmatch(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    return datetime.date(year + month // 12, month % 12 + 1, 1)


def _option(year: int, month: int, chosen: str) -> dict[str, Any]:
    value = f"{year}-{month:02}"
    return {"value": value, "label": f"Tháng {month}/{year}", "selected": value == chosen}


def _first_day(whole: QuerySet, key: str) -> datetime.date | None:
    """Cached: queried once in SECONDS, not for each page."""
    name = f"first-{whole.model._meta.label_lower}-{key}"
    found = cache.get(name)
    if found is None:
        first = whole.order_by(key).values_list(key, flat=True).first()
        found = (timezone.localdate(first) if isinstance(first, datetime.datetime) else first) or ""
        cache.set(name, found, SECONDS)
    return found or None
