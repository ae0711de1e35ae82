"""The council's votes, and the decision drafted from the list: exact, once, with nothing typed again."""

import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from approvals.engine import StepRefused
from awards.enums import RecipientKind
from awards.law.pack import load_pack
from awards.models import Commendation, Decision
from departments.models import Position
from inbox.models import Notice
from rounds.concerns import concerns_of
from rounds.enums import NomineeStatus, RoundStatus
from rounds.evidence import choices_of, choose, figures_of, links_of
from rounds.models import Nominee, Round
from rounds.workflow.round import ROUND
from tests.factories.articles import make_article
from tests.factories.awards import make_award_kind, make_commendation, make_decision
from tests.factories.departments import make_position, rename
from tests.factories.documents import make_upload
from tests.factories.events import make_event
from tests.factories.rounds import end_deadline, judge, make_nominee, make_proposal, make_round, move, send

pytestmark = pytest.mark.django_db
NUMBER = "1833/QĐ-SGDĐT"
MEMBERS = "Trần Văn Hòa, Phó Giám đốc Sở, chủ tịch\nĐào Ấn, Văn thư, thư ký\n" + "\n".join(
    f"Ủy viên Số {number}, Trưởng phòng" + (", vắng" if number > 7 else "") for number in range(1, 10)
)  # eleven, nine of them present


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


def browser(user):
    one = Client()
    one.force_login(user)
    return one


def ready(province, school, registrar, head, *names, **fields):
    """A closed round with these people accepted."""
    round_ = make_round(province, opened_by=registrar, **fields)
    proposal = send(make_proposal(round_, school, *names, by=head), head)
    for nominee in proposal.nominees.all():
        judge(nominee, "accept", registrar)
    end_deadline(round_)
    return move(ROUND, round_, "close", registrar)


def decision_fields(round_, **more):
    words = {
        "number": NUMBER,
        "signed_on": timezone.localdate().isoformat(),
        "signer_name": "Nguyễn Văn Mẫu",
        "signer_title": "Giám đốc Sở",
        "summary": round_.achievement,
        "issuer": round_.host_id,
        "version": round_.version,
    }
    return words | more


def session_fields(**more):
    return {"held_at": "2026-11-20T14:00", "opinion": "Gửi kèm đường dẫn.", "members": MEMBERS} | more


def test_the_council_votes_with_quorum_and_threshold(
    province, school, registrar, head, django_capture_on_commit_callbacks
):
    round_ = ready(province, school, registrar, head, "Y Wang Niê", "H’Lan Byă", "Lê Ba", needs_council=True)
    office, page = browser(registrar), at("round_council", round_.pk)
    assert "2026-11-20" in office.post(page, session_fields(members="Trần Văn Hòa")).text
    assert "đúng một chủ tịch" in office.post(page, session_fields(members="Trần Văn Hòa")).text
    no_pdf = office.post(page, session_fields(signed=make_upload("bb.pdf", b"MZ")))
    assert "Chỉ nhận tệp PDF" in no_pdf.text
    for nameless in (", Trưởng phòng", "Chủ tịch, Phó Giám đốc", "vắng"):
        refused = office.post(page, session_fields(members=f"{MEMBERS}\n{nameless}"))
        assert "Dòng 12 thiếu họ tên" in refused.text
    crowd = MEMBERS + "".join(f"\nỦy viên Thêm {number}" for number in range(40))
    assert "nhiều nhất 50 người" in office.post(page, session_fields(members=crowd)).text
    assert not round_.sessions.exists()
    few = MEMBERS.replace("Trưởng phòng", "Trưởng phòng, vắng")
    office.post(page, session_fields(members=few))
    first, second, third = Nominee.objects.all()
    shown = {"votes": "1", "session": round_.sessions.get().pk}
    votes = shown | {f"for-{first.pk}": "2", f"against-{first.pk}": "0"}
    assert "Phiên họp chưa đủ" in office.post(page, votes, follow=True).text
    office.post(page, session_fields(signed=make_upload("bien-ban.pdf")))
    session = round_.sessions.get()
    assert "Có mặt 9 trong 11 thành viên" in office.get(page).text
    assert office.get(at("round_minutes", session.pk)).headers["Content-Type"] == "application/pdf"
    assert browser(head).get(at("round_minutes", session.pk)).status_code == 404
    too_many = shown | {f"for-{first.pk}": "10", f"against-{first.pk}": "0"}
    assert "10 phiếu, mà có mặt 9" in office.post(page, too_many, follow=True).text
    votes = shown | {f"for-{first.pk}": "7", f"against-{first.pk}": "2"}
    assert "Hãy ghi phiên họp" in office.post(page, votes | {"session": "0"}, follow=True).text
    votes |= {
        f"for-{second.pk}": "6",
        f"against-{second.pk}": "3",
        f"for-{third.pk}": "",
        f"against-{third.pk}": "",
    }
    office.post(page, votes)
    found = dict(Nominee.objects.values_list("recipient_name", "status"))
    assert found == {
        str(first): NomineeStatus.PASSED,  # 7/9 is 77.8 %
        str(second): NomineeStatus.NOT_PASSED,  # 6/9 is 66.7 %
        str(third): NomineeStatus.ACCEPTED,
    }
    # Who was there does not change behind the votes; the minutes still do, and the old file goes.
    old = session.minutes.path
    with django_capture_on_commit_callbacks(execute=True):
        office.post(page, session_fields(members="Chỉ Một, chủ tịch", signed=make_upload("bien-ban-2.pdf")))
    session.refresh_from_db()
    assert (session.members.count(), session.minutes_name) == (11, "bien-ban-2.pdf")
    assert (Path(old).exists(), Path(session.minutes.path).exists()) == (False, True)
    second.refresh_from_db()
    assert "6/9 phiếu đồng ý" in second.reason
    with pytest.raises(StepRefused, match="2 đề nghị chưa có kết quả"):
        move(ROUND, round_, "finish", registrar)
    text = office.get(at("round_decision", round_.pk)).text
    assert "1 người chưa thẩm định hoặc chưa biểu quyết" in text


