"""What waits how long, by unit, for deciders and auditors."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from articles.approval import urgent
from articles.approval.holding import APPROVE, SECOND_READ, STORIES, WAITING
from departments.access import scope
from records.kinds import Waiting

AUDIT = "articles.audit_article"


def units_watched_by(user: Any) -> set[int]:
    """Returns ids of units this person audits or decides for."""
    return scope(user, AUDIT) | scope(user, APPROVE) | scope(user, SECOND_READ)


def waits(user: Any) -> list[tuple[str, list[Waiting]]]:
    """Returns (unit, what waits there) for watched units, the longest waiting first.

    Waiting are stories, and pages under an urgent withdrawal.
    """
    watched = units_watched_by(user)
    stories = STORIES.rows().filter(status__in=WAITING, department__in=watched)
    stories = STORIES.list_waiting(stories.order_by("submitted_at", "pk"), by=user)
    taken_down = urgent.list_waiting(urgent.all_pending().filter(page__department__in=watched))
    found = [(one.unit, one) for one in stories]
    found += [(one.record.page.department, one) for one in taken_down]
    units: dict[str, list[Waiting]] = {}
    for unit, one in sorted(found, key=lambda pair: pair[1].sent_at):
        units.setdefault(str(unit), []).append(one)
    return list(units.items())


def overdue_stories(units: Collection[int], user: Any, most: int) -> tuple[list[Waiting], int]:
    """Returns the first `most` stories of these units whose time to answer is over, longest overdue first,
    and how many there are; without those that it is the user's turn to decide about.
    """
    rows = STORIES.rows().filter(status__in=WAITING, department__in=units)
    fields = ("status", "submitted_at", "department__kind", "review_revision__editor_ids")
    held = STORIES.holdings(rows.only(*fields), by=user)
    late = [(one.due_at, pk) for pk, one in held.items() if one.is_overdue and not one.turn_of(user)]
    first = [pk for _due, pk in sorted(late)[:most]]
    found = STORIES.list_waiting(STORIES.rows().filter(pk__in=first), by=user)
    return sorted(found, key=lambda one: (one.holding.due_at, one.record.pk)), len(late)


def rows_of(units: list[tuple[str, list[Waiting]]]) -> list[tuple[str, ...]]:
    """Returns rows for a file: unit, title, state, sent, hours waited, due, overdue, holder."""
    return [
        (
            unit,
            wait.title,
            wait.state,
            f"{timezone.localtime(wait.sent_at):%H:%M %d/%m/%Y}",
            str(int((wait.holding.now - wait.sent_at).total_seconds() // 3600)),
            f"{timezone.localtime(wait.holding.due_at):%H:%M %d/%m/%Y}",
            "quá hạn" if wait.holding.is_overdue else "",
            str(wait.holding.holder or "chưa ai"),
        )
        for unit, found in units
        for wait in found
    ]
