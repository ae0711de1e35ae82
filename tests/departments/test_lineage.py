from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from departments.access import people_who_may
from departments.enums import RelationKind
from departments.lineage import ApprovalLine, merged_into, predecessors
from tests.factories.departments import make_department, make_relation, make_user

TODAY = timezone.localdate()
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)


def succeed(before, after, day=FIRST, **fields):
    return make_relation(before, RelationKind.SUCCESSION, after, valid_from=day, **fields)


def test_units_under_reach_down_any_number_of_steps(province, school):
    branch = make_department("Phân hiệu", parent=school)
    assert ApprovalLine(TODAY).under([province.pk]) == {province.pk, school.pk, branch.pk}
    assert ApprovalLine(TODAY).under([branch.pk]) == {branch.pk}


def test_a_circle_of_successions_ends(db):
    one = make_department("Trường A", valid_until=LAST)
    other = make_department("Trường B", valid_until=LAST)
    succeed(one, other)
    succeed(other, one)
    assert merged_into(one.pk) == {one.pk, other.pk}


def test_predecessors_come_with_their_day_and_manner(db):
    new = make_department("Sở GD&ĐT Đắk Lắk", valid_from=FIRST)
    west = make_department("Sở GD&ĐT Đắk Lắk", valid_until=LAST)
    east = make_department("Sở GD&ĐT Phú Yên", valid_until=LAST)
    rows = [succeed(west, new, succession_kind="merge"), succeed(east, new, succession_kind="merge")]
    assert predecessors(new) == rows


def test_what_one_unit_alone_carries_on_is_merged_into_it(db):
    new = make_department("Trung tâm GDNN-GDTX Ea Kar", valid_from=FIRST)
    evening = make_department("Trung tâm GDTX Ea Kar", valid_until=LAST)
    older = make_department("Trung tâm Bổ túc Ea Kar", valid_until=date(2000, 6, 30))
    split = make_department("Trung tâm Dạy nghề", valid_until=LAST)
    other = make_department("Trường Trung cấp", valid_from=FIRST)
    succeed(older, evening, date(2000, 7, 1))
    succeed(evening, new)
    succeed(split, new)
    succeed(split, other)
    assert merged_into(new.pk) == {new.pk, evening.pk, older.pk}
    assert merged_into(other.pk) == {other.pk}
    assert merged_into(new.pk, LAST) == {new.pk}


def test_people_who_may_are_found_up_the_line(province, school, head, collaborator, other_head):
    above = make_user("giamdoc", Role.HEAD, province)
    make_user("het-han", Role.HEAD, school, valid_until=timezone.localdate() - timedelta(days=1))
    make_user("da-khoa", Role.HEAD, school, is_active=False, valid_until=date(2100, 1, 1))
    assert set(people_who_may("articles.approve_article", school.pk)) == {head, above}
    assert set(people_who_may("articles.change_article", school.pk)) >= {collaborator, head}


@pytest.mark.parametrize("units", [1, 5])
def test_the_line_costs_one_query(province, units, django_assert_num_queries):
    for number in range(units):
        make_department(f"Trường {number}", parent=province)
    with django_assert_num_queries(1):
        assert len(ApprovalLine(TODAY).under([province.pk])) == units + 1
