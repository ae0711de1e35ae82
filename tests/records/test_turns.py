"""Events and commendation decisions wait for one person at a time, as stories do: turns and guards."""

import datetime

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.engine import StepRefused
from approvals.enums import RecordStatus
from approvals.history import history
from approvals.models import StatusChange
from awards.workflow import DECISIONS
from departments import delegating
from departments.access import owner
from events.models import Event
from tests.factories.departments import delegate, make_position, make_user
from tests.lifting import lifted
from tests.records.steps import kind_of, make, move

pytestmark = pytest.mark.django_db


def holding(record):
    return kind_of(record).holding(record)


def refusal(record, step, by):
    with pytest.raises(StepRefused) as refused:
        move(record, step, by)
    return refused.value


def page_of(client, record, user):
    client.force_login(user)
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    return client.get(reverse(name, args=[record.pk])).content.decode()


def people(turns):
    return [[str(position.person) for position in turn.positions] for turn in turns]


def test_the_head_holds_it_first_then_the_deputy_then_the_unit_above(waiting, head, deputy, director):
    record = waiting
    held = holding(record)
    assert people(held.turns) == [["Trần Văn Minh"], ["Võ Thị Sáu"], ["Đặng Thị Mai"]]
    assert people(held.open) == [["Trần Văn Minh"]]
    assert held.next.opens_at == held.due_at > held.since
    for user in (deputy, director):
        for step in ("approve", "send_back"):
            found = refusal(record, step, user)
            assert found.code == "turn"
            assert "Trần Văn Minh (Hiệu trưởng) đang giữ; nếu chưa trả lời, bạn quyết định" in found.message
    assert move(record, "approve", head).status == RecordStatus.PUBLIC


def test_past_the_hour_others_may_and_the_decision_says_why_and_time_approves_nothing(
    waiting, head, deputy, director, settings
):
    record = waiting
    settings.REPLY_HOURS = settings.GRACE_HOURS = 0
    assert people(holding(record).open) == [["Trần Văn Minh"], ["Võ Thị Sáu"], ["Đặng Thị Mai"]]
    record.refresh_from_db()
    assert record.status == RecordStatus.IN_REVIEW
    move(record, "approve", director)
    assert history(record)[0].capacity == f"Giám đốc, {director.person.positions.get().department} " + (
        "(đơn vị cấp trên; quá hạn trả lời)"
    )


def test_an_absent_head_is_replaced_by_the_delegate(kind, school, clerk, head, collaborator):
    today = timezone.localdate()
    delegate(delegating.own_headships(head).get(), collaborator.person, today, today)
    record = move(make(kind, school), "submit", clerk)
    assert str(holding(record).holder.person) == "Nguyễn Thị Lan"
    move(record, "approve", collaborator)
    assert "theo ủy quyền của Trần Văn Minh" in history(record)[0].capacity


def test_a_delegate_who_typed_it_is_out(kind, school, clerk, head, collaborator):
    today = timezone.localdate()
    delegate(delegating.own_headships(head).get(), collaborator.person, today, today)
    record = make(kind, school)
    record.writers.add(collaborator)
    record = move(record, "submit", clerk)
    assert people(holding(record).turns) == [["Trần Văn Minh"]]
    for step in ("approve", "send_back"):
        assert refusal(record, step, collaborator).code == "own"


def test_a_head_who_wrote_or_sent_it_leaves_it_to_the_deputy_at_once(kind, school, head, deputy, director):
    make_position(head.person, school, Role.REGISTRAR)
    make_position(head.person, school, Role.DESK_EDITOR)
    record = move(make(kind, school), "submit", head)
    assert people(holding(record).open) == [["Võ Thị Sáu"]]
    assert "không thể tự quyết định" in refusal(record, "approve", head).message
    move(record, "approve", deputy)
    assert history(record)[0].capacity == ("Phó Hiệu trưởng, Trường THPT Chu Văn An (thay người đứng đầu)")


def test_where_nobody_is_left_in_the_unit_the_unit_above_holds_it_at_once(kind, school, clerk, director):
    record = move(make(kind, school), "submit", clerk)
    assert people(holding(record).open) == [["Đặng Thị Mai"]]
    assert move(record, "approve", director).status == RecordStatus.PUBLIC


