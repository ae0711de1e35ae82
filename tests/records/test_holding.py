"""From the facts of a submission to its turns; no story, event or decision is needed for that."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import Role
from records.holding import Holding, Submission, Turn, hold
from tests.factories.departments import make_department, make_user

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.timedelta(days=28)


def submission(unit, waited=datetime.timedelta(), **facts):
    since = timezone.now() - waited
    given = {
        "record": "hồ sơ",
        "unit": unit.pk,
        "sent_at": since,
        "since": since,
        "barred": set(),
        "key": "1",
    }
    return Submission(**given | facts)


def people(turns):
    return [[str(position.person) for position in turn.positions] for turn in turns]


def test_the_ranks_follow_one_another_and_time_opens_their_turns(school, head, deputy, director):
    (new, old) = hold([submission(school), submission(school, LONG_AGO)])
    everybody = [["Trần Văn Minh"], ["Võ Thị Sáu"], ["Đặng Thị Mai"]]
    assert people(new.turns) == people(old.turns) == people(old.open) == everybody
    assert people(new.open) == everybody[:1]
    assert (new.is_overdue, old.is_overdue) == (False, True)
    assert new.next.opens_at == new.due_at < new.turns[2].opens_at


def test_whoever_is_barred_is_left_out_and_the_next_rank_holds_it_at_once(school, head, deputy, director):
    (held,) = hold([submission(school, barred={head.pk})])
    assert people(held.open) == [["Võ Thị Sáu"]]
    assert held.capacity(deputy, "events.approve_event", school.pk).endswith("(thay người đứng đầu)")
    assert held.turn_of(director) is None


def test_hours_of_its_own_go_before_those_of_the_settings(school, head):
    own, usual = hold([submission(school, hours=(0, 0)), submission(school)])
    assert (own.is_overdue, usual.is_overdue) == (True, False)


def test_what_everybody_may_decide_at_once_is_one_turn_that_says_why(school, head, deputy, director):
    (held,) = hold([submission(school, at_once="xác nhận gỡ khẩn", barred={deputy.pk})])
    assert people(held.turns) == [["Trần Văn Minh", "Đặng Thị Mai"]]
    assert "xác nhận gỡ khẩn" in held.capacity(director, "events.approve_event", school.pk)


def test_other_roles_decide_where_the_submission_says_so(school, head, desk_editor):
    again = submission(school, roles=(Role.DESK_EDITOR,), at_once="duyệt lần hai")
    assert [people(held.turns) for held in hold([again, submission(school)])] == [
        [["Lê Thị Thanh"]],
        [["Trần Văn Minh"]],
    ]


def test_nobody_holds_what_nobody_is_left_for(school, head):
    (held,) = hold([submission(school, barred={head.pk})])
    assert (held.turns, held.holder, held.others, held.next) == ((), None, [], None)
    assert held.whose_turn(head, "bài") == "Bài này chưa ai giữ; chưa đến lượt bạn quyết định."


def test_many_cost_what_one_costs(school, other_school, head, django_assert_num_queries):
    assert hold([]) == []
    for count in (1, 6):
        with django_assert_num_queries(3):
            hold([submission(school), submission(other_school)] * count)


def test_each_unit_further_up_waits_a_time_of_grace_more_and_only_for_its_head(province, head):
    small = make_department("Điểm trường", parent=head.person.positions.get().department)
    make_user("diemtruong", Role.HEAD, small)
    make_user("giamdoc", Role.HEAD, province, full_name="Đặng Thị Mai")
    make_user("phogiamdoc", Role.DEPUTY, province)
    (held,) = hold([submission(small, hours=(1, 8))])
    assert people(held.turns[1:]) == [["Trần Văn Minh"], ["Đặng Thị Mai"]]
    assert held.due_at < held.turns[1].opens_at < held.turns[2].opens_at


def test_a_turn_opens_and_an_answer_is_late_at_the_very_moment(head):
    now = timezone.now()
    position = head.person.positions.get()
    held = Holding((Turn((position,), now),), since=now, due_at=now, now=now)
    assert (held.is_overdue, held.next, len(held.open)) == (True, None, 1)
    assert held.turn_of(head) == (position, held.turns[0])
    head.is_active = False
    assert held.turn_of(head) is None
