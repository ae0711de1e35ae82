"""The pages of units and host over HTTP: what each sees, what a form keeps, what no other unit learns."""

import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.law.pack import load_pack
from rounds.enums import NomineeStatus, ProposalStatus, RoundStatus
from rounds.models import Nominee, Paper, Proposal, Round
from rounds.papers import delete_old_papers
from rounds.workflow.round import ROUND
from tests.factories.awards import make_award_kind
from tests.factories.documents import make_upload
from tests.factories.rounds import end_deadline, make_nominee, make_proposal, make_round, move, send

pytestmark = pytest.mark.django_db
TABLE = (
    "Đối tượng\tTập thể, cá nhân\tChức vụ\tĐơn vị\tThành tích\n"
    "Tập thể\tTổ Ngữ văn\t\tTrường THPT Chu Văn An\tChuyên đề sử thi Đam San\n"
    "Cá nhân\tNguyễn Thị Lan\tGiáo viên\tTrường THPT Chu Văn An\t22 bài đã đăng\n"
    "Cá nhân\tH’Nương Byă\tGiáo viên\tTrường THPT Chu Văn An\t18 bài đã đăng\n"
)


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def as_(client):
    """A browser for each person."""

    def browser(user):
        one = Client()
        one.force_login(user)
        return one

    return browser


def award_fields(kind, **more):
    words = {"is_used": "on", "quorum": "two_thirds", "threshold": "70", "vote_base": "present"} | more
    return {f"award{kind.pk}-{name}": value for name, value in words.items()}


def test_a_registrar_prepares_and_opens_a_round(as_, registrar, province, school, head):
    load_pack()
    kind = make_award_kind()
    office = as_(registrar)
    assert f"award{kind.pk}-is_used" in office.get(at("round_add")).text
    typed = {
        "title": "Công tác truyền thông năm học 2026–2027",
        "host": province.pk,
        "regime": "usual",
        "criteria": "Nhiều bài tốt",
        "achievement": "Có nhiều thành tích trong công tác truyền thông",
        "deadline": f"{timezone.localdate() + datetime.timedelta(days=9)}T17:00",
        "counted_from": "2026-09-01",
        "counted_until": "2025-05-31",
        "asks_minutes": "on",
        "months_between": "12",
        "files_kept_days": "365",
    }
    wrong = office.post(at("round_add"), typed | award_fields(kind))
    assert "phải bằng hoặc sau ngày đầu" in wrong.text
    assert "Có nhiều thành tích" in wrong.text
    typed["counted_until"] = "2027-05-31"
    assert (
        "ít nhất một hình thức" in office.post(at("round_add"), typed | award_fields(kind, is_used="")).text
    )
    assert not Round.objects.exists()
    office.post(at("round_add"), typed | award_fields(kind, needs_council="on"))
    round_ = Round.objects.get()
    assert (round_.status, round_.awards.get().needs_council) == ("preparing", True)
    assert as_(head).get(at("round_page", round_.pk)).status_code == 404
    office.post(at("round_step", round_.pk, "open"), {"version": round_.version})
    assert "Lập hồ sơ đề nghị" in as_(head).get(at("round_page", round_.pk)).text
    thematic = typed | award_fields(kind) | {"regime": "thematic", "deadline": "2026-09-30T17:00"}
    assert "chưa có loại hình" in office.post(at("round_add"), thematic).text


