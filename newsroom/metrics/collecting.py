"""What is read when the operator's program asks: queues, mail, releases, backups, page store, checks."""

import shutil
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from articles.approval import schedule
from articles.approval.holding import STORIES, WAITING
from foundation.pagestore.shelf import store
from inbox.models import Notice
from inbox.posting import MOST_ATTEMPTS
from newsroom.backups import results
from newsroom.health.readiness import WORKER_MARK, last_checks
from newsroom.version import VERSION


class Present:
    """How things stand now. While the database is away its figures are left out: `newsroom_check` says so."""

    def collect(self) -> Iterator[Metric]:
        checks = last_checks()
        told = GaugeMetricFamily("newsroom_check", "Whether a thing that is needed works.", labels=("name",))
        for name, is_well in checks.items():
            told.add_metric((name,), is_well)
        yield told
        about = GaugeMetricFamily("newsroom_version", "The release that runs.", labels=("version",))
        about.add_metric((VERSION,), 1)
        yield about
        free = shutil.disk_usage(settings.VAR_DIR).free
        yield _gauge("newsroom_free_bytes", "Free space on the disk of VAR_DIR.", free)
        yield from _worker()
        yield from _pages()
        if checks["database"] and checks["migrations"]:
            try:
                yield from _of_database()
            except DatabaseError:  # away since the checks
                return


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value)


def _worker() -> Iterator[Metric]:
    mark = settings.VAR_DIR / WORKER_MARK
    if mark.exists():
        age = time.time() - mark.stat().st_mtime
        yield _gauge("newsroom_worker_age_seconds", "Since the worker's last turn.", age)


def _pages() -> Iterator[Metric]:
    kept = store()
    if kept:
        pages, size = kept.measure()
        yield _gauge("newsroom_page_store_pages", "Pages in the page store.", pages)
        yield _gauge("newsroom_page_store_bytes", "Their size.", size)
        yield _gauge("newsroom_page_store_most_bytes", "The size allowed.", kept.most_bytes)


def _of_database() -> Iterator[Metric]:
    """Yield figures of seven queries."""
    now = timezone.now()
    waiting = STORIES.rows().filter(status__in=WAITING).order_by()
    queue = waiting.aggregate(number=Count("pk"), oldest=Min("submitted_at"))
    yield _gauge("newsroom_waiting_stories", "Stories that wait for a decision.", queue["number"])
    age = (now - queue["oldest"]).total_seconds() if queue["oldest"] else 0
    yield _gauge("newsroom_waiting_stories_oldest_seconds", "How long the first has waited.", age)
    due = Notice.objects.filter(mailed_at=None, mail_at__isnull=False, attempts__lt=MOST_ATTEMPTS)
    mail = due.order_by().aggregate(number=Count("pk"), oldest=Min("told_at"))
    yield _gauge("newsroom_unsent_mails", "Mails in the outbox.", mail["number"])
    age = (now - mail["oldest"]).total_seconds() if mail["oldest"] else 0
    yield _gauge("newsroom_unsent_mail_oldest_seconds", "How long the first has waited.", age)
    yield _gauge("newsroom_scheduled_releases", "Releases that wait.", schedule.waiting().count())
    yield _gauge("newsroom_late_releases", "Releases whose hour has passed.", schedule.late().count())
    for name, is_drill in (("backup", False), ("drill", True)):
        if last := results.last_good(is_drill=is_drill):
            age = (now - last).total_seconds()
            yield _gauge(f"newsroom_{name}_age_seconds", f"Since the last good {name}.", age)
