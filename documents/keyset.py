"""How a newest-first list is read page by page: from a row on, never by counting or skipping rows."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

OLDER, NEWER = "truoc", "sau"
_PLACE = re.compile(r"([0-9TZ:.-]{10,32})_([0-9]{1,18})")


@dataclass(frozen=True)
class Page:
    """`older_url`, `newer_url` keep every other word of the address; "" where the list ends."""

    items: list[Any]
    older_url: str
    newer_url: str
    is_first: bool


def read_page(rows: QuerySet, field: str, asked: QueryDict, size: int) -> Page:
    """Read one page of `rows` in the order (-field, -pk); `field` is a date or an aware moment.

    A place is the row's own key, so it needs no look-up and stays good when the row is taken down.
    A place that cannot be read gives the first page. At most two queries, whatever the depth.
    """
    if place := _read_place(rows, field, asked.get(NEWER, "")):
        nearest = rows.filter(_beyond(field, place, "gt")).order_by(field, "pk")[: size + 1]
        found = list(nearest)
        if len(found) > size:
            return _page(found[size - 1 :: -1], field, asked, older=True, newer=True)
    elif place := _read_place(rows, field, asked.get(OLDER, "")):
        found = list(_newest(rows.filter(_beyond(field, place, "lt")), field)[: size + 1])
        return _page(found[:size], field, asked, older=len(found) > size, newer=bool(found))
    found = list(_newest(rows, field)[: size + 1])
    return _page(found[:size], field, asked, older=len(found) > size, newer=False)


def _page(items: list[Any], field: str, asked: QueryDict, *, older: bool, newer: bool) -> Page:
    return Page(
        items,
        older_url=_address(asked, OLDER, items[-1], field) if older else "",
        newer_url=_address(asked, NEWER, items[0], field) if newer else "",
        is_first=not newer,
    )


def _newest(rows: QuerySet, field: str) -> QuerySet:
    return rows.order_by(f"-{field}", "-pk")


def _beyond(field: str, place: tuple[Any, int], side: str) -> Q:
    value, pk = place
    # The bound alone lets an index begin at the place; without it the database reads up to there.
    bound = Q(**{f"{field}__{side}e": value})
    return bound & (Q(**{f"{field}__{side}": value}) | Q(**{f"pk__{side}": pk}))


def _read_place(rows: QuerySet, field: str, text: str) -> tuple[Any, int] | None:
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    is_moment = rows.model._meta.get_field(field).get_internal_type() == "DateTimeField"
    try:
        if is_moment:
            value = datetime.datetime.strptime(found[1], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=datetime.UTC)
        else:
            value = datetime.date.fromisoformat(found[1])
    except ValueError:
        return None
    return value, int(found[2])


def _address(asked: QueryDict, direction: str, row: Any, field: str) -> str:
    value = getattr(row, field)
    if isinstance(value, datetime.datetime):
        text = value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    else:
        text = value.isoformat()
    words = asked.copy()
    for name in (OLDER, NEWER):
        words.pop(name, None)
    words[direction] = f"{text}_{row.pk}"
    return f"?{words.urlencode(safe=':')}"
