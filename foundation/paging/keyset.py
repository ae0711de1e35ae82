"""Read a newest-first list page by page, starting at a row, without counting or skipping rows.

A place in the list is the row's own key, written into the address. It needs no look-up, it stays valid when
the row is withdrawn, and an old page never changes. `foundation.paging.places` writes and reads places.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from foundation.paging.months import MONTH, MonthJump, end_of_month, jump
from foundation.paging.places import Kind, Place, kind_of

OLDER, NEWER = "truoc", "sau"
KEYS = (OLDER, NEWER, MONTH)


@dataclass(frozen=True)
class Page:
    """One page. `older_url`, `newer_url` keep the other parameters of the address; "" where the list ends.

    `is_ours` says that the page was asked for by a place that the list has: a row of it, a month with rows.
    """

    items: list[Any]
    older_url: str
    newer_url: str
    is_first: bool
    months: MonthJump | None = field(default=None)
    is_ours: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """The parameters under which this page may be kept: a stranger's invented places fill no store."""
        return KEYS if self.is_ours else ()


def read_page(
    rows: QuerySet,
    key: str,
    asked: QueryDict,
    size: int,
    *,
    whole: QuerySet,
    parts: Sequence[QuerySet] = (),
    pk: str = "pk",
    rising: bool = False,
) -> Page:
    """Read one page of `rows` in the order (-key, -pk); `key` is a date, an aware moment or a derived word.

    `rising` reverses the order: `older_url` then leads to newer rows. Only newest-first lists offer months.
    `whole` is the list before the reader filtered it; its first row decides which months are offered. `parts`
    are querysets of the same model: the page then shows the rows that are in any of them; each is read by its
    own index, up to the size of a page. An unreadable place gives the first page. Makes at most two queries
    at any depth; now and then one more for the months.
    """
    reader = _Reader(rows, parts, key, pk, size=size, rising=rising)
    months = None if rising or reader.kind is Kind.WORD else jump(whole, key, asked, KEYS)
    is_ours = not any(name in asked for name in KEYS)
    if place := reader.kind.read(asked.get(NEWER, "")):
        found, is_ours = reader.take_after(reader.up, place)
        if len(found) > size:
            return reader.page(found[size - 1 :: -1], asked, months, older=True, newer=True, is_ours=is_ours)
    elif place := reader.kind.read(asked.get(OLDER, "")) or reader.month(asked.get(MONTH, "")):
        found, is_ours = reader.take_after(reader.down, place)
        return reader.page(found[:size], asked, months, older=len(found) > size, newer=True, is_ours=is_ours)
    found = reader.take(reader.down)
    return reader.page(found[:size], asked, months, older=len(found) > size, newer=False, is_ours=is_ours)


def any_of(parts: Sequence[QuerySet]) -> Q:
    """Return a condition for rows in one of these short querysets of a model, each read by its own index.

    It uses a union: with OR, PostgreSQL scans the whole table.
    """
    manager = parts[0].model._default_manager
    # SQLite accepts LIMIT only inside a subquery of the union.
    first, *others = [manager.filter(pk__in=part.values("pk")).order_by().values("pk") for part in parts]
    return Q(pk__in=first.union(*others) if others else first)


def _from(order: tuple[str, str], value: Any, pk: int) -> Q:
    """Return the condition for the row at the place and those after it in this order."""
    key, number = (name.lstrip("-") for name in order)
    side = "lt" if order[0].startswith("-") else "gt"
    # This bound alone lets an index start at the place; without it the database reads all rows before it.
    bound = Q(**{f"{key}__{side}e": value})
    return bound & (Q(**{f"{key}__{side}": value}) | Q(**{f"{number}__{side}e": pk}))


class _Reader:
    def __init__(
        self, rows: QuerySet, parts: Sequence[QuerySet], key: str, pk: str, *, size: int, rising: bool
    ):
        self.rows, self.parts = rows, parts
        self.key, self.pk, self.size = key, pk, size
        down, up = ("", "-") if rising else ("-", "")
        self.down, self.up = (f"{down}{key}", f"{down}{pk}"), (f"{up}{key}", f"{up}{pk}")
        self.kind = kind_of(rows, key)

    def take(self, order: tuple[str, str], place: Place | None = None) -> list[Any]:
        """Return the first rows, or those from the place on: one page, and more if the list goes on."""
        most = self.size + (2 if place else 1)
        nearest = [
            (part.filter(_from(order, *place)) if place else part).order_by(*order)[:most]
            for part in self.parts or [self.rows]
        ]
        if not self.parts:
            return list(nearest[0])
        return list(self.rows.filter(any_of(nearest)).order_by(*order)[:most])

    def take_after(self, order: tuple[str, str], place: Place) -> tuple[list[Any], bool]:
        """Return the rows after the place, and whether the place is one of the list: a row, or a month that
        has rows.
        """
        found = self.take(order, place)
        if found and (getattr(found[0], self.key), getattr(found[0], self.pk)) == place:
            return found[1:], True
        return found[: self.size + 1], bool(found) and self._begins_month(found[0], place)

    def _begins_month(self, row: Any, place: Place) -> bool:
        value, number = place
        if number or self.kind is Kind.WORD:
            return False
        first = getattr(row, self.key)
        if self.kind is Kind.MOMENT:
            first, value = timezone.localtime(first), timezone.localtime(value)
        last = value - datetime.timedelta(days=1)
        return (first.year, first.month) == (last.year, last.month)

    def month(self, text: str) -> Place | None:
        """Return the place just after a month, so that the page begins with the month's last row."""
        day = end_of_month(text)
        if day is None or self.kind is Kind.WORD:
            return None
        midnight = datetime.datetime.combine(day, datetime.time.min)
        return (timezone.make_aware(midnight) if self.kind is Kind.MOMENT else day), 0

    def page(
        self,
        items: list[Any],
        asked: QueryDict,
        months: MonthJump | None,
        *,
        older: bool,
        newer: bool,
        is_ours: bool,
    ) -> Page:
        """Return the page of these rows; `older` and `newer` say whether the list goes on."""
        newer_url = self._address(asked, NEWER, items[0]) if items and newer else ""
        return Page(
            items,
            older_url=self._address(asked, OLDER, items[-1]) if older else "",
            newer_url=newer_url or (_address(asked) if newer else ""),
            is_first=not newer,
            months=months,
            is_ours=is_ours,
        )

    def _address(self, asked: QueryDict, direction: str, row: Any) -> str:
        return _address(asked, {direction: self.kind.write(getattr(row, self.key), getattr(row, self.pk))})


def _address(asked: QueryDict, more: dict[str, str] | None = None) -> str:
    words = asked.copy()
    for name in KEYS:
        words.pop(name, None)
    words.update(more or {})
    return f"?{words.urlencode()}"
