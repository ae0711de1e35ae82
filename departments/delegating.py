"""A head delegates the role while absent (ủy quyền), and takes it back."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from departments.models import Person, Position
from foundation.pagestore.announcing import announce
from inbox.telling import tell

NOT_THEIR_OWN = "Không ai duyệt được bài, sự kiện, quyết định có tay mình, kể cả khi được ủy quyền."


def own_headships(user: Any) -> QuerySet[Position]:
    """Return the positions as head that the person has today, not by delegation: what may be delegated."""
    held = Position.objects.on().filter(person__user=user, role=Role.HEAD, stands_in_for=None)
    return held.select_related("department", "person")


def possible_delegates(*headships: Position) -> QuerySet[Person]:
    """Return the people of these units who have an active account, except the heads."""
    units = [headship.department_id for headship in headships]
    posts = Position.objects.on().filter(department__in=units, stands_in_for=None)
    people = Person.objects.filter(positions__in=posts, user__is_active=True)
    return people.exclude(pk__in=[headship.person_id for headship in headships]).distinct()


@transaction.atomic
def start_delegation(lent: Position) -> Position:
    """Save a delegation made by `prepare` and tell the delegate."""
    lent.save()
    announce(lent)
    giver = lent.giver
    said = [
        f"{giver.person} ({giver.title}) ủy quyền duyệt, trả lại và gỡ bài, sự kiện, "
        f"quyết định khen thưởng {lent.period}."
    ]
    said += [f"Lý do: {lent.reason}."] if lent.reason else []
    said += [f"Căn cứ: {lent.document}."] if lent.document else []
    _tell(lent, "delegated", "Được ủy quyền", " ".join([*said, NOT_THEIR_OWN]))
    return lent


def _tell(lent: Position, kind: str, heading: str, words: str) -> None:
    about, address = str(lent.department), reverse("admin:index")
    tell([lent.person.user], kind, heading, about=about, words=words, address=address)


def prepare(
    headship: Position,
    to: Person,
    first: datetime.date,
    last: datetime.date,
    *,
    reason: str = "",
    document: str = "",
) -> Position:
    """Return a validated, unsaved delegation for the given days, both included.

    `reason` is why the head is away, `document` the number of the paper that orders it. Raises
    ValidationError, by field: days in the past or after the head's own term, a person of another unit, a
    second delegation to the same person on the same day.
    """
    if first < timezone.localdate():
        raise ValidationError({"valid_from": "Ủy quyền bắt đầu từ hôm nay hoặc một ngày sau."})
    if headship.valid_until and last > headship.valid_until:
        raise ValidationError({"valid_until": "Không thể ủy quyền quá ngày mình giữ chức danh."})
    post = (
        Position.objects.on().filter(person=to, department=headship.department_id, stands_in_for=None).first()
    )
    if post is None or not possible_delegates(headship).filter(pk=to.pk).exists():
        raise ValidationError({"person": "Chỉ ủy quyền cho người của đơn vị có tài khoản đang dùng."})
    lent = Position(
        person=to,
        department=headship.department,
        title=post.title,
        role=headship.role,
        stands_in_for=headship,
        valid_from=first,
        valid_until=last,
        reason=reason,
        document=document,
    )
    lent.full_clean()
    return lent


@transaction.atomic
def take_back_delegation(lent: Position) -> None:
    """End a delegation at once and tell the delegate. The row stays as a record of what was delegated."""
    lent.ended_on = timezone.localdate()
    lent.save(update_fields=["ended_on"])
    announce(lent)
    words = f"{lent.giver.person} đã thu lại ủy quyền {lent.period}; việc lại về người đứng đầu."
    _tell(lent, "delegation_ended", "Ủy quyền đã thu lại", words)


def delegations_of(user: Any) -> QuerySet[Position]:
    """Return the person's delegations that are in force or begin later."""
    given = Position.objects.filter(stands_in_for__person__user=user, ended_on=None)
    given = given.filter(valid_until__gte=timezone.localdate())
    return given.select_related("person", "department").order_by("valid_from")


def past_delegations_of(user: Any) -> QuerySet[Position]:
    """Return the person's ended delegations, latest first; `ended_on` is set on those taken back."""
    given = Position.objects.filter(stands_in_for__person__user=user)
    over = given.filter(Q(ended_on__isnull=False) | Q(valid_until__lt=timezone.localdate()))
    return over.select_related("person", "department").order_by("-valid_from", "-pk")
