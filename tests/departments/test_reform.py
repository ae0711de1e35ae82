"""The five kinds of change of July 2025, each shown to fit the model and to be refused when mistyped."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from departments.closing import end_with_the_unit
from departments.enums import DepartmentKind as Kind
from departments.enums import RelationKind as Relation
from departments.lineage import ApprovalLine, merged_into, predecessors
from departments.models import DepartmentRelation
from departments.naming import name_on, put_in_force
from tests.factories.departments import make_department, make_relation, rename

LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)


def relate(department, kind, related, **fields):
    """A relation entered as an administrator enters it, with every check."""
    row = DepartmentRelation(department=department, kind=kind, related=related, **fields)
    row.full_clean()
    row.save()
    return row


def close(department, day=LAST):
    department.valid_until = day
    department.save()
    end_with_the_unit(department)


def unit_above(department, day, kind=Relation.PROFESSIONAL):
    """The unit directly above along one kind of relation."""
    return DepartmentRelation.objects.on(day).get(department=department, kind=kind).related


def successors_on(department, day):
    """The open units that carry on what the unit did, itself while it is open."""
    following = DepartmentRelation.objects.filter(department=department, kind=Relation.SUCCESSION)
    units = [row.related for row in following.filter(valid_from__lte=day).order_by("pk")]
    return [department] if department.is_open_on(day) else units


@pytest.fixture
def old_west(db):
    return make_department("Sở Giáo dục và Đào tạo Đắk Lắk", Kind.PROVINCE_OFFICE)


@pytest.fixture
def old_east(db):
    return make_department("Sở Giáo dục và Đào tạo Phú Yên", Kind.PROVINCE_OFFICE)


@pytest.fixture
def new_office(old_west, old_east):
    """One entity new on 1 July, its name equal to the older one's."""
    office = make_department("Sở Giáo dục và Đào tạo Đắk Lắk", Kind.PROVINCE_OFFICE, valid_from=FIRST)
    for former in (old_west, old_east):
        close(former)
        relate(former, Relation.SUCCESSION, office, succession_kind="merge", valid_from=FIRST)
    return office


def test_the_entity_above_changes_though_every_name_is_equal(old_west):
    school = make_department("Trường THPT Chu Văn An", parent=old_west)
    close(old_west)
    office = make_department("Sở Giáo dục và Đào tạo Đắk Lắk", Kind.PROVINCE_OFFICE, valid_from=FIRST)
    ward = make_department("Phường Buôn Ma Thuột", Kind.LOCALITY, valid_from=FIRST)
    for kind, unit in (
        (Relation.ADMINISTRATIVE, office),
        (Relation.PROFESSIONAL, office),
        (Relation.LOCATION, ward),
    ):
        relate(school, kind, unit, valid_from=FIRST)
    assert name_on(old_west, LAST) == name_on(office, FIRST)
    assert (unit_above(school, LAST), unit_above(school, FIRST)) == (old_west, office)
    assert unit_above(school, FIRST, Relation.LOCATION) == ward
    assert old_west.slug != office.slug
    assert ApprovalLine(FIRST).under([office.pk]) == {office.pk, school.pk}


def test_one_parent_becomes_two_of_different_kinds(new_office):
    district = make_department("Phòng GD&ĐT Krông Pắc", Kind.DISTRICT_OFFICE)
    school = make_department("Trường Tiểu học Ea Phê", Kind.PRIMARY, parent=district)
    close(district)
    commune = make_department("UBND xã Ea Phê", Kind.PEOPLES_COMMITTEE, valid_from=FIRST)
    contact = make_department("Phòng Văn hóa - Xã hội xã Ea Phê", Kind.COMMUNE_OFFICE, valid_from=FIRST)
    relate(contact, Relation.ADMINISTRATIVE, commune, valid_from=FIRST)
    relate(school, Relation.ADMINISTRATIVE, commune, valid_from=FIRST)
    relate(school, Relation.PROFESSIONAL, new_office, valid_from=FIRST)
    kinds = (Relation.ADMINISTRATIVE, Relation.PROFESSIONAL)
    assert [unit_above(school, LAST, kind) for kind in kinds] == [district, district]
    assert [unit_above(school, FIRST, kind) for kind in kinds] == [commune, new_office]
    assert school.pk in ApprovalLine(FIRST).under([new_office.pk])
    assert school.pk not in ApprovalLine(FIRST).under([commune.pk])


