"""A Sở gives giấy khen, never bằng khen; a closed unit gives nothing."""

import datetime
import importlib

import pytest
from django.apps import apps

from awards.authority import levels_of, objection, objections
from awards.enums import IssuerLevel
from awards.law.pack import load_pack
from awards.models import AwardKind
from departments.enums import CommitteeLevel, DepartmentKind
from departments.models import Department
from tests.factories.awards import make_award_kind, make_commendation, make_decision
from tests.factories.departments import make_department

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 9, 5)
OFFICE, COMMUNAL = "Giấy khen", "Giấy khen của Chủ tịch UBND xã, phường"
PROVINCIAL, ADVANCED = "Bằng khen của Chủ tịch UBND tỉnh", "Lao động tiên tiến"


@pytest.mark.parametrize(
    ("kind", "levels"),
    [
        (DepartmentKind.PROVINCE_OFFICE, {"unit"}),
        (DepartmentKind.HIGH_SCHOOL, {"unit"}),
        (DepartmentKind.BOARDING_SCHOOL, {"unit"}),
        (DepartmentKind.OFFICE_DIVISION, set()),
        (DepartmentKind.COMMUNE_OFFICE, set()),
        (DepartmentKind.LOCALITY, set()),
        (DepartmentKind.PEOPLES_COMMITTEE, {"commune"}),  # nobody has said of which level it is
        (DepartmentKind.OTHER, {"unit", "ministry", "government"}),
    ],
)
def test_what_each_kind_of_unit_may_decide(kind, levels):
    assert levels_of(make_department(kind=kind), DAY) == levels


@pytest.mark.parametrize(
    ("level", "gives"),
    [
        (CommitteeLevel.PROVINCE, [PROVINCIAL]),
        (CommitteeLevel.DISTRICT, [OFFICE, ADVANCED]),
        (CommitteeLevel.COMMUNE, [COMMUNAL, ADVANCED]),
        ("", [COMMUNAL, ADVANCED]),
    ],
)
def test_what_the_chairman_of_each_committee_gives(level, gives):
    load_pack()
    committee = make_department("UBND", DepartmentKind.PEOPLES_COMMITTEE, committee_level=level)
    kinds = AwardKind.objects.filter(name__in=(OFFICE, COMMUNAL, PROVINCIAL, ADVANCED))
    assert [kind.name for kind in kinds if not objection(kind, committee, DAY)] == gives


def test_a_committee_whose_level_nobody_wrote_is_sent_to_who_can_write_it():
    committee = make_department("UBND tỉnh Đắk Lắk", DepartmentKind.PEOPLES_COMMITTEE)
    kind = make_award_kind(PROVINCIAL, IssuerLevel.PROVINCE)
    assert "Chưa ghi đây là ủy ban cấp nào" in objection(kind, committee, DAY)


def test_whether_the_issuer_was_there_is_asked_before_anything_else():
    closed = make_department("Phòng A", DepartmentKind.OFFICE_DIVISION, valid_until=datetime.date(2020, 1, 1))
    assert "kết thúc hoạt động" in objection(make_award_kind(), closed, DAY)


def test_committees_of_old_databases_get_their_level_by_name():
    named = {
        "Ủy ban nhân dân tỉnh Đắk Lắk": "province",
        "Uỷ ban nhân dân tỉnh Phú Yên": "province",
        "Chủ tịch UBND tỉnh Gia Lai": "province",
        "UBND TP. Buôn Ma Thuột": "",
        "UBND xã Ea Phê": "commune",
        "Ủy ban nhân dân phường Tuy Hòa": "commune",
        "Ủy ban nhân dân thị xã Buôn Hồ": "district",
        "UBND huyện Krông Pắc": "district",
        "UBND thành phố Tuy Hòa": "district",
        "UBND thành phố Đà Nẵng": "",  # a province by rank: somebody has to say so
        "Ủy ban lâm thời": "",
    }
    for name in named:
        until = datetime.date(2025, 6, 30) if "Hòa" in name or "huyện" in name or "thị xã" in name else None
        make_department(name, DepartmentKind.PEOPLES_COMMITTEE, valid_until=until)
    importlib.import_module("departments.migrations.0005_committee_level").name_levels(apps, None)
    assert dict(Department.objects.values_list("name", "committee_level")) == named


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
        "Phòng GD&ĐT huyện Krông Pắc kết thúc hoạt động ngày 30/06/2025. Ngày ghi ở đây là 01/07/2025."
    ]
