"""Who is told about an enrolment, in the inbox and by mail."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from departments.models import Position
from departments.querysets import in_force
from inbox.telling import tell
from training.bounds import moment
from training.models import Enrolment, InvitedUnit, Participant

KIND = "enrolment"
# Those who answer for the unit's list, and those who usually write it.
ROLES = (Role.HEAD, Role.DEPUTY, Role.COLLABORATOR)


def page_of_unit(unit: InvitedUnit) -> str:
    return reverse("admin:enrolment_unit", args=[unit.pk])


def page_of_enrolment(enrolment: Enrolment) -> str:
    return reverse("admin:enrolment_page", args=[enrolment.pk])


def people_of(units: Iterable[InvitedUnit]) -> dict[int, list[User]]:
    """Return the accounts that enrol people, by unit (of the directory). Makes two queries."""
    posts = Position.objects.filter(
        in_force(timezone.localdate()),
        department__in=[unit.department_id for unit in units],
        role__in=ROLES,
        person__user__is_active=True,
    )
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for post in posts.select_related("person__user"):
        found[post.department_id][post.person.user_id] = post.person.user
    return {unit: list(users.values()) for unit, users in found.items()}


def units_invited(enrolment: Enrolment, units: Sequence[InvitedUnit]) -> None:
    """Tell the units that they may send people."""
    people = people_of(units)
    for unit in units:
        words = f"Được cử {unit.places} người; đăng ký đến {moment(enrolment.deadline)}."
        tell(
            people.get(unit.department_id, ()),
            KIND,
            "Mời đăng ký người dự",
            about=str(enrolment.event),
            address=page_of_unit(unit),
            words=words,
            once=f"invited:{unit.pk}",
        )


def silent_units(enrolment: Enrolment) -> QuerySet[InvitedUnit]:
    """Return the invited units that have sent nobody."""
    sent = Participant.objects.standing().filter(enrolment=enrolment).order_by().values("unit")
    return enrolment.units.exclude(pk__in=sent)


def remind_silent(enrolment: Enrolment) -> int:
    """Remind the units that have sent nobody, in one go; returns how many."""
    units = list(silent_units(enrolment))
    people = people_of(units)
    for unit in units:
        tell(
            people.get(unit.department_id, ()),
            KIND,
            "Nhắc đăng ký người dự",
            about=str(enrolment.event),
            address=page_of_unit(unit),
            words=f"{unit} chưa gửi tên ai; hạn đăng ký {moment(enrolment.deadline)}.",
            urgent=True,
        )
    now = timezone.now()
    enrolment.units.filter(pk__in=[unit.pk for unit in units]).update(
        reminders=F("reminders") + 1, reminded_at=now
    )
    return len(units)


def place_found(enrolment: Enrolment, people: Sequence[Participant]) -> None:
    """Tell the units whose people came from the waiting list to a place."""
    by_unit: dict[InvitedUnit, list[str]] = defaultdict(list)
    for person in people:
        if person.unit:
            by_unit[person.unit].append(person.full_name)
    accounts = people_of(by_unit)
    for unit, names in by_unit.items():
        tell(
            accounts.get(unit.department_id, ()),
            KIND,
            "Đã có chỗ cho người đang chờ",
            about=str(enrolment.event),
            address=page_of_unit(unit),
            words=f"Nay có chỗ: {', '.join(names)}.",
            urgent=True,
        )