def test_a_unit_proposes_many_at_once_and_sends(as_, registrar, school, head, collaborator):
    round_ = make_round(registrar.person.positions.get().department, opened_by=registrar)
    writer = as_(collaborator)
    for _ in range(2):  # pressed twice: one proposal
        writer.post(at("round_begin", round_.pk), {"unit": school.pk})
    proposal = Proposal.objects.get()
    kind, page = round_.awards.get().award_kind_id, at("round_proposal_list", proposal.pk)
    typed = {"award_kind": kind, "seen_version": proposal.version, "text": TABLE}
    refused = writer.post(page, typed | {"text": TABLE.replace("Tập thể\tTổ", "Hội\tTổ"), "save": "1"})
    assert "chưa rõ" in refused.text
    assert "Chuyên đề sử thi" in refused.text
    assert not Nominee.objects.exists()
    assert "1 tập thể và 2 cá nhân" in writer.post(page, typed).text
    assert writer.post(page, typed | {"save": "1"}).status_code == 302
    again = writer.post(page, typed | {"save": "1"})  # the same list once more
    assert "đã có trong danh sách" in again.text
    assert [str(one) for one in proposal.nominees.all()] == ["Tổ Ngữ văn", "Nguyễn Thị Lan", "H’Nương Byă"]
    assert proposal.nominees.get(recipient_name="Nguyễn Thị Lan").person == collaborator.person
    for paper in ("letter", "report", "minutes"):
        writer.post(
            at("round_paper_add", proposal.pk), {"kind": paper, "upload": make_upload(f"{paper}.pdf")}
        )
    bad = SimpleUploadedFile("bao-cao.pdf", b"MZ chay")
    answer = writer.post(at("round_paper_add", proposal.pk), {"kind": "other", "upload": bad}, follow=True)
    assert "Chỉ nhận tệp PDF hoặc Word" in answer.text
    proposal = Proposal.objects.get()
    sent = writer.post(at("round_proposal_step", proposal.pk, "submit"), {"version": proposal.version})
    assert sent.status_code == 403
    as_(head).post(at("round_proposal_step", proposal.pk, "submit"), {"version": proposal.version})
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED
    late = writer.post(page, typed | {"save": "1"})
    assert late.status_code == 403


