"""What a person may do and where, from the positions they have on a day. All permission checks use it.

Three queries answer every question about one person and day: positions, permissions of their roles, the
approval line. The result is cached on the user object, which lives as long as the request.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from departments.lineage import ApprovalLine
from departments.models import Department, Position
from departments.querysets import in_force

ADMINISTER = "accounts.change_user"  # the permission of whoever administers accounts


class Rights:
    """One person's positions on one day, and the permissions they give."""

    def __init__(self, user: User, day: datetime.date):
        held = Position.objects.filter(in_force(day), person__user_id=user.pk).exclude(role="")
        self.positions = list(held.select_related("department", "stands_in_for__person"))
        self.day = day
        self._scopes: dict[str, set[int]] = {}
        self.answers: dict[Any, Any] = {}  # what other rooms asked for this person, as long as it holds

    @cached_property
    def permissions(self) -> dict[str, set[str]]:
        """The permissions of each role, as `manage.py sync_roles` stored them."""
        roles = {position.role for position in self.positions}
        granted = defaultdict(set)
        if roles:
            rows = Permission.objects.filter(group__name__in=roles).order_by()
            for role, app, codename in rows.values_list("group__name", "content_type__app_label", "codename"):
                granted[role].add(f"{app}.{codename}")
        return granted

    @cached_property
    def line(self) -> ApprovalLine:
        return ApprovalLine(self.day)

    def granting(self, perm: str) -> list[Position]:
        """Return the positions that give `perm`."""
        return [position for position in self.positions if perm in self.permissions[position.role]]

    def anywhere(self) -> set[str]:
        """Return every permission that a position gives, in whatever unit."""
        return {perm for position in self.positions for perm in self.permissions[position.role]}

    def at(self, department_id: int) -> set[str]:
        """Return the permissions over one unit's work: from positions in it and in the units above it."""
        if not self.positions:
            return set()
        over = self.line.over(department_id)
        there = [position for position in self.positions if position.department_id in over]
        return {perm for position in there for perm in self.permissions[position.role]}

    def scope(self, perm: str) -> set[int]:
        """Return the ids of the units over whose work the person has `perm`."""
        if perm not in self._scopes:
            units = [position.department_id for position in self.granting(perm)]
            self._scopes[perm] = self.line.under(units) if units else set()
        return self._scopes[perm]


def rights(user: Any, day: datetime.date | None = None) -> Rights | None:
    """Return the person's rights on a day, by default today; None for anonymous and inactive users."""
    if not user.is_authenticated or not user.is_active:
        return None
    day = day or timezone.localdate()
    if user.rights_read is None:
        user.rights_read = {}
    if day not in user.rights_read:
        user.rights_read[day] = Rights(user, day)
    return user.rights_read[day]


def scope(user: Any, perm: str, day: datetime.date | None = None) -> set[int]:
    """Return the ids of the units over whose work the person has `perm`; all units for a superuser."""
    held = rights(user, day)
    if held is None:
        return set()
    if user.is_superuser:
        return set(Department.objects.values_list("pk", flat=True))
    return set(held.scope(perm))


def own_departments(user: Any, day: datetime.date | None = None) -> set[int]:
    """Return the ids of the units where the person has a position with a role, without units below them."""
    held = rights(user, day)
    return {position.department_id for position in held.positions} if held else set()


def granting_position(
    user: Any, perm: str, department_id: int | None, day: datetime.date | None = None
) -> Position | None:
    """Return the position that gives the person `perm` over the unit's work, the nearest unit's first."""
    held = rights(user, day)
    if held is None or department_id is None:
        return None
    positions = held.granting(perm)
    if not positions:
        return None
    levels = held.line.over(department_id)
    near = [position for position in positions if position.department_id in levels]
    order = {unit: place for place, unit in enumerate(levels)}
    return min(near, key=lambda position: (order[position.department_id], position.order), default=None)