def test_the_decision_is_drafted_once_with_nothing_typed_again(province, school, registrar, head):
    load_pack()
    kind = make_award_kind()
    round_ = ready(province, school, registrar, head, "Nguyễn Thị Hồng Nhung", "H’Nương Byă", kinds=(kind,))
    proposal = round_.proposals.get()
    team = make_nominee(
        proposal, "Tổ Ngữ văn", recipient_kind=RecipientKind.COLLECTIVE, achievement="Đọc sách"
    )
    judge(team, "accept", registrar)
    late = make_nominee(proposal, "Người Chưa Xét")
    office, page = browser(registrar), at("round_decision", round_.pk)
    shown = office.get(page).text
    assert "1 tập thể và 2 cá nhân đã được chọn" in shown
    assert "1 người chưa thẩm định" in shown
    kept = office.post(page, decision_fields(round_, signer_name=""))
    assert "Hãy ghi tên người ký" in kept.text
    assert NUMBER in kept.text
    for _ in range(2):
        answer = office.post(page, decision_fields(round_))
        assert answer.headers["Location"] == at("awards_decision_change", Decision.objects.get().pk)
    decision = Decision.objects.get()
    assert (decision.status, str(decision.issuer)) == ("drafting", str(province))
    rows = [(str(r), r.unit_name, r.achievement, r.reward_amount) for r in decision.commendations.all()]
    assert rows == [
        ("Tổ Ngữ văn", str(school), "Đọc sách", 1_520_000),
        ("Nguyễn Thị Hồng Nhung", str(school), "", 760_000),
        ("H’Nương Byă", str(school), "", 760_000),
    ]
    linked = Nominee.objects.exclude(commendation=None)
    assert {(str(one), str(one.commendation), one.status) for one in linked} == {
        (name, name, "entered") for name, *_ in rows
    }
    round_.refresh_from_db()
    assert (round_.status, round_.decision) == (RoundStatus.DECIDED, decision)
    judge(late, "accept", registrar)  # chosen afterwards: joins the same draft
    assert f"Thêm vào dự thảo {NUMBER}" in office.get(page).text
    office.post(page, {"version": round_.version})
    assert Decision.objects.get().commendations.count() == 4
    assert Client().get(decision.get_absolute_url()).status_code == 404  # still nobody's but the office's


def test_titles_and_units_are_those_of_the_day_of_signing(province, school, registrar, head):
    today = timezone.localdate()
    signed_on = today + datetime.timedelta(days=3)
    person = make_position(title="Giáo viên", department=school, valid_until=today).person
    make_position(person, school, title="Phó Hiệu trưởng", valid_from=signed_on)
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, by=head)
    make_nominee(proposal, person.full_name, person=person, recipient_title="Giáo viên")
    make_nominee(proposal, "Y Wang Niê", person=head.person, recipient_title="Tổ trưởng tổ Tin học")
    send(proposal, head)
    for nominee in Nominee.objects.all():
        judge(nominee, "accept", registrar)
    rename(school, "Trường THPT Chu Văn An (mới)", signed_on)
    move(ROUND, round_, "close", registrar, "Đủ hồ sơ")
    round_.refresh_from_db()
    office = browser(registrar)
    office.post(at("round_decision", round_.pk), decision_fields(round_, signed_on=signed_on.isoformat()))
    rows = Commendation.objects.values_list("recipient_title", "unit_name")
    unit = "Trường THPT Chu Văn An (mới)"
    # What came from the directory follows it; a title that the unit typed stays.
    assert list(rows) == [("Phó Hiệu trưởng", unit), ("Tổ trưởng tổ Tin học", unit)]
    assert Position.objects.filter(title="Tổ trưởng tổ Tin học").count() == 0


