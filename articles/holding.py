"""Who holds a submitted story now, in what capacity, and who comes next and when.

The head of the unit (or whoever stands in for the head) decides first. When the time to answer is
over the deputies may, and after the time of grace the unit above; where a rank is empty, or its
people had a hand in the text, the next one holds the story at once. Time never approves anything.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.roles import PERMISSIONS, Role
from articles.enums import Status, Verdict
from articles.models import Article, ReviewDecision, ReviewRoute
from departments.access import owner_id, rights, words_of
from departments.deciding import DecidingLine, Rank
from departments.lineage import ApprovalLine
from departments.models import Position
from departments.working_time import WorkingTime

SECOND_READ = "articles.second_read_article"
SECOND_READERS = tuple(role for role in Role if SECOND_READ in PERMISSIONS[role])
DECIDING = (SECOND_READ, "articles.approve_article", "articles.send_back_article")
WAITING = (Status.IN_REVIEW, Status.SECOND_READING)


@dataclass(frozen=True)
class Turn:
    """People who may decide from a moment on; `note` says why it is theirs, for the capacity."""

    positions: tuple[Position, ...]
    opens_at: datetime.datetime
    note: str = ""


@dataclass(frozen=True)
class Holding:
    """All turns of one waiting story, the first one open already."""

    turns: tuple[Turn, ...]
    due_at: datetime.datetime
    now: datetime.datetime

    @property
    def open(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.opens_at <= self.now]

    @property
    def holder(self) -> Position | None:
        """The person to ask: whoever stands first."""
        return self.turns[0].positions[0] if self.turns else None

    @property
    def others(self) -> list[Position]:
        """Who else may decide by now."""
        return [position for turn in self.open for position in turn.positions][1:]

    @property
    def next(self) -> Turn | None:
        return next((turn for turn in self.turns if turn.opens_at > self.now), None)

    @property
    def is_overdue(self) -> bool:
        return self.due_at <= self.now

    def turn_of(self, user: Any) -> tuple[Position, Turn] | None:
        """By which position and turn this person decides now; None before their turn and for all others."""
        if user.is_active:
            for turn in self.open:
                for position in turn.positions:
                    if position.person.user_id == user.pk:
                        return position, turn
        return None


def holdings(stories: Iterable[Article], line: ApprovalLine | None = None) -> dict[int, Holding]:
    """The holding of every waiting story among these; a constant number of queries.

    `department` and `review_revision` of the stories should be at hand, and today's line if it is.
    """
    waiting = [s for s in stories if s.status in WAITING and s.review_revision_id]
    if not waiting:
        return {}
    reader = _Reader(waiting, line)
    return {story.pk: reader.holding(story, story.status) for story in waiting}


def holding(story: Article, reading: str = "") -> Holding | None:
    """Who holds this story; None when it does not wait for a decision.

    `reading` is the status it is just leaving, for the effects of the very step that decides.
    """
    reading = reading or story.status
    if reading not in WAITING or not story.review_revision_id:
        return None
    return _Reader([story]).holding(story, reading)


def in_turn(user: Any, stories: Iterable[Article]) -> list[Article]:
    """Those of the stories about which this person may decide now."""
    stories, known = list(stories), rights(user)
    held = holdings(stories, known and known.line)
    return [s for s in stories if s.pk in held and held[s.pk].turn_of(user)]


def capacity(user: Any, permission: str, record: Any) -> str:
    """In what capacity the person acts on the story today, with why it is, or is not, their turn."""
    held = holding(record) if isinstance(record, Article) else None
    if held is None or permission not in DECIDING:
        return words_of(user, permission, owner_id(record))
    found = held.turn_of(user)
    if found is None:
        return words_of(user, permission, owner_id(record), "trước lượt")
    position, turn = found
    return words_of(user, permission, owner_id(record), turn.note, position=position)


class _Reader:
    """What the holdings of several stories have in common, read once."""

    def __init__(self, stories: list[Article], line: ApprovalLine | None = None):
        self.now = timezone.now()
        self.routes = {route.kind: route for route in ReviewRoute.objects.all()}
        self.time = WorkingTime(timezone.localdate(min(story.submitted_at for story in stories)))
        units = [story.department_id for story in stories]
        self.line = DecidingLine(units, line=line)
        self.units = units
        self.revisions = [story.review_revision_id for story in stories]

    @cached_property
    def readers(self) -> DecidingLine:
        return DecidingLine(self.units, roles=SECOND_READERS)

    @cached_property
    def said(self) -> dict[int, list[ReviewDecision]]:
        """What has been decided about each waiting revision already, oldest first."""
        found: dict[int, list[ReviewDecision]] = {}
        for decision in ReviewDecision.objects.filter(revision__in=self.revisions).order_by("pk"):
            found.setdefault(decision.revision_id, []).append(decision)
        return found

    def holding(self, story: Article, reading: str) -> Holding:
        reply, grace = self._hours(story)
        barred = set(story.review_revision.editor_ids)
        if reading == Status.SECOND_READING:
            return self._second(story, barred, reply)
        due_at = self.time.after(story.submitted_at, reply)
        ranks = self.line.ranks(story.department_id, barred)
        return Holding(tuple(self._turns(ranks, story.submitted_at, due_at, grace)), due_at, self.now)

    def _second(self, story: Article, barred: set[int], reply: int) -> Holding:
        said = self.said.get(story.review_revision_id, [])
        since = max((d.decided_at for d in said if d.verdict == Verdict.PASSED), default=story.submitted_at)
        ranks = self.readers.ranks(story.department_id, barred | {d.decided_by_id for d in said})
        people = tuple(position for rank in ranks for position in rank.positions)
        turns = (Turn(people, since, "đọc lần hai"),) if people else ()
        return Holding(turns, self.time.after(since, reply), self.now)

    def _turns(self, ranks: list[Rank], since: Any, due_at: Any, grace: int) -> Iterable[Turn]:
        if not ranks:
            return
        first, seen = ranks[0], set()
        for rank in ranks:
            steps = rank.level - first.level
            if steps and rank.level in seen:  # further up, deputies only where there is no head
                continue
            seen.add(rank.level)
            opens = since if rank is first else self.time.after(due_at, steps * grace) if steps else due_at
            yield Turn(rank.positions, opens, _note(rank, is_first=rank is first))

    def _hours(self, story: Article) -> tuple[int, int]:
        route = self.routes.get(story.department.kind)
        if route is None:
            return settings.REPLY_HOURS, settings.GRACE_HOURS
        return route.reply_hours, route.grace_hours


def _note(rank: Rank, *, is_first: bool) -> str:
    if not is_first:
        return "bài quá hạn trả lời"
    return "thay người đứng đầu" if rank.are_deputies else ""
