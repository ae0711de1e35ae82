from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.roles import Role
from departments.access import capacity, scope
from departments.delegating import delegations_of, own_headships, past_delegations_of, take_back_delegation
from departments.models import Position
from tests.factories.departments import delegate, make_position, make_user

APPROVE = "articles.approve_article"
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def headship(head):
    return own_headships(head).get()


@pytest.fixture
def deputy(school):
    return make_user("hieupho", Role.COLLABORATOR, school, title="Phó Hiệu trưởng", full_name="Võ Thị Sáu")


def test_a_delegate_acts_in_the_given_days_and_the_capacity_says_so(headship, deputy, school, today):
    delegate(headship, deputy.person, today, today + DAY)
    assert scope(deputy, APPROVE) == {school.pk}
    assert scope(deputy, APPROVE, today + DAY) == {school.pk}  # the last day counts
    assert scope(deputy, APPROVE, today + DAY * 2) == set()
    assert scope(deputy, APPROVE, today - DAY) == set()
    words = "Phó Hiệu trưởng, Trường THPT Chu Văn An (theo ủy quyền của Trần Văn Minh)"
    assert capacity(deputy, APPROVE, school) == words


def test_the_head_keeps_the_role_and_sees_what_was_lent(headship, head, deputy, school, today):
    lent = delegate(headship, deputy.person, today, today)
    assert scope(head, APPROVE) == {school.pk}
    assert list(delegations_of(head)) == [lent]
    assert list(own_headships(deputy)) == []


def test_a_delegation_falls_with_the_one_who_gave_it(headship, deputy, today):
    delegate(headship, deputy.person, today, today + DAY * 9)
    headship.valid_until = today - DAY
    headship.save()
    assert scope(deputy, APPROVE) == set()


@pytest.mark.parametrize("begun", [True, False])
def test_a_delegation_taken_back_ends_at_once(headship, deputy, today, begun):
    lent = delegate(headship, deputy.person, today, today + DAY)
    if begun:
        lent.valid_from = today - DAY
        lent.save()
    take_back_delegation(lent)
    assert scope(deputy, APPROVE) == set()
    assert bool(scope(deputy, APPROVE, today - DAY)) is begun
    assert Position.objects.get(pk=lent.pk).ended_on == today  # the record of it stays
    assert list(delegations_of(headship.person.user)) == []


def test_what_is_over_is_remembered_by_who_gave_it_alone(headship, head, other_head, deputy, today):
    lent = delegate(headship, deputy.person, today, today)
    assert list(past_delegations_of(head)) == []
    Position.objects.filter(pk=lent.pk).update(valid_from=today - DAY * 2, valid_until=today - DAY)
    assert list(past_delegations_of(head)) == [lent]
    assert list(past_delegations_of(other_head)) == []


def test_what_was_taken_back_may_be_lent_again(headship, deputy, school, today):
    take_back_delegation(delegate(headship, deputy.person, today, today))
    delegate(headship, deputy.person, today, today, reason="Đi tập huấn", document="12/GUQ")
    assert scope(deputy, APPROVE) == {school.pk}


def test_only_people_of_the_unit_with_an_account_in_use(headship, other_collaborator, deputy, today):
    for person in (other_collaborator.person, headship.person, make_position(headship.person).person):
        with pytest.raises(ValidationError, match="người của đơn vị"):
            delegate(headship, person, today, today)
    deputy.is_active = False
    deputy.save()
    with pytest.raises(ValidationError, match="người của đơn vị"):
        delegate(headship, deputy.person, today, today)


def test_days_are_today_or_later_and_within_the_heads_own_term(headship, deputy, today):
    with pytest.raises(ValidationError, match="từ hôm nay"):
        delegate(headship, deputy.person, today - DAY, today)
    with pytest.raises(ValidationError, match="bằng hoặc sau"):
        delegate(headship, deputy.person, today + DAY, today)
    headship.valid_until = today
    with pytest.raises(ValidationError, match="quá ngày"):
        delegate(headship, deputy.person, today, today + DAY)


def test_the_same_days_are_not_lent_twice(headship, deputy, today):
    delegate(headship, deputy.person, today, today + DAY)
    with pytest.raises(ValidationError, match="đã được ghi"):
        delegate(headship, deputy.person, today + DAY, today + DAY * 2)
