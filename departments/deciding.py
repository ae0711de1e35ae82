"""Who decides about a unit's work on a day, and in which order: the only list of ranks.

First the head of the unit or the head's delegate, then its deputies, then the same in the unit above, and so
on up the approval line.
"""

import datetime
from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.utils import timezone

from accounts.roles import Role
from departments.lineage import ApprovalLine
from departments.models import Position
from departments.querysets import in_force


@dataclass(frozen=True)
class Rank:
    """People with an equal right to decide.

    `level` is how many units above; a unit that followed a closed one has the level of the closed one.
    A delegate comes before the absent head, who keeps the right.
    """

    level: int
    are_deputies: bool
    positions: tuple[Position, ...]


class DecidingLine:
    """The ranks over the given units on one day. Makes one query, and one for the line unless it is given."""

    def __init__(
        self,
        department_ids: Iterable[int],
        day: datetime.date | None = None,
        roles: tuple[Role, ...] = (Role.HEAD, Role.DEPUTY),
        line: ApprovalLine | None = None,
    ):
        day = day or timezone.localdate()
        line = line or ApprovalLine(day)
        self._levels = {unit: line.over(unit) for unit in set(department_ids)}
        units = {unit for levels in self._levels.values() for unit in levels}
        held = Position.objects.filter(in_force(day), department__in=units)
        held = held.filter(role__in=roles, person__user__is_active=True)
        held = held.select_related("person__user", "department", "stands_in_for__person")
        self._posts: dict[int, list[Position]] = {}
        for post in sorted(held, key=lambda p: (p.stands_in_for_id is None, p.order, p.pk)):
            self._posts.setdefault(post.department_id, []).append(post)

    def ranks(self, department_id: int, barred: Set[int] = frozenset()) -> list[Rank]:
        """Return the ranks, nearest first, without the accounts in `barred` and without empty ranks."""
        levels = self._levels[department_id]
        found = []
        for level in sorted(set(levels.values())):
            posts = [p for unit, at in levels.items() if at == level for p in self._posts.get(unit, ())]
            named = set(barred)
            for are_deputies in (False, True):
                rank = [post for post in posts if (post.role == Role.DEPUTY) is are_deputies]
                rank = [post for post in rank if post.person.user_id not in named]
                if rank:
                    found.append(Rank(level, are_deputies, tuple(rank)))
                    named |= {post.person.user_id for post in rank if post.person.user_id}
        return found
