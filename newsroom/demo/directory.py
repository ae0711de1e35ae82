"""Create the units, people and accounts of the demo."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import User
from articles.models import Section
from departments.models import Department, DepartmentName, DepartmentRelation, Person, Position, SchoolYear
from departments.naming import put_in_force
from identity.models import SiteIdentity
from newsroom.demo.people import PEOPLE, Somebody
from newsroom.demo.relations import RELATIONS
from newsroom.demo.units import IDENTITY, REFORM, UNITS, Unit

SECTIONS = (
    ("tin-nganh", "Tin ngành", "Hoạt động của Sở, trường học và trung tâm trên địa bàn tỉnh.", True, False),
    (
        "chi-dao-dieu-hanh",
        "Chỉ đạo, điều hành",
        "Hướng dẫn, thông báo, lịch công tác của Sở.",
        True,
        False,
    ),
    ("day-va-hoc", "Dạy và học", "Đổi mới, sáng tạo ở lớp học, thư viện, phòng thí nghiệm.", True, True),
    ("guong-sang", "Gương sáng", "Người tốt việc tốt trong nhà trường và buôn làng.", False, True),
)


def make_identity() -> SiteIdentity:
    """Write whose site it is."""
    return SiteIdentity.objects.create(valid_from=REFORM, **IDENTITY)


def make_units() -> dict[str, Department]:
    """Create every unit with its names and relations, all validated; returns them by code."""
    units = {unit.code: _make_unit(unit) for unit in UNITS}
    for row in RELATIONS:
        relation = DepartmentRelation(
            department=units[row.unit],
            kind=row.kind,
            related=units[row.other],
            valid_from=row.since,
            valid_until=row.until,
            document=row.document,
            succession_kind=row.succession,
        )
        _checked(relation)
    return units


def _make_unit(unit: Unit) -> Department:
    facts = {"founding_document": unit.founding, "closing_document": unit.closing}
    facts |= {"former_province": unit.province, "address": unit.address, "functions": unit.functions}
    facts |= {"phone": unit.phone, "email": unit.email, "committee_level": unit.committee_level}
    department = Department.objects.create(
        kind=unit.kind,
        code=unit.code,
        slug=unit.code.lower(),
        name=unit.names[-1].name,
        short_name=unit.names[-1].short,
        valid_from=unit.since,
        valid_until=unit.until,
        **facts,
    )
    for name in unit.names:
        dates = {"valid_from": name.since or unit.since, "valid_until": name.until or unit.until}
        _checked(DepartmentName(department=department, name=name.name, short_name=name.short, **dates))
    put_in_force(department)
    return department


def make_people(units: dict[str, Department]) -> dict[str, User]:
    """Create every account and person; returns the accounts by username."""
    password = make_password(settings.DEMO_PASSWORD)  # hashed once for all: a quarter of a second each
    return {row.username: user for row in PEOPLE if (user := _make_person(row, units, password))}


def _make_person(row: Somebody, units: dict[str, Department], password: str) -> User | None:
    user = _make_account(row, password) if row.username else None
    person = Person(full_name=row.name, honorific=row.honorific, user=user)
    _checked(person)
    for order, held in enumerate(row.held, 1):
        position = Position(
            person=person,
            department=units[held.unit],
            title=held.title,
            role=held.role,
            valid_from=max(held.since, units[held.unit].valid_from),
            valid_until=held.until,
            document=held.document,
            order=order,
        )
        _checked(position)
    return user


def _make_account(row: Somebody, password: str) -> User:
    return User.objects.create(
        username=row.username,
        email=f"{row.username}@vidu.example",
        password=password,
        full_name=row.name,
        form_of_address=row.form_of_address,
        is_staff=True,
    )


def make_sections() -> dict[str, Section]:
    """Create the sections; returns them by slug."""
    made = {}
    for order, (slug, name, description, in_navigation, on_front_page) in enumerate(SECTIONS, 1):
        made[slug] = Section.objects.create(
            slug=slug,
            name=name,
            description=description,
            order=order * 10,
            in_navigation=in_navigation,
            on_front_page=on_front_page,
        )
    return made


def make_school_years(last: int) -> dict[int, SchoolYear]:
    """Create the school years until `last`, from September to the end of August; returns them by year."""
    return {
        year: SchoolYear.objects.create(
            first_year=year,
            starts_on=datetime.date(year, 9, 1),
            ends_on=datetime.date(year + 1, 8, 31),
        )
        for year in range(2015, last + 1)
    }


def _checked(row: Any) -> None:
    row.full_clean()
    row.save()
