"""What waits how long, by unit: for those who answer for the waiting, and those who watch."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles.approval import urgent
from articles.approval.decisions import APPROVE
from articles.approval.holding import SECOND_READ, WAITING, holdings
from articles.models import Article
from departments.access import scope
from records.holding import Holding

AUDIT = "articles.audit_article"


@dataclass(frozen=True)
class Wait:
    """One waiting story, or page taken down at once, and who holds it."""

    title: str
    state: str
    since: datetime.datetime
    held: Holding
    waited: datetime.timedelta


def units_watched_by(user: Any) -> set[int]:
    return scope(user, AUDIT) | scope(user, APPROVE) | scope(user, SECOND_READ)


def waits(user: Any) -> list[tuple[str, list[Wait]]]:
    """Units this person watches in which something waits, the longest waiting first; likewise inside."""
    now = timezone.now()
    stories = Article.objects.filter(
        status__in=WAITING, binned_at=None, department__in=units_watched_by(user)
    ).select_related("department", "review_revision")
    stories = list(stories.order_by("submitted_at", "pk"))
    held = holdings(stories)
    found = [
        (
            story.department,
            story.review_revision,
            story.get_status_display(),
            story.submitted_at,
            held[story.pk],
        )
        for story in stories
        if story.pk in held
    ]
    taken_down = urgent.all_pending().filter(page__department__in=units_watched_by(user))
    found += [
        (row.page.department, row.revision, row.page.get_state_display(), row.withdrawn_at, row.held)
        for row in urgent.with_holdings(taken_down)
    ]
    units: dict[str, list[Wait]] = {}
    for unit, revision, state, since, holds in sorted(found, key=lambda one: one[3]):
        wait = Wait(revision.content["title"], state, since, holds, now - since)
        units.setdefault(str(unit), []).append(wait)
    return list(units.items())


def rows_of(units: list[tuple[str, list[Wait]]]) -> list[tuple[str, ...]]:
    """For a file: unit, title, state, sent, hours waited, due, overdue, holder."""
    return [
        (
            unit,
            wait.title,
            wait.state,
            f"{timezone.localtime(wait.since):%H:%M %d/%m/%Y}",
            str(int(wait.waited.total_seconds() // 3600)),
            f"{timezone.localtime(wait.held.due_at):%H:%M %d/%m/%Y}",
            "quá hạn" if wait.held.is_overdue else "",
            str(wait.held.holder or "chưa ai"),
        )
        for unit, found in units
        for wait in found
    ]
