"""How the public pages will have changed at a moment to come, if nothing else is decided until then.

For staff who look ahead; nothing is stored.
"""

import datetime

from articles.approval import schedule
from articles.approval.pages import page_fields
from articles.models import PublishedArticle

MOST = 60  # drawn for one look ahead; a newsroom that has armed more sees the next ones


def pages_by(moment: datetime.datetime) -> list[PublishedArticle]:
    """The pages that releases armed now will have written by then, not stored, newest first."""
    releases = schedule.waiting().filter(due_at__lte=moment)[:MOST]
    pages = {}
    for release in releases:
        revision = release.decision.revision
        pages[revision.article_id] = PublishedArticle(
            pk=revision.article_id,
            published_at=release.due_at,
            until=release.until,
            **page_fields(revision.content),
        )
    known = PublishedArticle.objects.known().filter(pk__in=pages)
    for pk, first in known.values_list("pk", "published_at"):
        pages[pk].published_at = first  # a change of a known story keeps its day
    lasting = [page for page in pages.values() if not (page.until and page.until <= moment)]
    return sorted(lasting, key=lambda page: (page.published_at, page.pk), reverse=True)


def gone_by(moment: datetime.datetime) -> set[int]:
    """Stories readers see now whose armed end will have passed by then."""
    return set(PublishedArticle.objects.live().filter(until__lte=moment).values_list("pk", flat=True))
