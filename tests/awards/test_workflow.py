"""Who may move a decision from where, and what stops it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.roles import Role
from approvals.engine import StepRefused, open_steps, take
from approvals.enums import RecordStatus
from approvals.history import history
from awards.enums import IssuerLevel
from awards.workflow import WORKFLOW
from departments.enums import CommitteeLevel, DepartmentKind
from tests.factories.awards import make_award_kind, make_commendation, make_decision
from tests.factories.departments import make_department, make_user

pytestmark = pytest.mark.django_db

HEAD, REGISTRAR = {Role.HEAD}, {Role.REGISTRAR}
DECIDES = {Role.HEAD, Role.DEPUTY}  # a deputy where no head comes first: tests.records.test_turns
NOBODY: set[Role] = set()
# step → status → roles that may take it there; every other role and status may not.
MAY = {
    "submit": {"drafting": REGISTRAR, "withdrawn": REGISTRAR, "in_review": NOBODY, "public": NOBODY},
    "recall": {"drafting": NOBODY, "withdrawn": NOBODY, "in_review": REGISTRAR, "public": NOBODY},
    "publish": {"drafting": NOBODY, "withdrawn": NOBODY, "in_review": DECIDES, "public": NOBODY},
    "send_back": {"drafting": NOBODY, "withdrawn": NOBODY, "in_review": DECIDES, "public": NOBODY},
    "withdraw": {"drafting": NOBODY, "withdrawn": NOBODY, "in_review": NOBODY, "public": HEAD | REGISTRAR},
    # Only what one has just withdrawn oneself: tests.approvals.test_undoing.
    "undo_withdraw": {"drafting": NOBODY, "withdrawn": NOBODY, "in_review": NOBODY, "public": NOBODY},
}


def move(decision, step, actor, note="Vì sao"):
    return take(WORKFLOW, decision, step, actor=actor, version=decision.version, note=note)


def ready(province, status=RecordStatus.IN_REVIEW, **fields):
    decision = make_decision(issuer=province, status=status, **fields)
    make_commendation(decision)
    return decision


def test_the_grid_names_every_step():
    assert set(MAY) == {step.name for step in WORKFLOW.steps}


@pytest.mark.parametrize("status", RecordStatus.values)
@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("step", MAY)
def test_who_may_take_which_step_from_where(step, role, status, province):
    user, decision = make_user(role=role, department=province), ready(province, status)
    allowed = role in MAY[step][status]
    assert (step in {s.name for s in open_steps(WORKFLOW, decision, user)}) == allowed
    if allowed:
        assert move(decision, step, user).status == WORKFLOW[step].target
    else:
        with pytest.raises((PermissionDenied, StepRefused)):
            move(decision, step, user)
        decision.refresh_from_db()
        assert decision.status == status


@pytest.mark.parametrize("role", [Role.HEAD, Role.REGISTRAR])
def test_another_units_people_may_nothing(role, province, school):
    user = make_user(role=role, department=school)
    for status in RecordStatus.values:
        assert open_steps(WORKFLOW, ready(province, status), user) == []


def test_the_head_of_the_office_publishes_for_a_school_under_it(province, school):
    head = make_user(role=Role.HEAD, department=province)
    decision = ready(school)
    published = move(decision, "publish", head)
    assert published.status == "public"
    assert published.published_at is not None
    entry = history(decision)[0]
    assert (entry.actor, entry.capacity) == (head, f"Hiệu trưởng, {province} (đơn vị cấp trên)")


def test_an_empty_decision_is_not_submitted(province, registrar):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    with pytest.raises(StepRefused, match="Quyết định chưa có ai được khen"):
        move(decision, "submit", registrar)


def test_a_decision_of_tomorrow_is_not_submitted(province, registrar):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    decision = ready(province, RecordStatus.DRAFTING, signed_on=tomorrow)
    with pytest.raises(StepRefused, match="Ngày ký còn ở phía trước"):
        move(decision, "submit", registrar)


@pytest.mark.parametrize(("step", "status"), [("submit", "drafting"), ("publish", "in_review")])
def test_the_office_never_gives_a_bang_khen(step, status, province):
    role = Role.REGISTRAR if step == "submit" else Role.HEAD
    decision = ready(province, status)
    bang_khen = make_award_kind("Bằng khen của Chủ tịch UBND tỉnh", IssuerLevel.PROVINCE)
    make_commendation(decision, award_kind=bang_khen)
    with pytest.raises(StepRefused, match="Sở ký giấy khen, không ký bằng khen") as refused:
        move(decision, step, make_user(role=role, department=province))
    assert refused.value.code == "authority"


def test_the_provincial_committee_gives_one(registrar, province):
    committee = make_department(
        "UBND tỉnh Đắk Lắk", DepartmentKind.PEOPLES_COMMITTEE, committee_level=CommitteeLevel.PROVINCE
    )
    clerk = make_user(role=Role.REGISTRAR, department=committee)
    decision = make_decision(issuer=committee, status=RecordStatus.DRAFTING)
    make_commendation(decision, award_kind=make_award_kind("Bằng khen", IssuerLevel.PROVINCE))
    assert move(decision, "submit", clerk).status == "in_review"


@pytest.mark.parametrize(("step", "status"), [("send_back", "in_review"), ("withdraw", "public")])
def test_going_back_needs_a_reason(step, status, province):
    decision = ready(province, status)
    with pytest.raises(StepRefused) as refused:
        move(decision, step, make_user(role=Role.HEAD, department=province), note="  ")
    assert refused.value.code == "note"


def test_a_text_changed_since_reading_is_not_published(province):
    head, decision = make_user(role=Role.HEAD, department=province), ready(province)
    type(decision).objects.update(version=7)
    with pytest.raises(StepRefused) as refused:
        move(decision, "publish", head)
    assert refused.value.code == "stale"


def test_publishing_enters_the_rows_in_the_register_once(province, registrar):
    head, decision = make_user(role=Role.HEAD, department=province), ready(province)
    first = decision.commendations.get()
    assert first.published_at is None
    decision = move(decision, "publish", head)
    first.refresh_from_db()
    entered = first.published_at
    assert entered is not None
    decision = move(decision, "withdraw", registrar)
    second = make_commendation(decision, "Lê Quốc Việt")
    decision = move(move(decision, "submit", registrar), "publish", head)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.published_at == entered < second.published_at
