"""Who decides about the work of a unit on a day, in which order: the one list of ranks.

The head of the unit or whoever stands in for the head, then its deputies, then the same of the unit
above, and so on up the approval line.
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
    """People who decide with equal right. `level` counts units up; a successor stands where its unit stood.

    Whoever stands in for an absent head comes before the head, who keeps the right.
    """

    level: int
    are_deputies: bool
    positions: tuple[Position, ...]


class DecidingLine:
    """The ranks over given units on one day; one query and the approval line's, however many units."""

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
        """Nearest first, without the accounts in `barred` and without ranks nobody is left in."""
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
