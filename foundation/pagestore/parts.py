"""Parts that many pages share, made once a process and anew when what they show has changed."""

import datetime
import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from foundation.pagestore.shelf import store

MOST = 512  # parts a process remembers
LONGEST = 100_000  # letters drawn in one; a list of a thousand rows is kept as a page, once for all processes


class _Part(NamedTuple):
    mark: str
    day: datetime.date
    value: Any


_parts: dict[tuple[str, str], _Part] = {}
_changing = threading.Lock()


def part[Value](name: str, tags: Iterable[str], make: Callable[[], Value]) -> Value:
    """What `make()` answers, remembered until one of `tags` is dropped or the day ends.

    As true as a kept page with these tags: what was read before a change and comes late is not used.
    Where pages are not kept it is made each time. The answer is plain data shared by all pages of the
    process: nobody changes it. The page that shows it carries tags for what may leave it.
    """
    kept = store()
    mark = kept.mark(*tags) if kept else ""  # before the question: see Store.turn
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
