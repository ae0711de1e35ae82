"""Who holds a submitted story now: the rule of turns (`records.holding`) asked about stories.

Beside it stories know a second reading by the Sở's desk, and hours by kind of unit.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings

from accounts.roles import PERMISSIONS, Role
from articles.enums import Status, Verdict
from articles.models import Article, ReviewDecision, ReviewRoute
from departments.access import owner_id, rights, words_of
from departments.deciding import DecidingLine
from departments.lineage import ApprovalLine
from records.holding import Holding, HoldingReader, Turn

SECOND_READ = "articles.second_read_article"
SECOND_READERS = tuple(role for role in Role if SECOND_READ in PERMISSIONS[role])
DECIDING = (SECOND_READ, "articles.approve_article", "articles.send_back_article")
WAITING = (Status.IN_REVIEW, Status.SECOND_READING)


def holdings(stories: Iterable[Article], line: ApprovalLine | None = None) -> dict[int, Holding]:
    """The holding of every waiting story among these; a constant number of queries.

    `department` and `review_revision` of the stories should be at hand, and today's line if it is.
    """
    waiting = [s for s in stories if s.status in WAITING and s.review_revision_id]
    if not waiting:
        return {}
    reader = _Reader(waiting, line)
    return {story.pk: reader.holding(story, story.status) for story in waiting}


def holding(story: Article, reading: str = "", *, by: Any = None) -> Holding | None:
    """Who holds this story; None when it does not wait for a decision.

    `reading` is the status it is just leaving, for the effects of the very step that decides; `by`
    the account that asks, whose knowledge of today's approval line is then used.
    """
    reading = reading or story.status
    if reading not in WAITING or not story.review_revision_id:
        return None
    known = rights(by) if by else None
    return _Reader([story], known and known.line).holding(story, reading)


def in_turn(user: Any, stories: Iterable[Article]) -> list[Article]:
    """Those of the stories about which this person may decide now."""
    stories, known = list(stories), rights(user)
    held = holdings(stories, known and known.line)
    return [s for s in stories if s.pk in held and held[s.pk].turn_of(user)]


def capacity(user: Any, permission: str, record: Any) -> str:
    """In what capacity the person acts on the story today, with why it is, or is not, their turn."""
    held = holding(record, by=user) if isinstance(record, Article) else None
    if held is None or permission not in DECIDING:
        return words_of(user, permission, owner_id(record))
    return held.capacity(user, permission, owner_id(record))


class _Reader:
    """What the holdings of several stories have in common, read once."""

    def __init__(self, stories: list[Article], line: ApprovalLine | None = None):
        self.routes = {route.kind: route for route in ReviewRoute.objects.all()}
        self.units = [story.department_id for story in stories]
        self.reader = HoldingReader(self.units, min(story.submitted_at for story in stories), line)
        self.revisions = [story.review_revision_id for story in stories]

    @cached_property
    def second_readers(self) -> DecidingLine:
        return DecidingLine(self.units, roles=SECOND_READERS)

    @cached_property
    def said(self) -> dict[int, list[ReviewDecision]]:
        """What has been decided about each waiting revision already, oldest first."""
        found: dict[int, list[ReviewDecision]] = {}
        for decision in ReviewDecision.objects.filter(revision__in=self.revisions).order_by("pk"):
            found.setdefault(decision.revision_id, []).append(decision)
        return found

    def holding(self, story: Article, reading: str) -> Holding:
        hours, barred = self._hours(story), set(story.review_revision.editor_ids)
        if reading == Status.SECOND_READING:
            return self._second(story, barred, hours[0])
        return self.reader.holding(story.department_id, story.submitted_at, barred, hours)

    def _second(self, story: Article, barred: set[int], reply: int) -> Holding:
        said = self.said.get(story.review_revision_id, [])
        since = max((d.decided_at for d in said if d.verdict == Verdict.PASSED), default=story.submitted_at)
        barred = barred | {decision.decided_by_id for decision in said}
        ranks = self.second_readers.ranks(story.department_id, barred)
        people = tuple(position for rank in ranks for position in rank.positions)
        turns = (Turn(people, since, "đọc lần hai"),) if people else ()
        return Holding(turns, since, self.reader.time.after(since, reply), self.reader.now)

    def _hours(self, story: Article) -> tuple[int, int]:
        route = self.routes.get(story.department.kind)
        if route is None:
            return settings.REPLY_HOURS, settings.GRACE_HOURS
        return route.reply_hours, route.grace_hours
