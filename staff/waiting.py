"""What waits with a person, and who decides for a unit without them: told before somebody leaves."""

import datetime
from dataclasses import dataclass

from accounts.roles import Role
from articles.enums import Status
from articles.models import Article
from articles.office.queue import count_records, count_waiting
from departments.deciding import DecidingLine
from departments.models import Department, Person, Position


@dataclass(frozen=True)
class Waits:
    """How much waits with one person; titles are not told, because administrators do not read drafts."""

    drafts: int = 0
    stories: int = 0
    records: int = 0

    @property
    def words(self) -> str:
        """In one sentence; empty if nothing waits."""
        parts = [
            f"{self.drafts} bài viết dở hoặc bị trả lại" if self.drafts else "",
            f"{self.stories} bài đến lượt duyệt" if self.stories else "",
            f"{self.records} sự kiện, quyết định khen thưởng đến lượt duyệt" if self.records else "",
        ]
        told = "; ".join(filter(None, parts))
        return f"Đang chờ: {told}." if told else ""


def what_waits(person: Person) -> Waits:
    """Return how many drafts the person left and how many records wait for their decision now."""
    user = person.user
    if user is None or not user.is_active:
        return Waits()
    unfinished = (Status.DRAFTING, Status.RETURNED)
    drafts = Article.objects.filter(created_by=user, status__in=unfinished, binned_at=None).count()
    return Waits(drafts, count_waiting(user), count_records(user))


@dataclass(frozen=True)
class Gap:
    """A unit whose head goes. `deciders` decide there afterwards; `above` do if there are none."""

    unit: Department
    deciders: tuple[Position, ...]
    above: tuple[Position, ...]


def gaps_after(person: Person, headships: list[Position], day: datetime.date) -> list[Gap]:
    """Return, for each unit that the person heads, who decides there from that day on without them."""
    line = DecidingLine([post.department_id for post in headships], day)
    barred = frozenset({person.user_id} if person.user_id else ())
    found = []
    for post in headships:
        ranks = line.ranks(post.department_id, barred)
        inside = tuple(row for rank in ranks if rank.level == 0 for row in rank.positions)
        above = tuple(row for rank in ranks if rank.level > 0 for row in rank.positions)
        # A delegate of the head who goes loses the delegation with the head.
        inside = tuple(row for row in inside if row.stands_in_for_id is None)
        found.append(Gap(post.department, inside, above[:1]))
    return found


def headships_of(positions: list[Position]) -> list[Position]:
    """Return the positions that head a unit."""
    return [post for post in positions if post.role == Role.HEAD]
