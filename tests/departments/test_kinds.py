"""The kind of a unit, read from how the unit is called."""

from awards.authority import levels_of
from awards.enums import IssuerLevel
from departments.enums import SCHOOLS, DepartmentKind
from departments.matching import kind_called, kind_of_name, level_of_name
from departments.models import Department
from tests.factories.departments import LONG_AGO

NAMES = {
    "Trường TH-THCS Lê Lợi": "primary_and_lower",
    "Trường Tiểu học và THCS Lê Lợi": "primary_and_lower",
    "Trường THCS và THPT Đông Du": "lower_and_high",
    "Trường TH, THCS và THPT Victory": "all_levels",
    "Trường liên cấp Hoàng Việt": "all_levels",
    "Trường PTDTBT THCS Ea Sô": "semi_boarding",
    "Trường PTDTNT THPT N'Trang Lơng": "boarding_school",
    "Trường Phổ thông Dân tộc bán trú tiểu học Cư Pui": "semi_boarding",
    "Trung tâm GDTX tỉnh": "education_centre",
    "Trung tâm GDNN-GDTX Krông Pắc": "continuing_centre",
    "Trường THPT chuyên Nguyễn Du": "high_school",
    "Trường MN Hoa Mai": "kindergarten",
    "Trường Giáo dục chuyên biệt Tương Lai": "special_school",
    "UBND xã Ea Phê": "peoples_committee",
    "Nhà văn hóa": "",
}


def test_the_kind_is_read_from_the_name():
    assert {name: kind_of_name(name) for name in NAMES} == NAMES
    assert {kind_called(kind.label) for kind in DepartmentKind} == set(DepartmentKind.values)


def test_the_level_of_a_committee_is_read_where_the_name_tells_it():
    names = ("UBND tỉnh Đắk Lắk", "UBND huyện Krông Pắc", "UBND phường Tuy Hòa", "UBND thành phố Tuy Hòa")
    assert [level_of_name(name) for name in names] == ["province", "district", "commune", ""]


def test_every_kind_of_school_gives_giay_khen():
    for kind in SCHOOLS:
        school = Department(kind=kind, valid_from=LONG_AGO)
        assert levels_of(school, LONG_AGO) == {IssuerLevel.UNIT}, kind
