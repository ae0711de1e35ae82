"""How a list of the office is counted: as far as anybody turns pages, and no further."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST = 1000


class CappedPaginator(Paginator):
    """Counts no more than MOST rows, however many there are: a page costs the same in a full newsroom.

    What lies beyond is reached by searching and narrowing, as `is_capped` lets the page say.
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