def test_a_second_parent_of_the_same_kind_is_refused(new_office):
    school = make_department("Trường Tiểu học Ea Phê", Kind.PRIMARY, parent=new_office, valid_from=FIRST)
    commune = make_department("UBND xã Ea Phê", Kind.PEOPLES_COMMITTEE, valid_from=FIRST)
    with pytest.raises(ValidationError) as refusal:
        relate(school, Relation.ADMINISTRATIVE, commune, valid_from=date(2025, 9, 1))
    assert "quan hệ cùng loại với Sở Giáo dục và Đào tạo Đắk Lắk" in str(refusal.value.message_dict)


def test_one_unit_has_several_successors(db):
    district = make_department("Phòng GD&ĐT TP. Tuy Hòa", Kind.DISTRICT_OFFICE)
    wards = [
        make_department(f"UBND phường {name}", Kind.PEOPLES_COMMITTEE, valid_from=FIRST)
        for name in ("Bình Kiến", "Phú Yên", "Tuy Hòa")
    ]
    close(district)
    for ward in wards:
        relate(district, Relation.SUCCESSION, ward, succession_kind="transfer", valid_from=FIRST)
    assert successors_on(district, LAST) == [district]
    assert successors_on(district, FIRST) == wards
    # The ward that took the province's old name is another entity than anything of the province.
    phu_yen = wards[1]
    assert [relation.department for relation in predecessors(phu_yen)] == [district]
    assert merged_into(phu_yen.pk) == {phu_yen.pk}


def test_two_predecessors_of_one_office(old_west, old_east, new_office):
    assert [relation.department for relation in predecessors(new_office)] == [old_west, old_east]
    assert successors_on(old_east, FIRST) == [new_office]
    assert merged_into(new_office.pk) == {new_office.pk, old_west.pk, old_east.pk}


def test_twins_are_renamed_twice_in_a_summer_and_keep_their_addresses(new_office):
    west = make_department("Trường THPT Nguyễn Huệ", former_province="Đắk Lắk (cũ)")
    east = make_department(
        "Trường THPT Nguyễn Huệ", slug="truong-thpt-nguyen-hue-2", former_province="Phú Yên (cũ)"
    )
    rename(east, "Trường THPT số 2 Nguyễn Huệ", FIRST)
    rename(east, "Trường THPT Nguyễn Huệ", date(2025, 8, 15))
    rename(west, "Trường THPT số 1 Nguyễn Huệ", date(2025, 8, 15))
    days = (LAST, FIRST, date(2025, 8, 15))
    assert [name_on(east, day) for day in days] == [
        "Trường THPT Nguyễn Huệ",
        "Trường THPT số 2 Nguyễn Huệ",
        "Trường THPT Nguyễn Huệ",
    ]
    assert [name_on(west, day) for day in days] == [
        "Trường THPT Nguyễn Huệ",
        "Trường THPT Nguyễn Huệ",
        "Trường THPT số 1 Nguyễn Huệ",
    ]
    for unit in (west, east):
        unit.refresh_from_db()
    assert west.slug == "truong-thpt-so-1-nguyen-hue"
    assert east.slug == "truong-thpt-nguyen-hue-2"
    assert set(west.names.values_list("slug", flat=True)) == {
        "truong-thpt-nguyen-hue",
        "truong-thpt-so-1-nguyen-hue",
    }


