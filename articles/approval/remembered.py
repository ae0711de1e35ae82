"""Counts that are remembered until a record moves: the figures of a year cost more than a page may."""

from collections.abc import Callable

from django.core.cache import cache
from django.utils import timezone

from approvals.models import StatusChange
from articles.models import Release

AT_MOST = 600  # seconds: what changes without a step (the unit of a draft, an ended page) is seen after them


def until_moved[Value](name: str, make: Callable[[], Value]) -> Value:
    """Returns what `make` returned since the last step of any record or release, today, under this name.

    Makes two queries. The value must not be None.
    """
    moved = StatusChange.objects.order_by("-pk").values_list("pk", flat=True).first()
    waiting = Release.objects.filter(done_at=None, cancelled_at=None).count()
    key = f"until-moved:{name}:{timezone.localdate():%Y%m%d}:{moved}:{waiting}"
    return cache.get_or_set(key, make, AT_MOST)