def test_those_not_chosen_are_told_why(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Y Wang Niê", "H’Lan Byă", by=head), head)
    first, second = proposal.nominees.all()
    judge(first, "accept", registrar)
    judge(second, "decline", registrar, "Chưa đủ số bài của tiêu chí")
    move(ROUND, round_, "close", registrar, "Đủ hồ sơ")
    round_.refresh_from_db()
    browser(registrar).post(at("round_decision", round_.pk), decision_fields(round_))
    with pytest.raises(StepRefused, match="chưa công bố"):
        move(ROUND, round_, "finish", registrar)
    assert not Notice.objects.filter(heading="Kết quả đợt khen").exists()
    Decision.objects.update(status="public")
    move(ROUND, round_, "finish", registrar)
    told = Notice.objects.get(recipient=head, heading="Kết quả đợt khen")
    assert "Được khen: Y Wang Niê." in told.words
    assert "Không được khen: H’Lan Byă. Lý do: Chưa đủ số bài của tiêu chí." in told.words
    assert told.mail_at is not None
    assert Round.objects.get().ended_on == timezone.localdate()


def test_figures_and_concerns_come_from_the_site(province, school, registrar, head, collaborator):
    story = make_article("approved", collaborator, head, title="Ngày hội đọc sách")
    event = make_event(host=school, starts_at=timezone.now() - datetime.timedelta(days=5))
    other = make_decision(issuer=province, summary="Có nhiều thành tích trong công tác truyền thông")
    same = make_commendation(other, "Nguyễn Thị Lan", person=collaborator.person, published_at=timezone.now())
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, by=head)
    lan = make_nominee(proposal, "Nguyễn Thị Lan", person=collaborator.person)
    team = make_nominee(proposal, str(school), recipient_kind=RecipientKind.COLLECTIVE)
    stranger = make_nominee(proposal, "Người Lạ", department=None)
    rows = list(proposal.nominees.select_related("department", "proposal__department"))
    figures = figures_of(rows, round_)
    assert figures[team.pk].words == "1 bài, 1 sự kiện"
    assert figures[lan.pk].awards == 1
    assert figures[stranger.pk].words == ""
    found = concerns_of(rows, round_)
    assert [concern.kind for concern in found[lan.pk]] == ["same"]
    assert found[team.pk] == found[stranger.pk] == []
    offered = [choice.value for _, choices in choices_of(team) for choice in choices]
    assert offered[:2] == [f"story:{story.pk}", f"event:{event.pk}"]
    choose(team, [f"story:{story.pk}", "story:999999", "decision:1"])
    assert [choice.label[:17] for choice in links_of([team])[team.pk]] == ["Ngày hội đọc sách"]
    choose(lan, [f"award:{same.pk}"])
    assert links_of([lan])[lan.pk][0].label.startswith(other.number)


def test_an_award_given_lately_and_a_second_proposal_are_told(
    province, school, other_school, registrar, head
):
    kind = make_award_kind()
    recent = make_decision(issuer=province, summary="Việc khác", signed_on=timezone.localdate())
    make_commendation(
        recent, "Y Wang Niê", unit_name=str(school), award_kind=kind, published_at=timezone.now()
    )
    round_ = make_round(province, opened_by=registrar, kinds=(kind,))
    one = send(make_proposal(round_, school, "Y Wang Niê", by=head), head).nominees.get()
    assert [c.kind for c in concerns_of([one], round_)[one.pk]] == ["soon"]
    other = make_proposal(round_, other_school, papers=False, by=head)
    twin = make_nominee(other, "Y WANG NIÊ", unit_name=str(school), department=school)
    assert [c.kind for c in concerns_of([one], round_)[one.pk]] == ["soon"]  # the other is a draft: not told
    type(other).objects.filter(pk=other.pk).update(status="submitted")
    assert [c.kind for c in concerns_of([one], round_)[one.pk]] == ["twice", "soon"]
    assert str(other_school) in concerns_of([one], round_)[one.pk][0].words
    Nominee.objects.filter(pk=twin.pk).delete()
