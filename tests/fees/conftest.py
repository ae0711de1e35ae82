"""A site that pays: the province's office, a school below it, and everybody who has a part in a month."""

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import Role
from articles.models import PublishedArticle
from departments.enums import DepartmentKind
from fees.models import FeeMonth, FeeRate, Payee, Payer
from tests.factories.articles import make_article
from tests.factories.departments import make_department, make_user
from tests.factories.fees import make_month, make_payer


@dataclass
class House:
    """Who is here, and the payer."""

    office: Any
    school: Any
    people: dict[str, Any]
    payer: Payer
    rate: FeeRate
    stories: list[Any] = field(default_factory=list)

    def publish(self, day: datetime.date, *, by: str = "ctv", **words: Any) -> Any:
        """A story of the school that readers have seen since noon of the day."""
        story = make_article("approved", self.people[by], self.people["truong"], **words)
        moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
        PublishedArticle.objects.filter(pk=story.pk).update(published_at=moment)
        self.stories.append(story)
        return story

    def month(self, first: datetime.date, paid_on: datetime.date | None = None) -> FeeMonth:
        return make_month(self.payer, first, paid_on)

    def payee(self, name: str = "ctv") -> Payee:
        return Payee.objects.get(person=self.people[name].person)


@pytest.fixture
def house(db):
    office = make_department("Sở GD&ĐT Đắk Lắk", DepartmentKind.PROVINCE_OFFICE)
    school = make_department("Trường THPT Chu Văn An", parent=office)
    parts = {
        "ctv": (Role.COLLABORATOR, school, "Nguyễn Thị Lan"),
        "truong": (Role.HEAD, school, "Trần Văn Minh"),
        "tren": (Role.HEAD, office, "Lê Thị Giám Đốc"),
        "thuky": (Role.MANAGING_EDITOR, office, "Đặng Thị Hương"),
        "ketoan": (Role.ACCOUNTANT, office, "Phạm Thị Kế"),
        "kiemtra": (Role.AUDITOR, office, "Bùi Thanh Sơn"),
        "quantri": (Role.ADMINISTRATOR, office, "Hoàng Minh Đức"),
        "thidua": (Role.REGISTRAR, office, "Võ Ngọc Hà"),
    }
    people = {name: make_user(name, role, unit, full_name=full) for name, (role, unit, full) in parts.items()}
    payer = make_payer(office)
    return House(office, school, people, payer, FeeRate.objects.get(genre="Tin"))
