"""Parts of pages that many pages share, rendered once per process and again when their data changes."""

import datetime
import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from foundation.pagestore.shelf import store

MOST = 512  # parts that a process keeps
LONGEST = 100_000  # characters of one part; a longer list is kept only as a page, once for all processes


class _Part(NamedTuple):
    mark: str
    day: datetime.date
    value: Any


_parts: dict[tuple[str, str], _Part] = {}
_changing = threading.Lock()


def part[Value](name: str, tags: Iterable[str], make: Callable[[], Value]) -> Value:
    """Return `make()`, cached in this process until one of `tags` is purged or the day ends.

    It is as fresh as a kept page with these tags: a value read before a change is never used after it. Where
    pages are not kept, `make` is called each time. All pages share the value, so no caller may change it. The
    page that shows the part must carry its tags.
    """
    kept = store()
    mark = kept.mark(*tags) if kept else ""  # read before calling make(): see Store.turn
    if not mark:
        return make()
    key, today = (str(settings.PAGE_STORE), name), timezone.localdate()
    known = _parts.get(key)
    if known and (known.mark, known.day) == (mark, today):
        return known.value
    value = make()
    if _letters(value) <= LONGEST:
        with _changing:
            _parts.pop(key, None)
            while len(_parts) >= MOST:
                del _parts[next(iter(_parts))]  # the oldest
            _parts[key] = _Part(mark, today, value)
    return value


def _letters(value: Any) -> int:
    drawn = value.values() if isinstance(value, dict) else (value,)
    return sum(len(text) for text in drawn if isinstance(text, str))
