"""Who decides about a waiting record, in what capacity, and who is next and when.

The head of the unit (or the head's delegate) decides first. When the time to answer is over the deputies may
decide too, and after the time of grace the unit above. Where a rank is empty, or all its people worked on the
record, the next rank decides at once. Time never approves anything.
"""

import datetime
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst

from accounts.roles import Role
from departments.access import words_of
from departments.deciding import DecidingLine, Rank
from departments.lineage import ApprovalLine
from departments.models import Position
from departments.working_time import WorkingTime
from foundation.language.dates import format_date


@dataclass(frozen=True)
class Submission:
    """The facts of one waiting record, from its own room; its turns follow from these alone.

    `unit` is the id of the unit that owns it. Hours count from `since`; it was sent at `sent_at`. Accounts in
    `barred` worked on it and do not decide. `key` changes when the record is sent again. `hours` are the
    working hours to answer and of grace, by default those of the settings. `roles` decide. A text in
    `at_once` lets all their ranks decide from the start, and is the reason shown.
    """

    record: Any
    unit: int
    sent_at: datetime.datetime
    since: datetime.datetime
    barred: Set[int]
    key: str
    hours: tuple[int, int] | None = None
    roles: tuple[Role, ...] = (Role.HEAD, Role.DEPUTY)
    at_once: str = ""


@dataclass(frozen=True)
class Turn:
    """People who may decide from `opens_at` on; `note` says why, and is appended to the capacity."""

    positions: tuple[Position, ...]
    opens_at: datetime.datetime
    note: str = ""


@dataclass(frozen=True)
class Holding:
    """All turns of one waiting record; the first one is open."""

    turns: tuple[Turn, ...]
    since: datetime.datetime
    due_at: datetime.datetime
    now: datetime.datetime

    @property
    def open(self) -> list[Turn]:
        """The turns that are open now."""
        return [turn for turn in self.turns if turn.opens_at <= self.now]

    @property
    def holder(self) -> Position | None:
        """The first person of the first turn, the one to ask."""
        return self.turns[0].positions[0] if self.turns else None

    @property
    def others(self) -> list[Position]:
        """The other people who may decide now."""
        return [position for turn in self.open for position in turn.positions][1:]

    @property
    def next(self) -> Turn | None:
        """The next turn to open, if any."""
        return next((turn for turn in self.turns if turn.opens_at > self.now), None)

    @property
    def is_overdue(self) -> bool:
        """Whether the time to answer is over."""
        return self.due_at <= self.now

    def turn_of(self, user: Any) -> tuple[Position, Turn] | None:
        """Return the position and turn by which the user decides now; None if the user may not decide."""
        if user.is_active:
            for turn in self.open:
                for position in turn.positions:
                    if position.person.user_id == user.pk:
                        return position, turn
        return None

    def capacity(self, user: Any, permission: str, unit: int | None) -> str:
        """Return in what capacity the user decides, with why it is their turn or that it is not yet."""
        found = self.turn_of(user)
        if found is None:
            return words_of(user, permission, unit, "trước lượt")
        position, turn = found
        return words_of(user, permission, unit, turn.note, position=position)

    def whose_turn(self, user: Any, noun: str) -> str:
        """Return in words who decides now about this `noun` (“bài”), and from when the user may."""
        holder, what = self.holder, f"{capfirst(noun)} này"
        now = f"{what} {holder.person} ({holder.title}) đang giữ" if holder else f"{what} chưa ai giữ"
        mine = [t for t in self.turns if any(p.person.user_id == user.pk for p in t.positions)]
        if not mine:
            return f"{now}; chưa đến lượt bạn quyết định."
        at = timezone.localtime(mine[0].opens_at)
        return f"{now}; nếu chưa trả lời, bạn quyết định được từ {at:%H:%M}, {format_date(at, 'so')}."


def hold(submissions: Sequence[Submission], line: ApprovalLine | None = None) -> list[Holding]:
    """Return the holding of each submission, in the same order. The number of queries does not grow.

    `line` is today's approval line, if the caller already has it.
    """
    if not submissions:
        return []
    now = timezone.now()
    calendar = WorkingTime(timezone.localdate(min(one.since for one in submissions)))
    line = line or ApprovalLine(timezone.localdate())
    deciding = {
        roles: DecidingLine([one.unit for one in submissions if one.roles == roles], roles=roles, line=line)
        for roles in {one.roles for one in submissions}
    }
    found = []
    for one in submissions:
        reply, grace = one.hours or (settings.REPLY_HOURS, settings.GRACE_HOURS)
        due_at = calendar.after(one.since, reply)
        ranks = deciding[one.roles].ranks(one.unit, one.barred)
        if one.at_once:
            turns = _one_turn(ranks, one)
        else:
            turns = _turn_after_turn(ranks, one.since, due_at, grace, calendar)
        found.append(Holding(tuple(turns), one.since, due_at, now))
    return found


def _one_turn(ranks: list[Rank], submission: Submission) -> Iterable[Turn]:
    people = tuple(position for rank in ranks for position in rank.positions)
    return [Turn(people, submission.since, submission.at_once)] if people else []


def _turn_after_turn(
    ranks: list[Rank],
    since: datetime.datetime,
    due_at: datetime.datetime,
    grace: int,
    calendar: WorkingTime,
) -> Iterable[Turn]:
    if not ranks:
        return
    first, seen = ranks[0], set()
    for rank in ranks:
        steps = rank.level - first.level
        if steps and rank.level in seen:  # above the first level, deputies decide only where there is no head
            continue
        seen.add(rank.level)
        opens = since if rank is first else calendar.after(due_at, steps * grace) if steps else due_at
        yield Turn(rank.positions, opens, _note(rank, is_first=rank is first))


def _note(rank: Rank, *, is_first: bool) -> str:
    if not is_first:
        return "quá hạn trả lời"
    return "thay người đứng đầu" if rank.are_deputies else ""
