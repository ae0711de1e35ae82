"""Which releases wait, which are due, and how the worker runs them.

Only the database's clock says what is due, so workers and web servers always agree. Times stored on pages
come from the machine that writes them. All times are UTC.
"""

import datetime
import logging
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from articles.approval import releasing
from articles.approval.page_state import lock_page
from articles.models import PublishedArticle, Release

log = logging.getLogger("newsroom.worker")

# Longer than a slow turn of the worker.
LATE_AFTER = datetime.timedelta(seconds=60)
FIRST_PAUSE = datetime.timedelta(seconds=20)
LONGEST_PAUSE = datetime.timedelta(minutes=10)


def waiting() -> QuerySet[Release]:
    """Returns releases neither done nor cancelled, next first."""
    releases = Release.objects.filter(done_at=None, cancelled_at=None)
    return releases.select_related("decision__revision").order_by("due_at", "pk")


def due(now: datetime.datetime | None = None) -> QuerySet[Release]:
    """Returns releases whose time has come and whose pause after a failure is over, oldest first."""
    at = now or Now()
    return waiting().filter(Q(retry_at=None) | Q(retry_at__lte=at), due_at__lte=at)


def late() -> QuerySet[Release]:
    """Returns releases overdue by LATE_AFTER: no worker is running, or it fails."""
    return waiting().filter(due_at__lt=Now() - LATE_AFTER)


def run_due(now: datetime.datetime | None = None) -> int:
    """Publish everything due, each release in its own transaction. Returns how many were published.

    A failure is noted on its row and retried after a pause that doubles up to LONGEST_PAUSE; the others still
    run.
    """
    return sum(_run(release) for release in due(now))


def end_due(now: datetime.datetime | None = None) -> int:
    """End pages whose `until` has passed. Returns how many."""
    over = PublishedArticle.objects.live().filter(until__lte=now or Now())
    return sum(releasing.end_page(page) for page in over)


def of_article(article_id: int) -> QuerySet[Release]:
    """Returns the story's waiting releases."""
    return waiting().filter(decision__revision__article=article_id)


def cancel_releases(article_id: int) -> int:
    """Cancel the story's waiting releases. Returns how many."""
    return of_article(article_id).update(cancelled_at=timezone.now())


def order_release(
    decision: Any, due_at: datetime.datetime | None = None, until: datetime.datetime | None = None
) -> Release:
    """Order a release in place of those that wait for the story; without a time it is published at once."""
    now = timezone.now()
    lock_page(decision.revision.article_id)
    cancel_releases(decision.revision.article_id)
    release = Release.objects.create(decision=decision, due_at=due_at or now, until=until)
    if release.due_at <= now:
        releasing.execute_locked(release)
    return release


def restore_pushed_releases(decision: Any) -> None:
    """When a decision is taken back: order again the last release that it had replaced, if its time is still
    to come.
    """
    pushed = Release.objects.filter(
        decision__revision__article=decision.revision.article_id,
        decision__pk__lt=decision.pk,
        cancelled_at__gte=decision.decided_at,
        due_at__gt=timezone.now(),
    ).order_by("pk")
    if last := pushed.last():
        Release.objects.create(decision=last.decision, due_at=last.due_at, until=last.until)


def restore_cancelled(article_id: int, *, since: datetime.datetime) -> None:
    """Order again the last release that a withdrawal at `since` cancelled, if its time is still to come."""
    pushed = Release.objects.filter(decision__revision__article=article_id, cancelled_at__gte=since)
    if last := pushed.filter(due_at__gt=timezone.now()).order_by("pk").last():
        Release.objects.create(decision=last.decision, due_at=last.due_at, until=last.until)


def _run(release: Release) -> bool:
    try:
        return releasing.execute(release)
    except Exception as failure:
        log.exception("Release %s failed", release.pk)
        _note_failure(release, failure)
        return False


def _note_failure(release: Release, failure: Exception) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(release.attempts, 10), LONGEST_PAUSE)
    notes = {
        "attempts": min(release.attempts + 1, 30000),
        "retry_at": Now() + pause,
        "error": f"{type(failure).__name__}: {failure}"[:500],
    }
    with transaction.atomic():
        waiting().filter(pk=release.pk).select_related(None).update(**notes)
