"""What a round, a unit and a host may no longer change, and figures that no calendar knows."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.enums import RecipientKind
from rounds import evidence
from rounds.enums import RoundStatus
from rounds.evidence import figures_of
from rounds.models import CouncilSession, Nominee, Proposal, Round, RoundAward
from tests.factories.articles import make_article
from tests.factories.awards import make_award_kind
from tests.factories.departments import make_department, make_position
from tests.factories.rounds import end_deadline, make_nominee, make_proposal, make_round, screen, send
from tests.rounds.test_saving import round_fields

pytestmark = pytest.mark.django_db
TABLE = "Đối tượng\tTập thể, cá nhân\tĐơn vị\nCá nhân\tLê Văn Ba\tTrường THPT Chu Văn An\n"


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


def browser(user):
    one = Client()
    one.force_login(user)
    return one


def test_years_and_months_out_of_our_time_are_refused_at_the_field(province, registrar):
    round_ = make_round(province, opened_by=registrar)
    office, page = browser(registrar), at("round_edit", round_.pk)
    for name, value, words in (
        ("months_between", "32000", "120"),
        ("counted_from", "0001-01-01", "Năm 1 không hợp lý"),
        ("counted_until", "9999-12-31", "Năm 9999 không hợp lý"),
        ("deadline", "9999-12-31T23:59", "Năm 9999 không hợp lý"),
        ("deadline", "0001-01-01T00:00", "đã qua"),
    ):
        answer = office.post(page, round_fields(round_, **{name: value}))
        assert answer.status_code == 200
        assert words in answer.text, name
    session = {"held_at": "0001-01-01T00:00", "members": "Trần Văn Hòa, chủ tịch"}
    assert "Năm 1 không hợp lý" in office.post(at("round_council", round_.pk), session).text
    late = {"until": "9999-12-31T23:59", "reason": "Mưa lũ", "department": province.pk}
    assert "Năm 9999 không hợp lý" in office.post(at("round_late", round_.pk), late).text
    assert Round.objects.get().version == round_.version
    assert not CouncilSession.objects.exists()


def test_an_open_round_keeps_its_host_its_deadline_and_its_rules(province, school, registrar, head):
    kind = make_award_kind()
    round_ = make_round(province, opened_by=registrar, kinds=(kind,), needs_council=True)
    send(make_proposal(round_, school, "Y Wang Niê", by=head), head)
    office, page = browser(registrar), at("round_edit", round_.pk)
    used, council = f"award{kind.pk}-is_used", f"award{kind.pk}-needs_council"
    same = round_fields(round_, **{council: "on"})
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    for change, words in (
        ({"deadline": f"{yesterday}T17:00"}, "Hạn mới đã qua"),
        ({used: ""}, "không bỏ được"),
        ({council: ""}, "không nới điều kiện"),
        ({f"award{kind.pk}-threshold": "51"}, "không nới điều kiện"),
        ({f"award{kind.pk}-quorum": "half"}, "không nới điều kiện"),
    ):
        answer = office.post(page, same | change)
        assert answer.status_code == 200
        assert words in answer.text, change
    above = make_award_kind("Bằng khen của Chủ tịch UBND tỉnh", "province")
    wrong = RoundAward.objects.create(round=round_, award_kind=above)
    asked = {f"award{above.pk}-{name}": value for name, value in _AWARD.items()}
    assert "không ký bằng khen" in office.post(page, same | asked).text
    wrong.delete()
    assert Round.objects.get().version == round_.version
    other = make_department("Sở khác")
    strict = same | {f"award{kind.pk}-threshold": "80", "host": other.pk}
    assert office.post(page, strict).status_code == 302
    now = Round.objects.get()
    assert (now.host, now.awards.get().threshold) == (province, 80)
    end_deadline(round_)
    now.refresh_from_db()
    passed = round_fields(now, **{council: "on", f"award{kind.pk}-threshold": "80", "title": "Tên mới"})
    assert office.post(page, passed).status_code == 302  # a deadline that has passed may stay


_AWARD = {"is_used": "on", "quorum": "two_thirds", "threshold": "70", "vote_base": "present"}


def test_papers_that_are_asked_for_bring_no_new_names(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Y Wang Niê", by=head), head)
    screen(proposal, "ask_papers", registrar, "Thiếu trang 2")
    proposal.refresh_from_db()
    unit, nominee = browser(head), proposal.nominees.get()
    typed = {
        "award_kind": nominee.award_kind_id,
        "seen_version": proposal.version,
        "text": TABLE,
        "save": "1",
    }
    add, remove = at("round_proposal_list", proposal.pk), at("round_nominee_remove", nominee.pk)
    assert unit.post(add, typed).status_code == 403
    assert unit.post(remove).status_code == 403
    shown = unit.get(at("round_proposal", proposal.pk)).text
    assert ("Thêm tệp" in shown, "Dán danh sách" in shown) == (True, False)
    shown = unit.get(at("round_nominee", nominee.pk)).text
    assert ("Thành tích" in shown, "Bỏ khỏi hồ sơ" in shown) == (True, False)
    Proposal.objects.update(status="returned")
    assert unit.get(add).status_code == 200
    assert "Dán danh sách" in unit.get(at("round_proposal", proposal.pk)).text
    assert [str(one) for one in Nominee.objects.all()] == ["Y Wang Niê"]


def test_only_a_unit_that_was_called_upon_begins_a_proposal(province, school, registrar, head):
    elsewhere = make_department("Sở Giáo dục và Đào tạo Gia Lai")
    far = make_round(elsewhere, title="Đợt của tỉnh khác")
    Round.objects.update(status=RoundStatus.OPEN)
    near = make_round(province, opened_by=registrar)
    # Somebody with a post in both places sees the other round, and proposes only where the unit stands.
    make_position(head.person, make_department("Trường ở Gia Lai", parent=elsewhere), role="head")
    unit = browser(type(head).objects.get(pk=head.pk))
    page = unit.get(at("round_page", far.pk))
    assert [str(one["unit"]) for one in page.context["own"]] == ["Trường ở Gia Lai"]
    assert unit.post(at("round_begin", far.pk), {"unit": school.pk}).status_code == 403
    assert not Proposal.objects.exists()
    unit.post(at("round_begin", near.pk), {"unit": school.pk})
    assert Proposal.objects.get().round == near


def test_a_note_has_an_end_and_a_council_none_after_the_round(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Y Wang Niê", by=head), head)
    office = browser(registrar)
    step = {"version": proposal.version, "note": "a" * 2001}
    answer = office.post(at("round_proposal_step", proposal.pk, "ask_papers"), step)
    assert (answer.status_code, "nhiều nhất 2000" in answer.text) == (409, True)
    Round.objects.update(status=RoundStatus.CLOSED)
    session = {"held_at": "2026-11-20T14:00", "members": "Trần Văn Hòa, chủ tịch"}
    told = office.post(at("round_council", round_.pk), session, follow=True)
    assert "đợt khen đã kết thúc" in told.text
    assert "Ghi phiên họp" not in told.text
    assert not CouncilSession.objects.exists()


def test_after_the_round_its_papers_stay_as_they_were(province, school, registrar, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Y Wang Niê", by=head), head)
    screen(proposal, "ask_papers", registrar, "Thiếu trang 2")
    unit, paper, nominee = browser(head), proposal.papers.first(), proposal.nominees.get()
    remove, page = at("round_paper_remove", paper.pk), at("round_proposal", proposal.pk)
    assert remove in unit.get(page).text
    for status in (RoundStatus.CLOSED, RoundStatus.CANCELLED):
        Round.objects.update(status=status)
        assert unit.post(remove).status_code == 403
        assert unit.post(at("round_nominee", nominee.pk), {"recipient_name": "Khác"}).status_code == 403
        assert remove not in unit.get(page).text
        assert "Chưa lưu" in unit.post(page, {"words": "Muộn"}, follow=True).text
        late = {"until": "2099-01-01T00:00", "reason": "Mưa lũ", "department": school.pk}
        browser(registrar).post(at("round_late", round_.pk), late)
    assert proposal.papers.filter(pk=paper.pk).exists()
    assert not round_.late_permits.exists()


def test_counting_reads_a_bounded_number_of_stories(province, school, head, collaborator, monkeypatch):
    for number in range(3):
        make_article("approved", collaborator, head, title=f"Bài số {number}")
    proposal = make_proposal(make_round(province), school, papers=False, by=head)
    person = make_nominee(proposal, "Trần Văn Minh", person=head.person)
    team = make_nominee(proposal, str(school), recipient_kind=RecipientKind.COLLECTIVE)
    assert figures_of([person, team], proposal.round)[team.pk].stories == 3
    monkeypatch.setattr(evidence, "MOST_READ", 2)
    assert figures_of([person, team], proposal.round)[team.pk].stories == 2
