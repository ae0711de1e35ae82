"""What a round tells is true; what was never sent stays with its unit; after the end nothing moves."""

import pytest
from django.test import Client
from django.urls import reverse

from approvals.engine import StepRefused
from awards.models import Commendation, Decision
from inbox.models import Notice
from rounds.enums import NomineeStatus, ProposalStatus, RoundStatus
from rounds.models import Nominee, Proposal, Round
from rounds.workflow.proposal import PROPOSAL
from rounds.workflow.round import ROUND
from tests.factories.rounds import judge, make_proposal, make_round, move, screen, send
from tests.rounds.test_council_and_decision import decision_fields

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


def browser(user):
    one = Client()
    one.force_login(user)
    return one


def sent(province, school, registrar, head, *names):
    round_ = make_round(province, opened_by=registrar)
    return round_, send(make_proposal(round_, school, *names, by=head), head)


def test_a_round_does_not_end_while_a_chosen_one_stands_in_no_decision(province, school, registrar, head):
    round_, proposal = sent(province, school, registrar, head, "Y Wang Niê", "H’Lan Byă")
    first, second = proposal.nominees.all()
    judge(first, "accept", registrar)
    judge(second, "accept", registrar)
    move(ROUND, round_, "close", registrar, "Đủ hồ sơ")
    with pytest.raises(StepRefused, match="chưa có trong quyết định nào: Y Wang Niê, H’Lan Byă"):
        move(ROUND, round_, "finish", registrar)
    round_.refresh_from_db()
    browser(registrar).post(at("round_decision", round_.pk), decision_fields(round_))
    Decision.objects.update(status="public")
    Commendation.objects.get(recipient_name="Y Wang Niê").delete()
    with pytest.raises(StepRefused, match=r"Còn 1 đề nghị chưa có kết quả.*Y Wang Niê"):
        move(ROUND, round_, "finish", registrar)
    with pytest.raises(StepRefused, match="đang có trong quyết định"):
        judge(second, "reconsider", registrar)
    page = browser(registrar).get(at("round_nominee", first.pk))
    assert at("round_nominee_step", first.pk, "reconsider") in page.text
    judge(first, "reconsider", registrar)
    judge(first, "decline", registrar, "Trùng thành tích")
    move(ROUND, round_, "finish", registrar)
    told = Notice.objects.get(recipient=head, heading="Kết quả đợt khen").words
    assert "Được khen: H’Lan Byă." in told
    assert "Không được khen: Y Wang Niê. Lý do: Trùng thành tích." in told


def test_what_was_given_back_and_not_sent_again_does_not_hold_the_round(province, school, registrar, head):
    round_, proposal = sent(province, school, registrar, head, "Y Wang Niê")
    screen(proposal, "send_back", registrar)
    move(ROUND, round_, "close", registrar, "Đủ hồ sơ")
    move(ROUND, round_, "finish", registrar)
    told = Notice.objects.get(recipient=head, heading="Kết quả đợt khen").words
    assert told == "Không được khen: Y Wang Niê. Lý do: hồ sơ đã trả lại, đơn vị không gửi lại."


def test_the_host_reads_nothing_of_a_proposal_withdrawn_before_it_was_sent(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    doors = [
        at("round_proposal", proposal.pk),
        at("round_nominee", proposal.nominees.get().pk),
        at("round_paper", proposal.papers.first().pk),
    ]
    office, unit = browser(registrar), browser(head)
    move(PROPOSAL, proposal, "withdraw", head, "Xin rút")
    assert [office.get(door).status_code for door in doors] == [404] * 3
    assert [unit.get(door).status_code for door in doors] == [200] * 3
    assert "Y Wang Niê" not in office.get(at("round_page", round_.pk)).text
    move(PROPOSAL, proposal, "restart", head)
    send(proposal, head)
    assert [office.get(door).status_code for door in doors] == [200] * 3
    move(PROPOSAL, proposal, "withdraw", head, "Xin rút")
    assert [office.get(door).status_code for door in doors] == [200] * 3  # it was received
    move(PROPOSAL, proposal, "restart", head)
    move(PROPOSAL, proposal, "withdraw", head, "Viết lại rồi thôi")
    assert [office.get(door).status_code for door in doors] == [404] * 3  # what was written anew was not


def test_after_the_round_nothing_moves(province, school, registrar, head):
    _, proposal = sent(province, school, registrar, head, "Y Wang Niê")
    nominee = proposal.nominees.get()
    judge(nominee, "decline", registrar, "Chưa đủ")
    for status in (RoundStatus.CLOSED, RoundStatus.CANCELLED):
        Round.objects.update(status=status)
        for step in ("ask_papers", "send_back"):
            with pytest.raises(StepRefused, match="Đợt khen: đã"):
                screen(proposal, step, registrar)
        with pytest.raises(StepRefused, match="Đợt khen: đã"):
            judge(nominee, "reconsider", registrar)
        Proposal.objects.update(status=ProposalStatus.MISSING)
        with pytest.raises(StepRefused, match="Đợt khen: đã"):
            send(proposal, head)
        Proposal.objects.update(status=ProposalStatus.SUBMITTED)
    assert Nominee.objects.get().status == NomineeStatus.DECLINED
