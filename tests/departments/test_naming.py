from datetime import date

import pytest
from django.core.exceptions import ValidationError

from departments.models import Department, DepartmentName
from departments.naming import free_slug, name_on, put_in_force, refresh_names, short_name_on
from tests.factories.departments import make_department, rename

JULY = date(2025, 7, 1)


def test_a_new_name_begins_and_the_old_one_ends_the_day_before(db):
    school = make_department("Trường THPT Nguyễn Huệ", short_name="THPT Nguyễn Huệ")
    rename(school, "Trường THPT số 1 Nguyễn Huệ", JULY, document="QĐ 1/QĐ-UBND")
    assert name_on(school, date(2025, 6, 30)) == "Trường THPT Nguyễn Huệ"
    assert name_on(school, JULY) == "Trường THPT số 1 Nguyễn Huệ"
    assert short_name_on(school, date(2025, 6, 30)) == "THPT Nguyễn Huệ"
    assert short_name_on(school, JULY) == "Trường THPT số 1 Nguyễn Huệ"
    assert school.names.get(valid_until=date(2025, 6, 30)).name == "Trường THPT Nguyễn Huệ"


def test_the_units_own_row_says_the_name_in_force(db):
    school = make_department("Trường THPT Nguyễn Huệ")
    rename(school, "Trường THPT Đắk Mil", JULY)
    school.refresh_from_db()
    assert (school.name, school.slug) == ("Trường THPT Đắk Mil", "truong-thpt-dak-mil")
    assert school.search_key.startswith("truong thpt dak mil")


def test_a_name_for_later_waits_for_its_day(db):
    school = make_department("Trường THPT Nguyễn Huệ")
    rename(school, "Trường THPT Đắk Mil", date(2100, 1, 1))
    school.refresh_from_db()
    assert school.name == "Trường THPT Nguyễn Huệ"
    assert refresh_names() == 0
    assert refresh_names(date(2100, 1, 1)) == 1
    school.refresh_from_db()
    assert (school.name, school.slug) == ("Trường THPT Đắk Mil", "truong-thpt-dak-mil")
    assert refresh_names(date(2100, 1, 1)) == 0


def test_before_after_and_between_names_the_nearest_answers(db):
    unit = make_department(
        "Phòng GD&ĐT Krông Pắc", valid_from=date(2000, 1, 1), valid_until=date(2025, 6, 30)
    )
    DepartmentName.objects.create(
        department=unit,
        name="Phòng Giáo dục",
        valid_from=date(1990, 1, 1),
        valid_until=date(1995, 1, 1),
    )
    assert name_on(unit, date(1980, 1, 1)) == "Phòng Giáo dục"
    assert name_on(unit, date(1998, 1, 1)) == "Phòng Giáo dục"
    assert name_on(unit, date(2026, 1, 1)) == "Phòng GD&ĐT Krông Pắc"


def test_a_unit_without_dated_names_still_has_its_name(db):
    unit = make_department("Trường THPT Ea H’leo", short_name="THPT Ea H’leo")
    unit.names.all().delete()
    assert (name_on(unit), short_name_on(unit)) == ("Trường THPT Ea H’leo", "THPT Ea H’leo")
    put_in_force(unit)
    assert unit.names.get().slug == "truong-thpt-ea-hleo"


def test_two_names_never_hold_on_one_day(db):
    school = make_department("Trường THPT Nguyễn Huệ", valid_until=date(2025, 6, 30))
    late = DepartmentName(department=school, name="Trường THPT Đắk Mil", valid_from=date(2025, 6, 30))
    with pytest.raises(ValidationError) as refusal:
        late.full_clean()
    assert "hai tên không được trùng ngày" in str(refusal.value.message_dict["valid_from"])
    late.valid_from = JULY
    late.full_clean()


def test_an_address_once_used_is_given_to_no_other_unit(db):
    west = make_department("Trường THPT Nguyễn Huệ")
    east = make_department("Trường THPT Nguyễn Huệ", slug="truong-thpt-nguyen-hue-2")
    rename(west, "Trường THPT số 1 Nguyễn Huệ", JULY)
    assert free_slug("Trường THPT Nguyễn Huệ", make_department("Trường mới")) == "truong-thpt-nguyen-hue-3"
    assert free_slug("Trường THPT Nguyễn Huệ", west) == "truong-thpt-nguyen-hue"
    assert free_slug("Trường THPT Nguyễn Huệ", east) == "truong-thpt-nguyen-hue-2"


def test_names_are_asked_once_for_many_units(db, django_assert_num_queries):
    for number in range(3):
        make_department(f"Trường THPT số {number}")
    with django_assert_num_queries(2):
        units = Department.objects.prefetch_related("names")
        assert [name_on(unit) for unit in units] == [unit.name for unit in units]
