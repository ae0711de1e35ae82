"""Count the rows of an admin list, but only up to a limit."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST = 1000


class CappedPaginator(Paginator):
    """Counts at most MOST rows, so that a page costs the same in a full newsroom.

    Rows beyond the limit are reached by search and filters; the page says so when `is_capped` is true.
    """

    object_list: QuerySet

    @cached_property
    def _seen(self) -> int:
        return self.object_list.order_by()[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._seen, MOST)

    @property
    def is_capped(self) -> bool:
        return self._seen > MOST