def capacity(user: Any, perm: str, record: Any) -> str:
    """Return in what capacity the person acts on the record today: “Hiệu trưởng, Trường THPT Chu Văn An”."""
    return words_of(user, perm, owner_id(record))


def words_of(
    user: Any, perm: str, unit: int | None, note: str = "", *, position: Position | None = None
) -> str:
    """Return the capacity in words, from `position` or the nearest one that gives `perm` over the unit.

    `note` is appended in brackets. Empty when no position gives the permission.
    """
    position = position or granting_position(user, perm, unit)
    if position is None:
        return "Quản trị hệ thống" if user.is_active and user.is_superuser else ""
    notes = []
    if position.stands_in_for:
        notes.append(f"theo ủy quyền của {position.stands_in_for.person}")
    held = rights(user)
    if held and unit and position.department_id != unit:
        level = held.line.over(unit)[position.department_id]
        notes.append("đơn vị cấp trên" if level else "đơn vị kế thừa")
    notes += [note] if note else []
    words = f"{position.title}, {position.department.name}"
    return f"{words} ({'; '.join(notes)})" if notes else words


def people_who_may(perm: str, department_id: int, day: datetime.date | None = None) -> QuerySet[User]:
    """Return the active accounts that have `perm` over the unit's work on a day."""
    day = day or timezone.localdate()
    positions = Position.objects.filter(
        in_force(day), department__in=ApprovalLine(day).over(department_id), role__in=_roles_with(perm)
    )
    return User.objects.filter(is_active=True, person__positions__in=positions).distinct()


def holders_over(
    department_ids: Iterable[int], perms: Collection[str], day: datetime.date, line: ApprovalLine
) -> dict[int, list[tuple[Position, set[str]]]]:
    """Return, by unit, the positions with an active account that have one of `perms` over its work on the
    day, nearest first, each with those it has. Makes two queries; `line` is the day's.
    """
    granted: dict[str, set[str]] = defaultdict(set)
    held_by = Group.objects.filter(permissions__codename__in=[perm.split(".")[1] for perm in perms])
    rows = held_by.values_list("name", "permissions__content_type__app_label", "permissions__codename")
    for role, app, codename in rows:
        granted[role] |= {f"{app}.{codename}"} & set(perms)
    posts: dict[int, list[Position]] = defaultdict(list)
    held = Position.objects.filter(in_force(day), role__in=granted, person__user__is_active=True)
    for post in held.select_related("person", "department").order_by("order", "pk"):
        posts[post.department_id].append(post)
    return {
        unit: [(post, granted[post.role]) for above in line.over(unit) for post in posts.get(above, ())]
        for unit in department_ids
    }


def people_who_may_anywhere(perm: str, day: datetime.date | None = None) -> QuerySet[User]:
    """Return the active accounts to whom a position of any unit gives `perm` on a day."""
    held = Position.objects.filter(in_force(day or timezone.localdate()), role__in=_roles_with(perm))
    return User.objects.filter(is_active=True, person__positions__in=held).distinct()


def _roles_with(perm: str) -> QuerySet:
    app, codename = perm.split(".")
    roles = Group.objects.filter(permissions__content_type__app_label=app, permissions__codename=codename)
    return roles.values("name")


def administrators(day: datetime.date | None = None) -> QuerySet[User]:
    """Return the active accounts that administer accounts on a day: told of trouble, asked to confirm."""
    who = Q(pk__in=people_who_may_anywhere(ADMINISTER, day)) | Q(is_superuser=True)
    return User.objects.filter(who, is_active=True)


def owner_id(record: Any) -> int | None:
    """Return the id of the unit that owns the record; None if records of this kind belong to no unit."""
    field = getattr(record, "owner_field", None)
    return getattr(record, field) if field else None


def owner(record: Any) -> Department:
    """Return the unit that owns the record; the model must have `owner_field`."""
    return getattr(record, record.owner_field.removesuffix("_id"))
