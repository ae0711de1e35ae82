"""How the public pages will look at a future moment if nothing else is decided until then.

For staff only; nothing is stored.
"""

import datetime

from articles.approval import schedule
from articles.approval.pages import page_fields
from articles.models import PublishedArticle

MOST = 60  # pages drawn; of more releases only the next ones are shown


def pages_by(moment: datetime.datetime) -> list[PublishedArticle]:
    """Returns the unsaved pages that waiting releases will have written by then, newest first."""
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
        pages[pk].published_at = first  # a change of a published story keeps its date
    lasting = [page for page in pages.values() if not (page.until and page.until <= moment)]
    return sorted(lasting, key=lambda page: (page.published_at, page.pk), reverse=True)


def gone_by(moment: datetime.datetime) -> set[int]:
    """Returns ids of stories that are live now and whose `until` will have passed by then."""
    return set(PublishedArticle.objects.live().filter(until__lte=moment).values_list("pk", flat=True))
