"""A Sở gives giấy khen, never bằng khen; a closed unit gives nothing."""

import datetime

import pytest

from awards.authority import levels_of, objections
from awards.enums import IssuerLevel
from departments.enums import DepartmentKind, RelationKind
from tests.factories.awards import make_award_kind, make_commendation, make_decision
from tests.factories.departments import make_department, make_relation

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 9, 5)


@pytest.mark.parametrize(
    ("kind", "levels"),
    [
        (DepartmentKind.PROVINCE_OFFICE, {"unit"}),
        (DepartmentKind.HIGH_SCHOOL, {"unit"}),
        (DepartmentKind.BOARDING_SCHOOL, {"unit"}),
        (DepartmentKind.OFFICE_DIVISION, set()),
        (DepartmentKind.COMMUNE_OFFICE, set()),
        (DepartmentKind.LOCALITY, set()),
        (DepartmentKind.PEOPLES_COMMITTEE, {"unit", "commune", "province"}),
        (DepartmentKind.OTHER, {"unit", "ministry", "government"}),
    ],
)
def test_what_each_kind_of_unit_may_decide(kind, levels):
    assert levels_of(make_department(kind=kind), DAY) == levels


def test_a_committee_under_another_gives_no_provincial_award():
    province = make_department("UBND tỉnh Đắk Lắk", DepartmentKind.PEOPLES_COMMITTEE)
    commune = make_department("UBND xã Ea Phê", DepartmentKind.PEOPLES_COMMITTEE)
    make_relation(commune, RelationKind.ADMINISTRATIVE, province)
    assert IssuerLevel.PROVINCE in levels_of(province, DAY)
    assert levels_of(commune, DAY) == {"unit", "commune"}


def test_a_bang_khen_of_the_office_is_refused_in_words():
    decision = make_decision()
    make_commendation(decision)
    assert objections(decision) == []
    kind = make_award_kind("Bằng khen của Chủ tịch UBND tỉnh", IssuerLevel.PROVINCE)
    make_commendation(decision, award_kind=kind)
    make_commendation(decision, award_kind=kind)
    assert objections(decision) == [
        "Sở ký giấy khen, không ký bằng khen: Sở Giáo dục và Đào tạo Đắk Lắk không thể tặng "
        "“Bằng khen của Chủ tịch UBND tỉnh”. Hình thức này do Chủ tịch UBND tỉnh quyết định. "
        "Hãy chọn lại hình thức hoặc cơ quan quyết định."
    ]


def test_a_district_office_signs_nothing_after_districts_ended():
    office = make_department(
        "Phòng GD&ĐT huyện Krông Pắc", DepartmentKind.DISTRICT_OFFICE, valid_until=datetime.date(2025, 6, 30)
    )
    before = make_decision(issuer=office, signed_on=datetime.date(2025, 6, 30))
    after = make_decision(issuer=office, signed_on=datetime.date(2025, 7, 1))
    make_commendation(before)
    make_commendation(after)
    assert objections(before) == []
    assert objections(after) == [
        "Phòng GD&ĐT huyện Krông Pắc chưa thành lập hoặc đã kết thúc hoạt động vào ngày ký 01/07/2025."
    ]
