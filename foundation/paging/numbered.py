"""Pages by number of a list that is read whole anyway: the rows of one record, in an order made by hand.

Lists that grow for ever are read by key (`foundation.paging.keyset`).
"""

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, QueryDict

NUMBER = "trang"  # the parameter of the address; the first page has none
_WRITTEN = re.compile(r"[2-9]|[1-9][0-9]{1,3}")


@dataclass(frozen=True)
class NumberedPage:
    """One page: which rows it shows, and its neighbours' addresses ("" where the list ends)."""

    number: int
    last: int
    rows: slice
    newer_url: str
    older_url: str


def read_number(asked: QueryDict) -> int:
    """Return the page that an address asks for. Raises Http404 for odd spellings: a page has one address."""
    written = asked.get(NUMBER)
    if written is None:
        return 1
    if not _WRITTEN.fullmatch(written):
        raise Http404
    return int(written)


def page_of(number: int, count: int, size: int, *, address: str) -> NumberedPage:
    """Return page `number` of a list of `count` rows. Raises Http404 if the list is shorter."""
    last = max(-(-count // size), 1)
    if number > last:
        raise Http404

    def url(other: int) -> str:
        return address if other == 1 else f"{address}?{NUMBER}={other}"

    return NumberedPage(
        number,
        last,
        slice((number - 1) * size, number * size),
        newer_url=url(number - 1) if number > 1 else "",
        older_url=url(number + 1) if number < last else "",
    )


def first_rows[Row](rows: QuerySet, most: int) -> tuple[list[Row], int]:
    """Return the first rows and how many there are in all; a second query only where there are more."""
    found = list(rows[: most + 1])
    return found[:most], len(found) if len(found) <= most else rows.count()
