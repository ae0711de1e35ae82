"""Units, people, accounts and positions for tests; every word has a plausible default."""

import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from departments.delegating import prepare
from departments.delegating import start_delegation as put_delegation_in_force
from departments.enums import DepartmentKind, RelationKind
from departments.models import (
    Department,
    DepartmentName,
    DepartmentRelation,
    Person,
    Position,
    SchoolYear,
)
from departments.naming import put_in_force
from foundation.language.vietnamese import slug as slug_of
from staff.models import KnownAdministrator

PASSWORD = "mat-khau-thu-nghiem-2026"
LONG_AGO = datetime.date(2000, 1, 1)

_number = count(1)

TITLES = {
    Role.COLLABORATOR: "Giáo viên, cộng tác viên",
    Role.HEAD: "Hiệu trưởng",
    Role.DESK_EDITOR: "Biên tập viên",
    Role.MANAGING_EDITOR: "Thư ký tòa soạn",
    Role.REGISTRAR: "Văn thư",
    Role.ACCOUNTANT: "Kế toán trưởng",
    Role.ADMINISTRATOR: "Quản trị viên",
    Role.AUDITOR: "Thanh tra viên",
}


def make_department(
    name: str = "Trường THPT Chu Văn An",
    kind: str = DepartmentKind.HIGH_SCHOOL,
    parent: Department | None = None,
    *,
    short_name: str = "",
    slug: str = "",
    valid_from: datetime.date = LONG_AGO,
    valid_until: datetime.date | None = None,
    **fields: Any,
) -> Department:
    """A unit with its one name; with `parent`, owned and guided by it as long as it exists."""
    slug = slug or slug_of(name)
    if Department.objects.filter(slug=slug).exists():
        slug = f"{slug}-{next(_number)}"
    dates = {"valid_from": valid_from, "valid_until": valid_until}
    department = Department.objects.create(
        name=name,
        kind=kind,
        short_name=short_name,
        slug=slug,
        code=fields.pop("code", f"DV{next(_number):04}"),
        **dates,
        **fields,
    )
    DepartmentName.objects.create(department=department, name=name, short_name=short_name, slug=slug, **dates)
    if parent:
        for relation in (RelationKind.ADMINISTRATIVE, RelationKind.PROFESSIONAL):
            make_relation(department, relation, parent, **dates)
    return department


def make_relation(
    department: Department, kind: str, related: Department, **fields: Any
) -> DepartmentRelation:
    fields.setdefault("valid_from", LONG_AGO)
    return DepartmentRelation.objects.create(department=department, kind=kind, related=related, **fields)


def make_person(full_name: str = "Nguyễn Thị Lan", **fields: Any) -> Person:
    return Person.objects.create(full_name=full_name, **fields)


def make_position(
    person: Person | None = None,
    department: Department | None = None,
    role: str = "",
    *,
    title: str = "",
    valid_from: datetime.date = LONG_AGO,
    valid_until: datetime.date | None = None,
    **fields: Any,
) -> Position:
    return Position.objects.create(
        person=person or make_person(),
        department=department or make_department(),
        role=role,
        title=title or TITLES.get(role, "Giáo viên"),
        valid_from=valid_from,
        valid_until=valid_until,
        **fields,
    )


def make_user(
    username: str = "",
    role: str | None = None,
    department: Department | None = None,
    *,
    full_name: str = "Nguyễn Thị Lan",
    title: str = "",
    valid_from: datetime.date = LONG_AGO,
    valid_until: datetime.date | None = None,
    **fields: Any,
) -> User:
    """An account with its person and, if a role is given, one position. Its password is PASSWORD.

    An administrator has been one for long (`staff.administrators`).
    """
    username = username or f"nguoi{next(_number)}"
    user = User.objects.create_user(
        username=username,
        password=fields.pop("password", PASSWORD),
        full_name=full_name,
        email=fields.pop("email", f"{username}@vidu.example"),
        is_staff=fields.pop("is_staff", True),
        **fields,
    )
    person = make_person(full_name, user=user)
    if role:
        make_position(person, department, role, title=title, valid_from=valid_from, valid_until=valid_until)
    if role == Role.ADMINISTRATOR:
        KnownAdministrator.objects.create(user=user, since=timezone.now() - timezone.timedelta(days=365))
    return user


def make_school_year(first_year: int = 2025) -> SchoolYear:
    dates = {
        "starts_on": datetime.date(first_year, 9, 1),
        "ends_on": datetime.date(first_year + 1, 8, 31),
    }
    return SchoolYear.objects.get_or_create(first_year=first_year, defaults=dates)[0]


def rename(
    department: Department, name: str, day: datetime.date, *, short_name: str = "", document: str = ""
) -> DepartmentName:
    """Call the unit `name` from `day` on, as the office enters it: the old name ends the day before."""
    open_name = department.names.filter(valid_until=None).first()
    if open_name:
        open_name.valid_until = day - datetime.timedelta(days=1)
        open_name.save()
    new = DepartmentName(
        department=department, name=name, short_name=short_name, valid_from=day, document=document
    )
    new.full_clean()
    new.save()
    put_in_force(department)
    return new


def delegate(
    headship: Position, to: Person, first: datetime.date, last: datetime.date, **words: str
) -> Position:
    """Lend the role of `headship` to a person of the unit, as the form does."""
    return put_delegation_in_force(prepare(headship, to, first, last, **words))
