"""What lies on a head's desk: what waits for them, what has its hour, what they may still take back."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles import schedule
from articles.decisions import APPROVE, UNDO_MINUTES, last_decision
from articles.enums import Status, Verdict
from articles.models import Article, Release, ReviewDecision
from departments.access import scope


def awaiting(user: Any) -> list[Article]:
    """Stories that wait for this person: those sent again after a return first, then the longest waiting."""
    waiting = Article.objects.awaiting(user)
    stories = list(waiting.select_related("department", "review_revision", "review_revision__created_by"))
    returned = ReviewDecision.objects.filter(verdict=Verdict.RETURNED, revision__article__in=stories)
    numbers = dict(returned.order_by("pk").values_list("revision__article", "revision__number"))
    approved = ReviewDecision.objects.filter(verdict=Verdict.APPROVED, revision__article__in=stories)
    last = dict(approved.order_by("pk").values_list("revision__article", "revision__number"))
    for story in stories:
        story.is_sent_again = last.get(story.pk, 0) < numbers.get(story.pk, 0) < story.review_revision.number
    return sorted(stories, key=lambda story: not story.is_sent_again)


def scheduled(user: Any) -> QuerySet[Release]:
    """Releases that wait in the units this person decides for, next first."""
    reach = schedule.waiting().filter(decision__revision__article__department__in=scope(user, APPROVE))
    return reach.select_related("decision__decided_by", "decision__revision__article__department")


def still_to_take_back(user: Any) -> list[ReviewDecision]:
    """This person's own decisions of the last minutes that nothing has followed, newest first."""
    since = timezone.now() - datetime.timedelta(minutes=UNDO_MINUTES)
    mine = ReviewDecision.objects.filter(decided_by=user, decided_at__gt=since)
    mine = mine.exclude(verdict=Verdict.TAKEN_BACK).select_related("revision__article").order_by("-pk")
    decided = (Status.APPROVED, Status.RETURNED)
    return [
        decision
        for decision in mine
        if decision.revision.article.status in decided
        and last_decision(decision.revision.article) == decision
    ]
