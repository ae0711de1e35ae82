"""How a public view declares that its response may be kept, what it shows, and until when it is true."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

# Browsers revalidate every time and get 304 if unchanged; a withdrawn page is gone on the next request.
REVALIDATE = "public, max-age=0, must-revalidate"
# nginx accepts headers of 4 KB in all from an application, Cloudflare 16 KB of tags.
LONGEST_TAGS = 3000


type Changes = Callable[[], datetime.datetime | None]
_CHANGES: list[Changes] = []


def declare_change(next_change: Changes) -> Changes:
    """Ask this when all pages change next by time alone; no page is kept beyond that moment."""
    _CHANGES.append(next_change)
    return next_change


def next_change() -> datetime.datetime:
    """Return the moment beyond which no page is kept: the next such change, at the latest midnight."""
    return min(filter(None, (*(ask() for ask in _CHANGES), midnight())))


def keep_page(
    request: HttpRequest,
    response: HttpResponse,
    *tags: str | Iterable[str],
    until: datetime.datetime | None = None,
    query: tuple[str, ...] = (),
) -> HttpResponse:
    """Mark `response` as the same for every anonymous reader until a tag is purged or `until` comes.

    Tags are words such as "article:12" or "stories"; lists of tags are flattened. No page is kept beyond
    midnight, because pages say “hôm nay” or “còn hiệu lực”, nor beyond a declared change of all pages.
    `query` names the parameters the view reads; an address with any other parameter is answered but not kept.
    Returns the same response.
    """
    if set(request.GET) <= set(query):
        named = {tag for tag in tags if isinstance(tag, str)}
        named.update(tag for group in tags if not isinstance(group, str) for tag in group)
        declared: Any = response  # what the page store's middleware reads travels on the response
        declared.kept_tags = named
        last = next_change()
        declared.kept_until = min(until or last, last).timestamp()
        line = ",".join(sorted(named))
        if len(line) <= LONGEST_TAGS:  # else no cache in front keeps it: serving.answer_reader
            response.headers.setdefault("Cache-Tag", line)
        response.headers.setdefault("Cache-Control", REVALIDATE)
    return response


def midnight() -> datetime.datetime:
    """Return the end of today, in the time zone of the readers."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time.min))
