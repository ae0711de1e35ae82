"""Count what costs work, and refuse what is too much in words.

A limit is a row of `settings.LIMITS`: so many times in so many seconds, of each thing it is asked about (an
address, a name). The seconds are a stretch of the clock, so what is refused is free again at a known moment,
and whoever keeps asking makes nobody wait longer.

A view that costs work: `@limited("search")`. Anything else: `seconds = count_ask("password_reset", name)`.
"""

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from foundation.limiting.visitors import network_of

CACHE = "limits"


def count_ask(limit: str, *of: str) -> int:
    """Count one more of `of`. Return 0 if it is within the limit, else the seconds until there is room."""
    most, seconds = settings.LIMITS[limit]
    return _left(seconds) if _count(_key(limit, of), seconds) > most else 0


def seconds_to_wait(limit: str, *of: str) -> int:
    """Return what `take` would return, without counting."""
    most, seconds = settings.LIMITS[limit]
    return _left(seconds) if caches[CACHE].get(_key(limit, of), 0) >= most else 0


def give_back(limit: str, *of: str) -> None:
    """Take back what was counted last: it turned out to be what the limit is not about."""
    try:
        caches[CACHE].incr(_key(limit, of), -1)
    except ValueError:
        pass  # the stretch of time in which it was counted is over


def counts_together() -> bool:
    """Return whether the processes of this machine count together now; if not, each counts alone."""
    works = getattr(caches[CACHE], "works", None)  # a cache of another kind has no file that may fail
    return works is None or works()


def limited(limit: str) -> Callable:
    """Decorate a view that each network address may ask only so often; the rest is answered with 429."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if wait := count_ask(limit, network_of(request)):
                return too_many(wait)
            return view(request, *args, **kwargs)

        return answer

    return decorate


def too_many(
    wait: int, template: str = "429.html", *, status: int = 429, request: HttpRequest | None = None
) -> HttpResponse:
    """Return a page that says how long to wait, for people and for programs."""
    page = render_to_string(template, {"wait": wait_words(wait)}, request)
    return HttpResponse(page, status=status, headers={"Retry-After": str(wait), "Cache-Control": "no-store"})


def wait_words(seconds: int) -> str:
    """Return the time in words, rounded up: “40 giây”, “15 phút”, “3 giờ”."""
    if seconds <= 90:
        return f"{seconds} giây"
    minutes = -(-seconds // 60)
    return f"{minutes} phút" if minutes <= 90 else f"{-(-minutes // 60)} giờ"


def _left(seconds: int) -> int:
    return seconds - int(time.time()) % seconds


def _key(limit: str, of: tuple[str, ...]) -> str:
    """Addresses and names are stored as digests: nobody reads in the counters who asked for what."""
    seconds = settings.LIMITS[limit][1]
    words = "\0".join([limit, str(int(time.time()) // seconds), *of])
    secret = hashlib.sha256(settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2b(words.encode(), key=secret, digest_size=20).hexdigest()


def _count(key: str, seconds: int) -> int:
    counters = caches[CACHE]
    if counters.add(key, 1, timeout=seconds + 1):
        return 1
    try:
        return int(counters.incr(key))
    except ValueError:
        return 1  # its time ended between the two
