"""Who decides about a unit's work, in which order: head, stand-in, deputies, then the unit above."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from departments.deciding import DecidingLine
from departments.delegating import own_headships, take_back_delegation
from tests.factories.departments import delegate, make_department, make_position, make_relation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(school):
    return make_user("pho", Role.DEPUTY, school, full_name="Võ Thị Sáu", title="Phó Hiệu trưởng")


@pytest.fixture
def chief(province):
    return make_user("giamdoc", Role.HEAD, province, full_name="Đặng Thị Mai", title="Giám đốc")


def names(school, barred=(), day=None):
    line = DecidingLine([school.pk], day)
    return [[str(p.person) for p in rank.positions] for rank in line.ranks(school.pk, set(barred))]


def test_the_head_then_the_deputy_then_the_head_above(school, head, deputy, chief):
    assert names(school) == [["Trần Văn Minh"], ["Võ Thị Sáu"], ["Đặng Thị Mai"]]


def test_whoever_stands_in_comes_before_the_absent_head_who_keeps_the_right(school, head, collaborator):
    today = timezone.localdate()
    lent = delegate(own_headships(head).get(), collaborator.person, today, today + timedelta(days=2))
    assert names(school) == [["Nguyễn Thị Lan", "Trần Văn Minh"]]
    assert names(school, day=today + timedelta(days=3)) == [["Trần Văn Minh"]]
    take_back_delegation(lent)
    assert names(school) == [["Trần Văn Minh"]]


def test_whoever_is_barred_is_passed_over_and_an_empty_rank_too(school, head, deputy, chief):
    assert names(school, {head.pk}) == [["Võ Thị Sáu"], ["Đặng Thị Mai"]]
    assert names(school, {head.pk, deputy.pk}) == [["Đặng Thị Mai"]]
    assert names(school, {head.pk, deputy.pk, chief.pk}) == []


def test_a_deputy_who_stands_in_is_named_once(school, head, deputy):
    today = timezone.localdate()
    delegate(own_headships(head).get(), deputy.person, today, today)
    assert names(school) == [["Võ Thị Sáu", "Trần Văn Minh"]]


def test_nobody_without_an_account_in_use_and_nobody_before_or_after_their_term(school, head, chief):
    head.is_active = False
    head.save()
    assert names(school) == [["Đặng Thị Mai"]]
    chief.person.positions.update(valid_until=date(2020, 1, 1))
    make_position(department=school, role=Role.DEPUTY)  # somebody of the directory, without an account
    assert names(school) == []


def test_the_unit_that_followed_a_closed_one_answers_for_it(province, school, head, chief):
    other = make_department("Trường THPT Mới", parent=province)
    make_user("hieutruongmoi", Role.HEAD, other, full_name="Lý Thị Ba")
    yesterday = timezone.localdate() - timedelta(days=1)
    school.valid_until = yesterday
    school.save()
    make_relation(school, "succession", other, valid_from=timezone.localdate())
    assert names(school) == [["Lý Thị Ba"], ["Đặng Thị Mai"]]


def test_other_units_decide_nothing_here(school, head, other_head):
    assert names(school) == [["Trần Văn Minh"]]


def test_many_units_cost_what_one_costs(province, django_assert_num_queries, head, chief):
    schools = [make_department(f"Trường số {n}", parent=province) for n in range(5)]
    with django_assert_num_queries(2):
        line = DecidingLine([school.pk for school in schools])
        assert [len(line.ranks(school.pk)) for school in schools] == [1] * 5
