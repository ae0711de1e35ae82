import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from approvals.engine import StepRefused, take
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from events.enums import Occurrence
from events.workflow import EVENT
from media.models import PhotoExposure
from tests.factories.departments import make_user
from tests.factories.events import make_event, make_event_photo

YES, WHO, STATE = "moved", "not this person", "not from here"
D, R, P, W = RecordStatus.DRAFTING, RecordStatus.IN_REVIEW, RecordStatus.PUBLIC, RecordStatus.WITHDRAWN

FROM = {
    "submit": {D: YES, R: STATE, P: STATE, W: YES},
    "approve": {D: STATE, R: YES, P: STATE, W: STATE},
    "send_back": {D: STATE, R: YES, P: STATE, W: STATE},
    "recall": {D: STATE, R: YES, P: STATE, W: STATE},
    "withdraw": {D: STATE, R: STATE, P: YES, W: STATE},
    "undo_withdraw": {D: STATE, R: STATE, P: STATE, W: STATE},  # only what one has just withdrawn oneself
}
MAY = {
    Role.COLLABORATOR: set(),
    Role.HEAD: {"approve", "send_back", "withdraw", "undo_withdraw"},
    Role.DEPUTY: {"approve", "send_back"},  # where no head comes first: tests.records.test_turns
    Role.DESK_EDITOR: {"submit", "recall"},
    Role.MANAGING_EDITOR: {"submit", "recall", "withdraw", "undo_withdraw"},
    Role.REGISTRAR: set(),
    Role.ACCOUNTANT: set(),
    Role.ADMINISTRATOR: set(),
    Role.AUDITOR: set(),
}
GRID = [
    (role, step, status, FROM[step][status] if step in MAY[role] else WHO)
    for role in Role
    for step in FROM
    for status in RecordStatus
]


def outcome(event, step, actor, note="Lý do"):
    try:
        take(EVENT, event, step, actor=actor, version=event.version, note=note)
    except PermissionDenied:
        return WHO
    except StepRefused as refused:
        assert refused.code == "stale"
        return STATE
    return YES


def refusal(event, step, actor, note="Lý do"):
    with pytest.raises(StepRefused) as refused:
        take(EVENT, event, step, actor=actor, version=event.version, note=note)
    return refused.value


def test_the_grid_names_every_role_and_step():
    assert set(MAY) == set(Role)
    assert {step.name for step in EVENT.steps} == set(FROM)


@pytest.mark.parametrize(("role", "step", "status", "answer"), GRID)
def test_who_may_move_an_event_from_where(province, role, step, status, answer):
    event = make_event(status=status, host=province)
    assert outcome(event, step, make_user("nguoi", role, province)) == answer


def test_a_head_of_another_unit_may_not(province, school, head, other_head):
    assert outcome(make_event(status=R, host=school), "approve", other_head) == WHO
    assert outcome(make_event(status=R, host=school), "approve", head) == YES
    assert outcome(make_event(status=R, host=province), "approve", head) == WHO


def test_an_event_without_a_place_is_not_submitted(province, desk_editor):
    event = make_event(status=D, host=province, place_name="")
    assert "Chưa có địa điểm" in refusal(event, "submit", desk_editor).message
    online = make_event(status=D, host=province, place_name="", online_url="https://hop.vidu.example/1")
    assert outcome(online, "submit", desk_editor) == YES


def test_a_postponement_says_why(province, desk_editor):
    event = make_event(status=D, host=province, occurrence=Occurrence.POSTPONED)
    assert "chưa ghi lý do" in refusal(event, "submit", desk_editor).message


@pytest.mark.parametrize(("step", "status"), [("send_back", R), ("withdraw", P)])
def test_going_back_needs_a_note(province, step, status):
    boss = make_user("giamdoc", Role.HEAD, province)
    assert refusal(make_event(status=status, host=province), step, boss, note=" ").code == "note"


def test_what_changed_since_reading_is_not_approved(province, desk_editor):
    boss = make_user("giamdoc", Role.HEAD, province)
    event = make_event(status=R, host=province)
    type(event).objects.filter(pk=event.pk).update(version=2, title="Khác")
    assert refusal(event, "approve", boss).code == "stale"


def exposed(event) -> set[int]:
    return set(PhotoExposure.objects.filter(subject=f"event:{event.pk}").values_list("photo_id", flat=True))


def test_photos_open_with_the_event_and_close_with_it(province, desk_editor):
    boss = make_user("giamdoc", Role.HEAD, province)
    lead, other, unused = (make_event_photo(desk_editor) for _ in range(3))
    event = make_event(status=R, host=province, lead_photo=lead, photos=(other,))
    assert exposed(event) == set()
    event = take(EVENT, event, "approve", actor=boss, version=1)
    assert exposed(event) == {lead.pk, other.pk}
    event = take(EVENT, event, "withdraw", actor=boss, version=2, note="Nhầm ngày")
    assert exposed(event) == set() and unused.exposures.count() == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"alt_text": ""}, "chưa có phần mô tả"),
        ({"rights_until": datetime.date(2020, 1, 1)}, "hết hạn được dùng (01/01/2020)"),
    ],
)
def test_photos_without_words_or_rights_stop_an_event(province, desk_editor, words, message):
    event = make_event(status=D, host=province, photos=(make_event_photo(desk_editor, **words),))
    assert message in refusal(event, "submit", desk_editor).message


def test_an_approval_says_who_in_what_capacity(province):
    boss = make_user("giamdoc", Role.HEAD, province, title="Giám đốc")
    event = take(EVENT, make_event(status=R, host=province), "approve", actor=boss, version=1)
    change = StatusChange.objects.get()
    assert (change.actor, change.capacity) == (boss, "Giám đốc, Sở Giáo dục và Đào tạo Đắk Lắk")
    assert event.published_at is not None and event.sequence == 0


def test_an_event_published_again_is_a_change_to_calendars(province, desk_editor):
    boss = make_user("giamdoc", Role.HEAD, province)
    event = take(EVENT, make_event(status=R, host=province), "approve", actor=boss, version=1)
    first = event.published_at
    event = take(EVENT, event, "withdraw", actor=boss, version=2, note="Sửa")
    event = take(EVENT, event, "submit", actor=desk_editor, version=3)
    event = take(EVENT, event, "approve", actor=boss, version=4)
    assert (event.published_at, event.sequence) == (first, 1)
