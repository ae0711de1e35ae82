"""How a public view says that its answer may be kept, what it shows, and until when it is true."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

# Readers ask every time and are answered “unchanged”: what was withdrawn is gone with the next look.
REVALIDATE = "public, max-age=0, must-revalidate"
# nginx takes headers of 4 KB in all from an application, Cloudflare 16 KB of tags.
LONGEST_TAGS = 3000


def keep_page(
    request: HttpRequest,
    response: HttpResponse,
    *tags: str | Iterable[str],
    until: datetime.datetime | None = None,
    query: tuple[str, ...] = (),
) -> HttpResponse:
    """Mark `response` as the same for every anonymous reader until a tag is purged or `until` comes.

    Tags are words such as "article:12" or "stories"; lists of them are taken apart. Pages say things
    like “hôm nay” or “còn hiệu lực”, so none outlives the day. `query` names the parameters the view
    reads: an address with any other is answered but not kept. Returns the same response.
    """
    if set(request.GET) <= set(query):
        named = {tag for tag in tags if isinstance(tag, str)}
        named.update(tag for group in tags if not isinstance(group, str) for tag in group)
        declared: Any = response  # what the page store's middleware reads travels on the response
        declared.kept_tags = named
        declared.kept_until = min(until or midnight(), midnight()).timestamp()
        line = ",".join(sorted(named))
        if len(line) <= LONGEST_TAGS:  # without it no cache in front keeps the page: see serving.answer
            response.headers.setdefault("Cache-Tag", line)
        response.headers.setdefault("Cache-Control", REVALIDATE)
    return response


def midnight() -> datetime.datetime:
    """The end of today, where the readers are."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time.min))
