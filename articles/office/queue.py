"""What is on a head's desk: waiting stories, scheduled releases, decisions they may take back."""

import datetime
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from approvals.undoing import UNDO_MINUTES
from articles.approval import schedule
from articles.approval.holding import APPROVE, SECOND_READ, STORIES
from articles.enums import Status, Verdict
from articles.models import Article, Release, ReviewDecision, ReviewRoute
from awards.workflow import DECISIONS
from daybook.materials.workflow import MATERIALS
from daybook.notes.workflow import NOTES
from departments.access import scope
from events.workflow import EVENTS
from records.kinds import Waiting
from training.attesting.workflow import LISTS

REGISTERED = (EVENTS, DECISIONS, LISTS, MATERIALS, NOTES)
MOST_UNDOABLE = 20  # on the desk; after a batch, earlier ones are taken back from their story's page


def is_open_to(user: Any) -> bool:
    """Whether this person ever decides about stories: heads, deputies, and the Sở's second readers."""
    if scope(user, APPROVE):
        return True
    return bool(scope(user, SECOND_READ)) and ReviewRoute.objects.filter(second_reading=True).exists()


def waiting(user: Any) -> tuple[list[Waiting], list[Waiting]]:
    """Returns stories this person decides about now, and stories of their units that somebody else holds.

    Stories sent again after a return come first, then the longest waiting.
    """
    reach = STORIES.within_reach(user).select_related("review_revision__created_by")
    found = STORIES.list_waiting(reach.order_by("submitted_at", "pk"), by=user)
    again = _sent_again([one.record for one in found])
    found = [replace(one, is_sent_again=one.record.pk in again) for one in found]
    mine, others = [], []
    for one in sorted(found, key=lambda one: not one.is_sent_again):
        (mine if one.holding.turn_of(user) else others).append(one)
    return mine, others


def waiting_one(user: Any, pk: int) -> Article | None:
    """Returns the story if it is among those of `waiting`, else None."""
    return STORIES.within_reach(user).filter(pk=pk).first()


def _in_turn(user: Any) -> list[int]:
    """Returns ids of the stories this person decides about now, longest waiting first; loads no text."""
    fields = ("status", "submitted_at", "department__kind", "review_revision__editor_ids")
    held = STORIES.holdings(STORIES.within_reach(user).only(*fields), by=user)
    mine = [(one.since, pk) for pk, one in held.items() if one.turn_of(user)]
    return [pk for _since, pk in sorted(mine)]


def count_waiting(user: Any) -> int:
    """Returns how many stories this person decides about now; loads no text."""
    return len(_in_turn(user))


def longest_waiting(user: Any, most: int) -> tuple[list[Waiting], int]:
    """Returns the first `most` stories this person decides about now, longest waiting first, and how many
    there are.
    """
    mine = _in_turn(user)
    rows = STORIES.rows().filter(pk__in=mine[:most]).select_related("review_revision__created_by")
    found = STORIES.list_waiting(rows, by=user)
    again = _sent_again([one.record for one in found])
    found = [replace(one, is_sent_again=one.record.pk in again) for one in found]
    return sorted(found, key=lambda one: (one.holding.since, one.record.pk)), len(mine)


def records_waiting(user: Any) -> list[Waiting]:
    """Returns events and commendation decisions this person decides about now, longest waiting first."""
    found = [one for kind in REGISTERED for one in kind.in_turn_of(user)]
    return sorted(found, key=lambda one: one.holding.since)


def count_records(user: Any) -> int:
    """Returns how many events and commendation decisions this person decides about now."""
    return len(records_waiting(user))


def _sent_again(stories: list[Article]) -> set[int]:
    """Returns ids of stories returned since their last approval that wait in a newer revision."""
    returned = ReviewDecision.objects.filter(verdict=Verdict.RETURNED, revision__article__in=stories)
    numbers = dict(returned.order_by("pk").values_list("revision__article", "revision__number"))
    approved = ReviewDecision.objects.filter(verdict=Verdict.APPROVED, revision__article__in=stories)
    last = dict(approved.order_by("pk").values_list("revision__article", "revision__number"))
    return {
        story.pk
        for story in stories
        if last.get(story.pk, 0) < numbers.get(story.pk, 0) < story.review_revision.number
    }


def scheduled(user: Any) -> QuerySet[Release]:
    """Returns waiting releases in the units this person decides for, next first."""
    reach = schedule.waiting().filter(decision__revision__article__department__in=scope(user, APPROVE))
    return reach.select_related("decision__decided_by", "decision__revision__article__department")


def still_to_take_back(user: Any, most: int = MOST_UNDOABLE) -> list[ReviewDecision]:
    """Returns this person's own decisions that may still be taken back, the newest `most`, newest first."""
    since = timezone.now() - datetime.timedelta(minutes=UNDO_MINUTES)
    later = ReviewDecision.objects.filter(
        revision__article=OuterRef("revision__article"), pk__gt=OuterRef("pk")
    )
    never = (Verdict.TAKEN_BACK, Verdict.IMPORTED)
    decided = (Status.APPROVED, Status.RETURNED, Status.SECOND_READING)
    mine = ReviewDecision.objects.filter(
        ~Exists(later), decided_by=user, decided_at__gt=since, revision__article__status__in=decided
    )
    return list(mine.exclude(verdict__in=never).select_related("revision__article").order_by("-pk")[:most])
