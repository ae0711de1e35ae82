"""Who may take which step of a round, a proposal, a nominee; what stops it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.roles import Role
from approvals.engine import StepRefused, open_steps
from approvals.models import AuditEntry
from awards.law.pack import load_pack
from inbox.models import Notice
from rounds.enums import NomineeStatus, ProposalStatus, RoundStatus
from rounds.models import Nominee, Proposal, ReceivedProposal, Round
from rounds.workflow.nominee import NOMINEE
from rounds.workflow.proposal import PROPOSAL, SCREENING
from rounds.workflow.round import ROUND
from tests.factories.awards import make_award_kind
from tests.factories.departments import make_user
from tests.factories.rounds import (
    end_deadline,
    judge,
    make_nominee,
    make_proposal,
    make_round,
    move,
    permit_late,
    screen,
    send,
)

pytestmark = pytest.mark.django_db
REGISTRAR = {Role.REGISTRAR}
SENDS = {Role.HEAD, Role.DEPUTY}
PROPOSES = SENDS | {Role.COLLABORATOR}
# workflow → step → who may take it, from where; all other roles and statuses may not.
GRID = {
    "round": (
        ROUND,
        Round,
        {
            "open": (REGISTRAR, {"preparing"}),
            "close": (REGISTRAR, {"open"}),
            "reopen": (REGISTRAR, {"screening"}),
            "draft": (REGISTRAR, {"screening", "decided"}),
            "finish": (REGISTRAR, {"screening", "decided"}),
            "cancel": (REGISTRAR, {"preparing", "open", "screening"}),
        },
    ),
    "proposal": (
        PROPOSAL,
        Proposal,
        {
            "hand_over": (PROPOSES, {"drafting"}),
            "recall": (PROPOSES, {"with_head"}),
            "submit": (SENDS, {"drafting", "with_head", "returned", "missing"}),
            "withdraw": (SENDS, {"drafting", "with_head", "submitted", "missing", "returned"}),
            "restart": (PROPOSES, {"withdrawn"}),
        },
    ),
    "screening": (
        SCREENING,
        ReceivedProposal,
        {
            "ask_papers": (REGISTRAR, {"submitted"}),
            "send_back": (REGISTRAR, {"submitted", "missing"}),
        },
    ),
    "nominee": (
        NOMINEE,
        Nominee,
        {
            "accept": (REGISTRAR, {"proposed"}),
            "decline": (REGISTRAR, {"proposed", "accepted"}),
            "reconsider": (REGISTRAR, {"accepted", "declined", "passed", "not_passed", "entered"}),
            "pass": (REGISTRAR, {"accepted"}),
            "not_pass": (REGISTRAR, {"accepted"}),
            "enter": (REGISTRAR, {"accepted", "passed"}),
        },
    ),
}


@pytest.mark.parametrize("name", GRID)
def test_who_is_offered_which_step_from_where(name, province, registrar, head):
    workflow, model, may = GRID[name]
    assert set(may) == {step.name for step in workflow.steps}
    proposal = make_proposal(make_round(province), province, "Y Wang Niê", papers=False, by=head)
    record = {
        "round": proposal.round,
        "nominee": proposal.nominees.get(),
    }.get(name) or model.objects.get(pk=proposal.pk)
    for role in Role:
        user = make_user(role=role, department=province)
        for status in model._meta.get_field("status").choices:
            model.objects.filter(pk=record.pk).update(status=status[0])
            found = {step.name for step in open_steps(workflow, model.objects.get(pk=record.pk), user)}
            expected = {
                step for step, (roles, sources) in may.items() if role in roles and status[0] in sources
            }
            assert found == expected, (role, status)


def test_another_units_people_may_take_no_step(province, school, other_school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    for role in Role:
        user = make_user(role=role, department=other_school)
        assert open_steps(PROPOSAL, proposal, user) == []
        assert open_steps(SCREENING, ReceivedProposal.objects.get(pk=proposal.pk), user) == []
        assert open_steps(NOMINEE, proposal.nominees.get(), user) == []
        assert open_steps(ROUND, round_, user) == []


def test_a_head_above_does_not_send_for_the_school(province, school, registrar, head):
    proposal = make_proposal(make_round(province, opened_by=registrar), school, "Y Wang Niê", by=head)
    above = make_user(role=Role.HEAD, department=province)
    with pytest.raises(StepRefused, match="chính đơn vị"):
        send(proposal, above)
    assert send(proposal, head).status == ProposalStatus.SUBMITTED


def test_a_round_is_opened_for_awards_its_host_may_give_before_the_deadline(
    province, school, registrar, head
):
    province_chair = make_award_kind("Bằng khen của Chủ tịch UBND tỉnh", "province")
    with pytest.raises(StepRefused, match="không ký bằng khen"):
        make_round(province, opened_by=registrar, kinds=(province_chair,))
    past = make_round(province, deadline=timezone.now() - datetime.timedelta(days=1))
    with pytest.raises(StepRefused, match="đã qua"):
        move(ROUND, past, "open", registrar)
    round_ = make_round(province, opened_by=registrar)
    assert round_.status == RoundStatus.OPEN
    told = Notice.objects.get(recipient=head)
    assert (told.heading, told.mail_at is not None) == ("Mở đợt khen", True)
    assert AuditEntry.objects.filter(action="Mở nhận đề nghị", about=str(round_)).exists()


def test_a_proposal_is_sent_whole_and_in_time(province, school, registrar, head, collaborator):
    load_pack()
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, papers=False, by=head)
    with pytest.raises(StepRefused, match="chưa đề nghị ai"):
        send(proposal, head)
    make_nominee(proposal)
    with pytest.raises(StepRefused, match=r"tờ trình, báo cáo thành tích, biên bản họp xét"):
        send(proposal, head)
    Proposal.objects.all().delete()
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    with pytest.raises(PermissionDenied):
        send(proposal, collaborator)
    move(PROPOSAL, proposal, "hand_over", collaborator)
    assert Notice.objects.filter(recipient=head, heading="Hồ sơ khen chờ bạn gửi").exists()
    sent = send(proposal, head)
    assert (sent.received_on, sent.is_late) == (timezone.localdate(), False)
    assert "06/2026/QH16" in sent.law.document
    assert Notice.objects.filter(recipient=registrar, heading="Hồ sơ đề nghị mới gửi").exists()


def test_after_the_deadline_only_with_the_hosts_permit(province, school, other_school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    end_deadline(round_)
    with pytest.raises(StepRefused, match="đã hết hạn"):
        send(proposal, head)
    permit_late(round_, other_school, registrar)
    with pytest.raises(StepRefused, match="đã hết hạn"):
        send(proposal, head)
    permit_late(round_, school, registrar)
    move(ROUND, round_, "close", registrar)
    assert send(proposal, head).is_late


def test_papers_the_host_asked_for_come_after_the_deadline(province, school, registrar, head):
    load_pack()
    round_ = make_round(province, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Y Wang Niê", by=head), head)
    with pytest.raises(StepRefused, match="lời nhắn"):
        screen(proposal, "ask_papers", registrar, note="")
    screen(proposal, "ask_papers", registrar, note="Thiếu trang 2 của báo cáo")
    assert "Thiếu trang 2" in Notice.objects.get(recipient=head, heading="Cần bổ sung hồ sơ khen").words
    Proposal.objects.update(received_on=datetime.date(2026, 9, 30))
    end_deadline(round_)
    again = send(proposal, head)
    assert again.received_on == datetime.date(2026, 9, 30)  # and with it the law of that day
    screen(proposal, "send_back", registrar)
    with pytest.raises(StepRefused, match="đã hết hạn"):
        send(proposal, head)


def test_who_was_accepted_is_screened_anew_when_the_proposal_comes_back(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Y Wang Niê", "H’Lan Byă", by=head), head)
    first, second = proposal.nominees.all()
    judge(first, "accept", registrar)
    judge(second, "decline", registrar, "Chưa đủ bài")
    screen(proposal, "send_back", registrar)
    assert set(proposal.nominees.values_list("status", "reason")) == {(NomineeStatus.PROPOSED, "")}


def test_a_concern_is_told_and_a_person_decides_with_a_reason(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    nominee = proposal.nominees.get()
    Nominee.objects.update(is_under_discipline=True, discipline_words="nghỉ không phép")
    send(proposal, head)
    with pytest.raises(StepRefused, match="nghỉ không phép") as refused:
        judge(nominee, "accept", registrar)
    assert refused.value.code == "note"
    kept = judge(nominee, "accept", registrar, "Đã có kết luận, không vi phạm")
    assert (kept.status, kept.reason) == (NomineeStatus.ACCEPTED, "Đã có kết luận, không vi phạm")


def test_a_withdrawn_proposal_is_not_judged(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Y Wang Niê", by=head), head)
    move(PROPOSAL, proposal, "withdraw", head, "Cá nhân xin rút")
    with pytest.raises(StepRefused, match="đơn vị đã rút"):
        judge(proposal.nominees.get(), "accept", registrar)
    assert "Cá nhân xin rút" in Notice.objects.get(recipient=registrar, heading="Đơn vị rút hồ sơ").words
    assert move(PROPOSAL, proposal, "restart", head).status == ProposalStatus.DRAFTING