def test_power_over_the_system_is_no_position_and_a_superuser_who_typed_is_out(kind, school, clerk, head):
    root = make_user("goc", is_superuser=True)
    record = move(make(kind, school), "submit", clerk)
    assert refusal(record, "approve", root).code == "capacity"
    record.writers.add(root)
    make_position(root.person, school, Role.DEPUTY)
    assert refusal(record, "approve", User.objects.get(pk=root.pk)).code == "own"


def test_a_second_submission_begins_a_new_time(kind, school, clerk, head):
    record = move(make(kind, school), "submit", clerk)
    first = holding(record).since
    record = move(move(record, "recall", clerk), "submit", clerk)
    assert holding(record).since > first


def test_the_writer_reads_who_holds_it_and_only_the_holder_has_buttons(client, waiting, clerk, head, deputy):
    record, is_event = waiting, isinstance(waiting, Event)
    noun, button = ("sự kiện", "buoc/approve/") if is_event else (DECISIONS.noun, "buoc/publish/")
    seen = page_of(client, record, clerk)
    assert f"Ai đang giữ {noun}" in seen
    assert "<b>Trần Văn Minh</b> (Hiệu trưởng, Trường THPT Chu Văn An)" in seen
    assert "<b>Võ Thị Sáu</b>" in seen.split("Nếu chưa có trả lời")[1]
    assert button in page_of(client, record, head)
    waiting = page_of(client, record, deputy)
    assert button not in waiting
    assert "Ai đang giữ" in waiting


def test_a_record_that_does_not_wait_is_held_by_nobody(client, kind, school, clerk, head):
    record = make(kind, school)
    assert holding(record) is None
    assert "Ai đang giữ" not in page_of(client, record, clerk)


def test_a_head_finds_what_waits_for_them_and_nobody_elses(draft, clerk, head, deputy, other_head):
    records = kind_of(draft)
    assert records.in_turn_of(head) == []
    record = move(draft, "submit", clerk)
    (waiting,) = records.in_turn_of(head)
    assert (waiting.record, waiting.noun, waiting.unit) == (record, records.noun, owner(record))
    assert waiting.capacity == "Hiệu trưởng, Trường THPT Chu Văn An"
    for user in (deputy, other_head, clerk):
        assert records.in_turn_of(user) == []


def test_who_holds_costs_the_same_for_many(kind, school, clerk, head, django_assert_num_queries):
    for _ in range(4):
        move(make(kind, school), "submit", clerk)
    draft = make(kind, school)
    fresh = User.objects.get(pk=head.pk)
    with django_assert_num_queries(8):
        assert len(kind_of(draft).in_turn_of(fresh)) == 4
    assert len(kind_of(draft).holdings(type(draft).objects.all())) == 4


def test_only_what_waits_in_ones_units_is_within_reach(draft, kind, clerk, head, other_head):
    record = move(draft, "submit", clerk)
    make(kind, owner(record), status=RecordStatus.PUBLIC)
    assert list(kind_of(record).within_reach(head)) == [record]
    assert list(kind_of(record).within_reach(other_head)) == []


def test_only_the_capacity_of_a_decision_says_whose_turn_it_is(waiting, clerk, head, director):
    records, own = kind_of(waiting), f"{waiting._meta.app_label}.submit_{waiting._meta.model_name}"
    assert records.capacity(clerk, own, waiting).endswith(", Trường THPT Chu Văn An")
    assert records.capacity(director, records.permission, waiting).endswith("(đơn vị cấp trên; trước lượt)")
    assert "trước lượt" not in records.capacity(director, own, waiting)


def test_what_waits_longest_comes_first(kind, school, clerk, head):
    old, new = (move(make(kind, school), "submit", clerk) for _ in range(2))
    with lifted():
        days_ago = timezone.now() - datetime.timedelta(days=3)
        models.QuerySet(StatusChange).filter(object_id=old.pk).update(taken_at=days_ago)
    assert [one.record for one in kind_of(new).in_turn_of(head)] == [old, new]
