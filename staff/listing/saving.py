"""Write the plan of a list of people: all lines, or none."""

from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.models.user import not_entered
from departments.models import Person, Position
from foundation.inserting.rows import insert_all
from foundation.pagestore.announcing import announce
from staff.listing.planning import Plan, Somebody


class ListRefused(Exception):
    """Nothing was saved; the message says why, in words for the person."""


def save_plan(plan: Plan, *, by: Any) -> list[User]:
    """Write accounts, people and positions; returns the new accounts. Each table is written at once.

    Raises ListRefused for a plan with errors, or when somebody has saved the same people a moment ago.
    """
    if plan.errors or not plan.steps:
        raise ListRefused("Danh sách còn chỗ cần sửa nên chưa lưu dòng nào.")
    try:
        with transaction.atomic():
            return _write(plan, by)
    except IntegrityError as clash:
        raise ListRefused("Có người vừa lưu những người này ở nơi khác. Hãy bấm Kiểm tra lần nữa.") from clash


def _write(plan: Plan, by: Any) -> list[User]:
    people = list({id(step.who): step.who for step in plan.steps}.values())
    accounts = insert_all([who.user for who in people if who.is_new_user])
    _write_people(people)
    posts = [step.post for step in plan.steps if step.post is not None]
    ended = [post for post in posts if post.pk is not None]
    for step in plan.steps:
        if step.post is not None and step.post.pk is None:
            step.post.person = step.who.person  # has its number only now
    Position.objects.bulk_update(ended, ["valid_until"])  # first: a unit has one head at a time
    insert_all([post for post in posts if post.pk is None])
    announce(Person, Position)
    _log(people, by)
    return accounts


def _write_people(people: list[Somebody]) -> None:
    for who in people:
        who.person.user = who.user
    insert_all([who.person for who in people if who.person.pk is None])
    linked = [who.person for who in people if who.is_new_user and not who.is_new_person]
    Person.objects.bulk_update(linked, ["user"])
    for who in people:
        if who.new_email:
            _correct_email(who.user, who.new_email)


def _correct_email(user: User, email: str) -> None:
    """Write the address of an account that nobody has entered; asked of the row, for they may come in now."""
    waiting = User.objects.filter(not_entered(), pk=user.pk, is_superuser=False)
    if not waiting.update(email=email):
        raise ListRefused(
            f"{user} ({user.username}) vừa vào lần đầu nên thư điện tử không đổi theo bảng. Hãy bấm Kiểm tra "
            "lần nữa."
        )
    user.email = email


def _log(people: list[Somebody], by: Any) -> None:
    log = LogEntry.objects.log_actions
    new = [who.person for who in people if who.is_new_person]
    known = [who.person for who in people if not who.is_new_person]
    log(str(by.pk), new, ADDITION, "Nhập từ danh sách.")
    log(str(by.pk), known, CHANGE, "Cập nhật từ danh sách.")
