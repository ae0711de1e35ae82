"""Titles, mail hosts, units and usernames as lists have them."""

import datetime

import pytest

from accounts.roles import Role
from departments.matching import UnitNames, UnitUnknown, unit_key
from departments.models import Department
from staff.listing.usernames import free_username
from staff.listing.words import full_title, meant_host, role_of_title, role_of_word
from tests.factories.departments import make_department, make_relation, rename

TODAY = datetime.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("cell", "title", "role"),
    [
        ("HT", "Hiệu trưởng", Role.HEAD),
        ("P.HT", "Phó Hiệu trưởng", Role.DEPUTY),
        ("p. ht", "Phó Hiệu trưởng", Role.DEPUTY),
        ("PHT", "Phó Hiệu trưởng", Role.DEPUTY),
        ("Hiệu phó", "Phó Hiệu trưởng", Role.DEPUTY),
        ("GV", "Giáo viên", Role.COLLABORATOR),
        ("Giáo viên, TPT Đội", "Giáo viên, TPT Đội", Role.COLLABORATOR),
        ("Quyền Hiệu trưởng", "Quyền Hiệu trưởng", Role.HEAD),
        ("PGĐ", "Phó Giám đốc", Role.DEPUTY),
        ("Nguyên Hiệu trưởng", "Nguyên Hiệu trưởng", None),
        ("Phụ trách trường", "Phụ trách trường", None),
    ],
)
def test_titles(cell, title, role):
    assert (full_title(cell), role_of_title(title)) == (title, role)


def test_roles_by_word():
    words = ("Cộng tác viên", "CTV", "trưởng đơn vị", "-", "", "sếp")
    assert [role_of_word(word) for word in words] == ["collaborator", "collaborator", "head", "", "", None]


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("gmail.con", "gmail.com"),
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gmail.com.vn", "gmail.com"),
        ("yaho.com", "yahoo.com"),
        ("gmail.com", ""),
        ("mail.com", ""),
        ("daklak.edu.vn", ""),
        ("yahoo.com.vn", ""),
    ],
)
def test_mistyped_hosts(host, meant):
    assert meant_host(host) == meant


def test_one_key_for_every_spelling_of_a_unit():
    spellings = ("Trường THPT Chu Văn An", "THPT Chu Văn An", "Tr. THPT chu van an")
    assert {unit_key(one) for one in (*spellings, "Trường Trung học phổ thông Chu Văn An")} == {
        "thpt chu van an"
    }
    assert unit_key("TH Nguyễn Du") == unit_key("Trường Tiểu học Nguyễn Du")
    assert unit_key("PGD Krông Pắk") == unit_key("Phòng GD&ĐT Krông Pắc")


def find(word, first=TODAY, last=None):
    return UnitNames(TODAY).find(word, first, last)


def test_units_by_short_by_old_name_by_ending_and_by_code(province, school):
    rename(school, "Trường THPT số 1 Chu Văn An", datetime.date(2025, 8, 15))
    school.refresh_from_db()
    found = find("THPT Chu Văn An")
    assert (found.unit, found.note) == (school, "“THPT Chu Văn An” nay là Trường THPT số 1 Chu Văn An")
    assert find("THPT số 1 Chu Văn An").note == ""
    assert find(school.code.lower()).unit == school
    assert find("số 1 Chu Văn An").unit == school
    assert find("Sở GDĐT Đắc Lắc").unit == province


def test_a_closed_unit_is_asked_about_with_its_successor(province):
    old = make_department("Phòng GD&ĐT Krông Pắc", valid_until=datetime.date(2025, 6, 30))
    new = make_department("Phòng Văn hóa - Xã hội xã Krông Pắc", valid_from=datetime.date(2025, 7, 1))
    make_relation(old, "succession", new, succession_kind="transfer", valid_from=datetime.date(2025, 7, 1))
    with pytest.raises(UnitUnknown, match=r"đã kết thúc ngày 30/06/2025; nay là Phòng Văn hóa"):
        find("PGD Krông Pắc")
    past = find("PGD Krông Pắc", datetime.date(2020, 1, 1), datetime.date(2025, 6, 30))
    assert past.unit == old


def test_two_units_of_one_name_and_none(school):
    make_department("Trường THPT Chu Văn An", code="DV-TUYHOA")
    with pytest.raises(UnitUnknown, match=r"ở nhiều đơn vị.*DV-TUYHOA"):
        find("THPT Chu Văn An")
    with pytest.raises(UnitUnknown, match="không có đơn vị"):
        find("Trường Không Có")
    with pytest.raises(UnitUnknown, match="Có phải Trường THPT Chu Văn An"):
        find("Trường THPT Chu Văn Anh")


def test_usernames_are_unique():
    unit, taken = Department(name="Trường THPT Chu Văn An", code="X"), {"lannt.chuvanan"}
    names = [free_username(name, unit, taken) for name in ("Nguyễn Thị Lan", "Ngô Thu Lan", "Y Phu Êban")]
    assert names == ["lannt2.chuvanan", "lannt3.chuvanan", "phue.chuvanan"]
