"""Who holds what waits for a decision, in what capacity, and who comes next and when; any subject.

The head of the unit (or whoever stands in for the head) decides first. When the time to answer is
over the deputies may, and after the time of grace the unit above; where a rank is empty, or its
people had a hand in the work, the next one holds it at once. Time never approves anything.
"""

import datetime
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from departments.access import words_of
from departments.deciding import DecidingLine, Rank
from departments.lineage import ApprovalLine
from departments.models import Position
from departments.working_time import WorkingTime
from foundation.language.dates import format_date


@dataclass(frozen=True)
class Turn:
    """People who may decide from a moment on; `note` says why it is theirs, for the capacity."""

    positions: tuple[Position, ...]
    opens_at: datetime.datetime
    note: str = ""


@dataclass(frozen=True)
class Holding:
    """All turns of one thing that waits since a moment, the first one open already."""

    turns: tuple[Turn, ...]
    since: datetime.datetime
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

    def capacity(self, user: Any, permission: str, unit: int | None) -> str:
        """In what capacity the person decides today, with why it is, or is not, their turn."""
        found = self.turn_of(user)
        if found is None:
            return words_of(user, permission, unit, "trước lượt")
        position, turn = found
        return words_of(user, permission, unit, turn.note, position=position)

    def whose_turn(self, user: Any, noun: str) -> str:
        """Who decides now about this `noun` (“bài”), and when this person may, in one or two sentences."""
        holder, what = self.holder, f"{capfirst(noun)} này"
        now = f"{what} {holder.person} ({holder.title}) đang giữ" if holder else f"{what} chưa ai giữ"
        mine = [t for t in self.turns if any(p.person.user_id == user.pk for p in t.positions)]
        if not mine:
            return f"{now}; chưa đến lượt bạn quyết định."
        at = timezone.localtime(mine[0].opens_at)
        return f"{now}; nếu chưa trả lời, bạn quyết định được từ {at:%H:%M}, {format_date(at, 'so')}."


class HoldingReader:
    """What the holdings of several waiting things have in common; three queries, however many there are.

    `since` is the earliest moment one of them was submitted, `line` today's approval line if it is at hand.
    """

    def __init__(self, units: Iterable[int], since: datetime.datetime, line: ApprovalLine | None = None):
        self.now = timezone.now()
        self.time = WorkingTime(timezone.localdate(since))
        self.line = DecidingLine(units, line=line)

    def holding(
        self, unit: int, since: datetime.datetime, barred: Set[int], hours: tuple[int, int]
    ) -> Holding:
        """Who holds a thing of the unit that waits since a moment, without the accounts in `barred`.

        `hours` are the working hours to answer, and those of grace after them.
        """
        reply, grace = hours
        due_at = self.time.after(since, reply)
        turns = self._turns(self.line.ranks(unit, barred), since, due_at, grace)
        return Holding(tuple(turns), since, due_at, self.now)

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


def _note(rank: Rank, *, is_first: bool) -> str:
    if not is_first:
        return "quá hạn trả lời"
    return "thay người đứng đầu" if rank.are_deputies else ""
