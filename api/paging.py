"""Read lists page by page from a row on: an old page never changes, and every page costs the same."""

import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

SIZE = 20
# Digits and a hyphen, so that the page store can keep every page.
PLACE = r"^[0-9]{1,20}(-[0-9]{1,18})?$"


class Rows(NamedTuple):
    """One page. `next` is the place of the next one or ""; `is_ours`: the list has the place asked for."""

    items: list[Any]
    next: str
    is_ours: bool


def page_of_rows(rows: QuerySet, before: str, field: str = "") -> Rows:
    """Return up to SIZE rows after the place `before`, newest first.

    Rows are sorted by (-field, -pk); without a field by -pk. A place is the row's own key and stays valid
    when the row is withdrawn. An invalid place gives an empty page.
    """
    order = [f"-{field}", "-pk"] if field else ["-pk"]
    if before:
        condition = _from(rows, field, before)
        rows = rows.filter(condition) if condition is not None else rows.none()
    found = list(rows.order_by(*order)[: SIZE + 2])
    is_ours = not before
    if before and found and _place(found[0], field) == before:
        found, is_ours = found[1:], True
    more = len(found) > SIZE
    return Rows(found[:SIZE], _place(found[SIZE - 1], field) if more else "", is_ours)


def _place(row: Any, field: str) -> str:
    if not field:
        return str(row.pk)
    value = getattr(row, field)
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.UTC) - _EPOCH
        return f"{moment // datetime.timedelta(microseconds=1)}-{row.pk}"
    return f"{value:%Y%m%d}-{row.pk}"


_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def _from(rows: QuerySet, field: str, before: str) -> Q | None:
    said, _, pk = before.partition("-")
    if not field:
        return Q(pk__lte=int(said)) if not pk and len(said) < 19 else None
    is_moment = rows.model._meta.get_field(field).get_internal_type() == "DateTimeField"
    value = _moment(said) if is_moment else _day(said)
    if value is None or not pk:
        return None
    # This bound alone lets an index start at the place.
    return Q(**{f"{field}__lte": value}) & (Q(**{f"{field}__lt": value}) | Q(pk__lte=int(pk)))


def _moment(said: str) -> datetime.datetime | None:
    try:
        return _EPOCH + datetime.timedelta(microseconds=int(said))
    except OverflowError:
        return None


def _day(said: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(said, "%Y%m%d").replace(tzinfo=datetime.UTC).date()
    except ValueError:
        return None
