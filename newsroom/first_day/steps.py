"""The steps of the first day. Each does its part once: what is there already is left as it is."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.role_table import write_roles
from accounts.roles import Role
from approvals.auditing import audit_act
from articles.models import Section
from departments.enums import DepartmentKind
from departments.models import DayOff as Holiday
from departments.models import Department, Person, Position, SchoolYear
from departments.naming import put_in_force
from foundation.language.school_years import school_year_on
from foundation.pagestore.announcing import announce
from identity.models import SiteIdentity
from newsroom.about import office

CODE = "SGD"
SECTIONS = (
    ("tin-nganh", "Tin ngành", "Hoạt động của Sở, trường học và trung tâm trên địa bàn tỉnh.", False),
    ("chi-dao-dieu-hanh", "Chỉ đạo, điều hành", "Hướng dẫn, thông báo, lịch công tác của Sở.", False),
    ("day-va-hoc", "Dạy và học", "Đổi mới, sáng tạo ở lớp học, thư viện, phòng thí nghiệm.", True),
    ("guong-sang", "Gương sáng", "Người tốt việc tốt trong nhà trường.", True),
)


class DayOff(NamedTuple):
    """Days on which the offices are closed."""

    name: str
    first: datetime.date
    last: datetime.date


@transaction.atomic
def say_identity(row: SiteIdentity) -> None:
    """Save whose site it is; a new record begins today."""
    row.save()
    announce(row)


@transaction.atomic
def open_office(name: str, short_name: str, since: datetime.date) -> tuple[Department, bool]:
    """Return the Sở, and whether it was made now."""
    if known := office():
        return known, False
    words = {"name": name, "short_name": short_name, "slug": CODE.lower(), "valid_from": since}
    made = Department.objects.create(kind=DepartmentKind.PROVINCE_OFFICE, code=CODE, **words)
    put_in_force(made)
    return made, True


@transaction.atomic
def appoint_administrator(unit: Department, *, full_name: str, username: str, email: str) -> User:
    """Make the account, without a password, and the position that gives it the role from today."""
    write_roles()  # a position gives nothing before its role has permissions
    user = User(username=username, full_name=full_name, email=email, is_staff=True)
    user.set_unusable_password()
    user.save()
    person = Person.objects.create(full_name=full_name, user=user)
    today = timezone.localdate()
    held = Position.objects.create(
        person=person, department=unit, title="Quản trị viên", role=Role.ADMINISTRATOR, valid_from=today
    )
    announce(person, held)
    audit_act("Lập quản trị viên đầu tiên khi dựng trang", None, about=user)
    return user


@transaction.atomic
def make_sections() -> int:
    """Make the proposed sections where there are none; returns how many."""
    if Section.objects.exists():
        return 0
    for order, (slug, name, description, on_front_page) in enumerate(SECTIONS, 1):
        words = {"description": description, "on_front_page": on_front_page, "order": order * 10}
        Section.objects.create(slug=slug, name=name, **words)
    announce(Section)
    return len(SECTIONS)


@transaction.atomic
def make_school_year(first_year: int | None = None) -> SchoolYear | None:
    """Make a school year, by default today's, from September to August; None where it is there."""
    year = school_year_on(timezone.localdate()) if first_year is None else first_year
    days = {"starts_on": datetime.date(year, 9, 1), "ends_on": datetime.date(year + 1, 8, 31)}
    made, is_new = SchoolYear.objects.get_or_create(first_year=year, defaults=days)
    if is_new:
        announce(made)
    return made if is_new else None


def fixed_days_off(first_year: int) -> list[DayOff]:
    """Return the holidays of a school year that fall on the same day each year.

    Tết and Giỗ Tổ follow the moon, and the government announces them each year: somebody writes them.
    """
    begin, end = first_year, first_year + 1
    return [
        DayOff("Quốc khánh", datetime.date(begin, 9, 1), datetime.date(begin, 9, 2)),
        DayOff("Tết Dương lịch", datetime.date(end, 1, 1), datetime.date(end, 1, 1)),
        DayOff("Ngày Chiến thắng, Quốc tế Lao động", datetime.date(end, 4, 30), datetime.date(end, 5, 1)),
    ]


@transaction.atomic
def make_days_off(days: Iterable[DayOff]) -> int:
    """Write the days off that are not there; returns how many."""
    known = set(Holiday.objects.values_list("first", "last"))
    new = [day for day in days if (day.first, day.last) not in known]
    Holiday.objects.bulk_create(Holiday(**day._asdict()) for day in new)
    return len(new)


def words_of(row: SiteIdentity) -> dict[str, Any]:
    """Return what the Sở is called, as `open_office` takes it."""
    return {"name": row.organization, "short_name": row.organization_short}
