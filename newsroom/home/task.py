"""One thing that waits for a person, and what one part of the office found of them."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from foundation.language.dates import format_near
from records.kinds import Waiting

MOST = 8  # things of one kind on the first page; of more, their list is named
BAD, WARN = "bad", "warn"


@dataclass(frozen=True)
class Task:
    """One thing: what it is, since when it waits, where it is done.

    `state` says in words how it stands (“Quá hạn trả lời”), and `tone` colours it. `act` is the button.
    """

    icon: str
    title: str
    words: str
    address: str
    act: str
    since: datetime.datetime | None = None
    state: str = ""
    tone: str = ""
    marks: tuple[str, ...] = ()

    @property
    def picture(self) -> str:
        """The template of its icon."""
        return f"_components/icons/{self.icon}.html"

    @property
    def place(self) -> tuple[bool, bool, float]:
        """Its place: what is amiss on the page first, then the longest waiting."""
        return (self.tone != BAD, self.since is None, self.since.timestamp() if self.since else 0)


@dataclass(frozen=True)
class Found:
    """The first things of one kind, how many there are, what they are called and where all are listed."""

    tasks: list[Task]
    total: int
    noun: str
    address: str


type Source = Callable[[Any], Iterable[Found]]


def task_of(waiting: Waiting, icon: str, words: str, act: str, *marks: str, address: str = "") -> Task:
    """Return a record that waits for a decision as a task; without an `address` that of its decision."""
    holding = waiting.holding
    is_late = holding.is_overdue
    due = format_near(holding.due_at, timezone.localdate(holding.now))
    return Task(
        icon,
        waiting.title or "Bài chưa có tiêu đề",
        words,
        address or waiting.address,
        act,
        since=holding.since,
        state=f"Quá hạn từ {due}" if is_late else f"Hạn {due}",
        tone=WARN if is_late else "",
        marks=marks,
    )
