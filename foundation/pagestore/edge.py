"""Tell a Varnish or a CDN in front of the site, by tag, what changed; after the commit, until it succeeds.

Publishing never waits for this. Each change is sent three times, because a page that another machine served
just before it followed the change, or that was still on its way, must be dropped too. Where a cache cannot be
reached, its copies expire after `EDGE_SECONDS`.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from urllib.request import Request, urlopen

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from foundation.pagestore.edge_targets import Target
from foundation.pagestore.models import Purge
from foundation.pagestore.store import EVERYTHING

STEP = 0.2  # seconds between two queries
TELLINGS = (datetime.timedelta(0), datetime.timedelta(seconds=1), datetime.timedelta(seconds=5))
LEASE = datetime.timedelta(seconds=30)  # another worker may try after this time if one died
LONGEST_PAUSE = 60  # seconds
PATIENCE = 5  # seconds until one request times out
AT_ONCE = 500  # rows a turn
LONGEST_HEADER = 3000  # characters; servers refuse longer ones at 4 to 8 thousand
MOST_TAGS = 30  # in one request, by the limit of the strictest CDN


def send_due() -> int:
    """Send every due change to every target, urgent ones first; returns the number of changes sent.

    Raises OSError or HTTPException when a target fails: all of them are due again after a pause.
    """
    now = timezone.now()
    due = Purge.objects.filter(edge_at__lte=now)
    rows = list(due.order_by("-is_urgent", "pk")[:AT_ONCE])
    mine = Purge.objects.filter(pk__in=[row.pk for row in rows])
    if not rows or not mine.filter(edge_at__lte=now).update(edge_at=now + LEASE):
        return 0
    tags = list(dict.fromkeys(tag for row in rows for tag in row.tags))
    try:
        for target in settings.PURGE_TARGETS:
            for part in parts_of(tags):
                _tell(target, part)
    except (OSError, HTTPException):
        pause = min(2 ** min(row.edge_failures for row in rows), LONGEST_PAUSE)
        later = timezone.now() + datetime.timedelta(seconds=pause)
        mine.update(edge_at=later, edge_failures=F("edge_failures") + 1)
        raise
    # Highest count first: a row that has just been counted up must not match the next round.
    for told in sorted({row.edge_told for row in rows}, reverse=True):
        again = told + 1 < len(TELLINGS)
        at = now + TELLINGS[told + 1] - TELLINGS[told] if again else None
        mine.filter(edge_told=told, edge_at__isnull=False).update(
            edge_at=at, edge_told=told + 1, edge_failures=0
        )
    return len(rows)


def parts_of(tags: Iterable[str]) -> Iterator[list[str]]:
    """Split the tags, in order, into parts that fit into one header and one CDN request."""
    tags = list(tags)
    if EVERYTHING in tags:
        yield [EVERYTHING]
        return
    part: list[str] = []
    for tag in tags:
        if part and (len(part) == MOST_TAGS or len(",".join([*part, tag])) > LONGEST_HEADER):
            yield part
            part = []
        part.append(tag)
    if part:
        yield part


def _tell(target: Target, tags: list[str]) -> None:
    headers = {"Authorization": f"Bearer {settings.PURGE_TOKEN}"} if settings.PURGE_TOKEN else {}
    if target.as_json:
        said = {"purge_everything": True} if tags == [EVERYTHING] else {"tags": tags}
        headers["Content-Type"] = "application/json"
        request = Request(target.url, json.dumps(said).encode(), headers, method="POST")  # noqa: S310 (http or https: edge_targets)
    else:
        headers["Cache-Tag"] = ",".join(tags)
        request = Request(target.url, headers=headers, method="PURGE")  # noqa: S310 (the same)
    with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 (the same)
        answer.read()
