"""How a public view says that its answer may be kept, what it shows, and until when it is true."""

import datetime
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

# Readers ask every time and are answered “unchanged”: what was withdrawn is gone with the next look.
REVALIDATE = "public, max-age=0, must-revalidate"


def keep(
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
        response.kept_tags = named
        response.kept_until = min(until or midnight(), midnight()).timestamp()
        response.headers.setdefault("Cache-Tag", ",".join(sorted(named)))
        response.headers.setdefault("Cache-Control", REVALIDATE)
    return response


def midnight() -> datetime.datetime:
    """The end of today, where the readers are."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time.min))
