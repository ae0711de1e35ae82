"""What lies on a head's desk: what waits for them, what has its hour, what they may still take back."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from articles.approval import schedule
from articles.approval.decisions import APPROVE, UNDO_MINUTES, last_decision
from articles.approval.holding import SECOND_READ, holdings, in_turn
from articles.enums import Status, Verdict
from articles.models import Article, Release, ReviewDecision, ReviewRoute
from awards.models import Decision
from awards.workflow import DECIDING as DECISIONS
from departments.access import scope
from events.models import Event
from events.workflow import DECIDING as EVENTS


def is_open_to(user: Any) -> bool:
    """Whether this person ever decides about stories: heads, deputies, the Sở's desk where it reads again."""
    if scope(user, APPROVE):
        return True
    return bool(scope(user, SECOND_READ)) and ReviewRoute.objects.filter(second_reading=True).exists()


def waiting(user: Any) -> tuple[list[Article], list[Article]]:
    """Stories this person decides about now, and those of their units that somebody else holds.

    Each knows who holds it (`held`). Those sent again after a return come first, then the longest waiting.
    """
    reach = Article.objects.under_decision_of(user)
    stories = list(reach.select_related("department", "review_revision", "review_revision__created_by"))
    _mark_sent_again(stories)
    held = holdings(stories)
    mine, others = [], []
    for story in sorted(stories, key=lambda story: not story.is_sent_again):
        story.held = held[story.pk]
        (mine if story.held.turn_of(user) else others).append(story)
    return mine, others


def waiting_one(user: Any, pk: int) -> Article | None:
    """One of those `waiting` would give, without who holds it."""
    reach = Article.objects.under_decision_of(user).select_related("department", "review_revision")
    return reach.filter(pk=pk).first()


def count_waiting(user: Any) -> int:
    """How many stories this person decides about now; reads no text."""
    reach = Article.objects.under_decision_of(user).select_related("department", "review_revision")
    fields = ("status", "submitted_at", "department__kind", "review_revision__editor_ids")
    return len(in_turn(user, reach.only(*fields)))


def _mark_sent_again(stories: list[Article]) -> None:
    returned = ReviewDecision.objects.filter(verdict=Verdict.RETURNED, revision__article__in=stories)
    numbers = dict(returned.order_by("pk").values_list("revision__article", "revision__number"))
    approved = ReviewDecision.objects.filter(verdict=Verdict.APPROVED, revision__article__in=stories)
    last = dict(approved.order_by("pk").values_list("revision__article", "revision__number"))
    for story in stories:
        story.is_sent_again = last.get(story.pk, 0) < numbers.get(story.pk, 0) < story.review_revision.number


def scheduled(user: Any) -> QuerySet[Release]:
    """Releases that wait in the units this person decides for, next first."""
    reach = schedule.waiting().filter(decision__revision__article__department__in=scope(user, APPROVE))
    return reach.select_related("decision__decided_by", "decision__revision__article__department")


def still_to_take_back(user: Any) -> list[ReviewDecision]:
    """This person's own decisions of the last minutes that nothing has followed, newest first."""
    since = timezone.now() - datetime.timedelta(minutes=UNDO_MINUTES)
    mine = ReviewDecision.objects.filter(decided_by=user, decided_at__gt=since)
    mine = mine.exclude(verdict=Verdict.TAKEN_BACK).select_related("revision__article").order_by("-pk")
    decided = (Status.APPROVED, Status.RETURNED, Status.SECOND_READING)
    return [
        decision
        for decision in mine
        if decision.revision.article.status in decided
        and last_decision(decision.revision.article) == decision
    ]


KINDS = ((EVENTS, Event), (DECISIONS, Decision))


def records_waiting(user: Any) -> list[dict[str, Any]]:
    """One row each, the longest waiting first: what, whose, since when, in what capacity, where to decide."""
    rows = []
    for deciding, model in KINDS:
        for record in deciding.waiting_for(user, model):
            unit = getattr(record, model.owner_field.removesuffix("_id"))
            address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            rows.append(
                {
                    "noun": deciding.noun,
                    "title": getattr(record, "title", "") or f"{record}: {record.summary}",
                    "unit": unit,
                    "held": record.held,
                    "capacity": record.held.capacity(user, deciding.permission, unit.pk),
                    "url": reverse(address, args=[record.pk]),
                }
            )
    return sorted(rows, key=lambda row: row["held"].since)


def count_records(user: Any) -> int:
    return sum(len(deciding.waiting_for(user, model)) for deciding, model in KINDS)
