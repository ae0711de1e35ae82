"""The people of a unit that closes: their positions end with it, or go on in the unit that follows; told."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from departments.models import Department, Position
from departments.querysets import on_day
from foundation.language.dates import format_date
from foundation.pagestore.announcing import announce
from inbox.telling import tell
from reform.planning import Closing, Plan

LEADERS = (Role.HEAD, Role.DEPUTY)


@dataclass(frozen=True)
class Farewell:
    """A position that ends with its unit; `goes_to` is where the person goes on with title and role."""

    position: Position
    unit: Department
    goes_to: Department | None = None

    @property
    def leads(self) -> bool:
        return self.position.role in LEADERS

    @property
    def words(self) -> str:
        """What happens to the person, as a sentence for them."""
        post, until = self.position, format_date(self.position.valid_until or datetime.date.max, "so")
        ended = f"Chức danh {post.title}, {self.unit} kết thúc sau ngày {until}"
        if self.goes_to is None:
            return f"{ended}."
        return f"{ended}; từ hôm sau bạn là {post.title}, {self.goes_to}."


def move_people(closing: Closing, plan: Plan) -> list[Farewell]:
    """End the running positions of a unit that closes and begin those that go on. Delegations end.

    Who leads goes on leading only where nothing else can be meant: one unit alone turns into another that has
    no head. Otherwise leading is a new appointment.
    """
    held = Position.objects.filter(department=closing.unit, stands_in_for=None, valid_from__lte=plan.last)
    held = held.filter(Q(valid_until=None) | Q(valid_until__gte=plan.day))
    posts = list(held.select_related("person__user").order_by("order", "pk"))
    target = _target(closing)
    keeps_leaders = target is not None and _alone(closing, target, plan)
    farewells, begun = [], []
    for post in posts:
        until, post.valid_until = post.valid_until, plan.last
        goes_to = target if post.role not in LEADERS or keeps_leaders else None
        if goes_to is not None and (row := _going_on(post, goes_to, plan, until, closing.document)):
            begun.append(row)
        else:
            goes_to = None
        farewells.append(Farewell(post, closing.unit, goes_to))
    Position.objects.bulk_update(posts, ["valid_until"])
    Position.objects.bulk_create(begun)
    announce(Position)
    return farewells


def _target(closing: Closing) -> Department | None:
    """Return the unit where the people go; without a word of it, a merged unit's people go along."""
    followers = [unit for unit, _ in closing.successors.values()]
    goes = closing.moves_people is not False and (closing.moves_people or closing.is_merged)
    return followers[0] if goes and len(followers) == 1 else None


def _alone(closing: Closing, target: Department, plan: Plan) -> bool:
    others = [one for one in plan.closings.values() if one is not closing and _target(one) is target]
    heads = Position.objects.filter(on_day(plan.day), department=target, role=Role.HEAD)
    return not others and not heads.exists()


def _going_on(
    post: Position, target: Department, plan: Plan, until: datetime.date | None, document: str
) -> Position | None:
    """Return the same position in the unit that follows; None where the person has it there already."""
    row = Position(person=post.person, department=target, title=post.title, role=post.role, order=post.order)
    row.valid_from, row.valid_until, row.document = plan.day, until, document
    try:
        row.check_unit()
        row.clean()
    except ValidationError:
        return None
    return row


def tell_people(farewells: list[Farewell], day: datetime.date) -> None:
    """Tell everybody whose position ends."""
    for farewell in farewells:
        user: User | None = farewell.position.person.user
        if user is None:
            continue
        tell(
            [user],
            "unit_closed",
            "Đơn vị được sắp xếp lại",
            about=str(farewell.unit),
            words=farewell.words,
            address=reverse("admin:index"),
            once=f"reform:{farewell.position.pk}:{day:%Y%m%d}",
        )