def test_an_undecided_relation_has_its_day_and_waits_for_its_document(new_office):
    school = make_department("Trường PTDTNT THCS huyện Krông Bông", Kind.BOARDING_SCHOOL)
    commune = make_department("UBND xã Krông Bông", Kind.PEOPLES_COMMITTEE, valid_from=FIRST)
    rename(school, "Trường PTDTNT THCS Krông Bông", FIRST, document="chờ văn bản")
    pending = relate(school, Relation.ADMINISTRATIVE, new_office, valid_from=FIRST, document="chờ văn bản")
    assert unit_above(school, FIRST, Relation.ADMINISTRATIVE) == new_office
    # The province decides otherwise: the same row is put right, no second one appears.
    pending.related, pending.document = commune, "2101/QĐ-UBND"
    pending.full_clean()
    pending.save()
    assert unit_above(school, FIRST, Relation.ADMINISTRATIVE) == commune


def test_closing_ends_what_was_open_and_leaves_what_follows(db):
    district = make_department("Phòng GD&ĐT Krông Pắc", Kind.DISTRICT_OFFICE)
    school = make_department("Trường Tiểu học Ea Phê", Kind.PRIMARY, parent=district)
    commune = make_department("UBND xã Ea Phê", Kind.PEOPLES_COMMITTEE, valid_from=FIRST)
    make_relation(district, Relation.SUCCESSION, commune, valid_from=FIRST)
    close(district)
    assert {row.valid_until for row in school.relations.all()} == {LAST}
    assert district.names.get().valid_until == LAST
    assert district.relations.get().valid_until is None
    assert name_on(district) == "Phòng GD&ĐT Krông Pắc"
    assert not put_in_force(district)


@pytest.mark.parametrize("kind", [Relation.ADMINISTRATIVE, Relation.PROFESSIONAL])
def test_a_circle_is_refused(db, kind):
    office, school, branch = (make_department(name) for name in ("Sở", "Trường", "Phân hiệu"))
    relate(school, kind, office, valid_from=FIRST)
    relate(branch, kind, school, valid_from=FIRST)
    with pytest.raises(ValidationError, match="vòng tròn"):
        relate(office, kind, branch, valid_from=FIRST)
    relate(office, kind, branch, valid_from=date(2001, 1, 1), valid_until=LAST)  # no day in common


def test_a_unit_does_not_follow_its_own_successor(db):
    before, after = make_department("Trường A"), make_department("Trường B")
    relate(before, Relation.SUCCESSION, after, succession_kind="merge", valid_from=FIRST)
    with pytest.raises(ValidationError, match="vòng tròn"):
        relate(after, Relation.SUCCESSION, before, succession_kind="merge", valid_from=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="chính nó"):
        relate(after, Relation.ADMINISTRATIVE, after, valid_from=FIRST)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(1999, 1, 1), None, "valid_from"),
        (FIRST, None, "valid_from"),
        (LAST, FIRST, "valid_until"),
        (LAST, LAST, ""),
        (LAST, None, ""),
    ],
)
def test_a_relation_lasts_no_longer_than_its_units(db, first, last, field):
    office = make_department("Phòng GD&ĐT Krông Pắc", valid_until=LAST)
    school = make_department("Trường Tiểu học Ea Phê", Kind.PRIMARY)
    row = DepartmentRelation(
        department=school, kind=Relation.PROFESSIONAL, related=office, valid_from=first, valid_until=last
    )
    if not field:
        return row.full_clean()
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"succession_kind": "merge", "valid_until": FIRST}, "valid_until"),
        ({}, "succession_kind"),
        ({"succession_kind": "merge", "valid_from": date(2000, 1, 1)}, "valid_from"),
        ({"succession_kind": "merge", "valid_from": date(2025, 5, 1)}, "valid_from"),
    ],
)
def test_a_succession_is_one_event_in_the_life_of_both(db, fields, field):
    before = make_department("Trường A", valid_until=LAST)
    after = make_department("Trường B", valid_from=FIRST)
    with pytest.raises(ValidationError) as refusal:
        relate(before, Relation.SUCCESSION, after, **{"valid_from": FIRST} | fields)
    assert list(refusal.value.message_dict) == [field]