def test_what_is_typed_about_one_person_is_kept_with_the_error(as_, registrar, province, school, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    nominee = proposal.nominees.get()
    typed = {
        "recipient_kind": "individual",
        "award_kind": nominee.award_kind_id,
        "recipient_name": "Y Wang Niê",
        "unit_name": str(school),
        "achievement": "Đội chiêng học sinh",
        "is_under_discipline": "on",
        "discipline_words": "",
        "seen_version": proposal.version,
    }
    page = at("round_nominee", nominee.pk)
    answer = as_(head).post(page, typed)
    assert "Hãy ghi đang bị xem xét về việc gì" in answer.text
    assert "Đội chiêng học sinh" in answer.text
    stale = as_(head).post(page, typed | {"discipline_words": "nghỉ dạy", "seen_version": "0"})
    assert "vừa được lưu hoặc chuyển bước" in stale.text
    as_(head).post(page, typed | {"discipline_words": "nghỉ dạy"})
    nominee.refresh_from_db()
    assert (nominee.achievement, nominee.discipline_words) == ("Đội chiêng học sinh", "nghỉ dạy")
    as_(head).post(at("round_nominee_remove", nominee.pk))
    assert not Nominee.objects.exists()


@pytest.mark.usefixtures("other_school")
def test_no_other_unit_sees_a_proposal_by_any_door(as_, registrar, school, head, request):
    others = [request.getfixturevalue(name) for name in ("other_head", "other_collaborator")]
    auditor = request.getfixturevalue("auditor")
    round_ = make_round(registrar.person.positions.get().department, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    nominee, paper = proposal.nominees.get(), proposal.papers.first()
    doors = [
        at("round_proposal", proposal.pk),
        at("round_proposal_list", proposal.pk),
        at("round_nominee", nominee.pk),
        at("round_paper", paper.pk),
    ]
    posts = [
        at("round_proposal_step", proposal.pk, "submit"),
        at("round_paper_add", proposal.pk),
        at("round_paper_remove", paper.pk),
        at("round_nominee_remove", nominee.pk),
        at("round_nominee_step", nominee.pk, "accept"),
        at("round_accept", round_.pk),
        at("round_decision", round_.pk),
        at("round_late", round_.pk),
    ]
    for door in doors:
        assert as_(head).get(door).status_code == 200
        assert as_(registrar).get(door).status_code == 404  # a draft is the unit's own
    send(proposal, head)
    assert as_(auditor).get(doors[0]).status_code == 200
    for person in others:
        for door in doors:
            assert as_(person).get(door).status_code == 404
        for door in posts:
            assert as_(person).post(door, {"version": "1"}).status_code in (403, 404)
        page = as_(person).get(at("round_page", round_.pk))
        assert page.status_code == 200
        assert "Y Wang Niê" not in page.text
        assert str(school) not in page.text
    assert "Y Wang Niê" in as_(registrar).get(at("round_page", round_.pk)).text
    assert Client().get(doors[0]).status_code == 302  # to the sign-in


def test_the_registrar_screens_from_the_board(as_, registrar, province, school, head):
    round_ = make_round(province, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", "H’Lan Byă", "Lê Văn Ba", by=head)
    Nominee.objects.filter(recipient_name="Lê Văn Ba").update(
        is_under_discipline=True, discipline_words="đơn thư"
    )
    send(proposal, head)
    office, rows = as_(registrar), list(proposal.nominees.all())
    answer = office.post(at("round_accept", round_.pk), {"nominee": [one.pk for one in rows]}, follow=True)
    assert "2 đề nghị đủ điều kiện" in answer.text
    assert "ghi lý do: Lê Văn Ba" in answer.text
    third = rows[2]
    asked = office.post(at("round_nominee_step", third.pk, "accept"), {"version": third.version})
    assert asked.status_code == 409
    assert "đơn thư" in asked.text
    reason = {"version": third.version, "note": "Đơn đã giải quyết xong"}
    office.post(at("round_nominee_step", third.pk, "accept"), reason)
    assert set(proposal.nominees.values_list("status", flat=True)) == {NomineeStatus.ACCEPTED}
    twice = office.post(at("round_nominee_step", third.pk, "accept"), reason, follow=True)
    assert "đã làm rồi" in twice.text


def test_the_board_asks_as_often_for_three_hundred(
    as_, registrar, school, head, django_assert_max_num_queries
):
    round_ = make_round(registrar.person.positions.get().department, opened_by=registrar)
    proposal = make_proposal(round_, school, by=head)
    make_nominee(proposal, "Trần Văn Minh", person=head.person)
    send(proposal, head)
    office, page = as_(registrar), at("round_page", round_.pk)
    office.get(page)
    with django_assert_max_num_queries(60) as few:
        office.get(page)
    for number in range(300):
        make_nominee(proposal, f"Nguyễn Văn {number}", person=head.person if number % 2 else None)
    with django_assert_max_num_queries(len(few.captured_queries)):
        many = office.get(page)
    assert many.text.count('name="nominee"') == 301
    assert "Xem đủ 301" in many.text


def test_files_go_some_time_after_the_round(as_, registrar, school, head, django_capture_on_commit_callbacks):
    round_ = make_round(registrar.person.positions.get().department, opened_by=registrar)
    proposal = make_proposal(round_, school, "Y Wang Niê", by=head)
    paper = proposal.papers.first()
    stored = paper.file.path
    assert as_(head).get(at("round_paper", paper.pk)).headers["Content-Disposition"].startswith("attachment")
    end_deadline(round_)
    move(ROUND, round_, "cancel", registrar, "Không đủ kinh phí")
    assert Round.objects.get().status == RoundStatus.CANCELLED
    assert delete_old_papers() == 0
    Round.objects.update(ended_on=timezone.localdate() - datetime.timedelta(days=366))
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_papers() == 3
    assert delete_old_papers() == 0
    paper = Paper.objects.get(pk=paper.pk)
    assert (paper.file.name, paper.deleted_on) == ("", timezone.localdate())
    assert not Path(stored).exists()
    assert as_(head).get(at("round_paper", paper.pk)).status_code == 404
    assert "tệp đã xóa" in as_(head).get(at("round_proposal", proposal.pk)).text
