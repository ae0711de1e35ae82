"""Enrolment over HTTP: the office invites, a unit sends, no other unit sees, the day of deletion is kept."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from approvals.models import AuditEntry
from departments.enums import DepartmentKind
from events.models import Event
from foundation.exporting.files import xlsx_bytes
from inbox.models import Notice
from inbox.posting import send_due
from tests.factories.departments import make_department, make_person, make_position
from tests.factories.training import make_enrolment, make_training_event, send, unit_in
from training.forgetting import forget_people
from training.inviting import invite_units
from training.models import Enrolment, Participant, Question

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


def as_(user):
    browser = Client()
    browser.force_login(user)
    return browser


def settings_of(event, **more):
    words = {
        "deadline": f"{timezone.localtime(event.starts_at) - datetime.timedelta(days=1):%Y-%m-%dT%H:%M}",
        "places": "",
        "asks_email": "on",
        "kept_days": "60",
    }
    for kind in DepartmentKind:
        words[f"kind-{kind}-places"] = "2"
    for place in range(4):
        words |= {f"question-{place}-label": "", f"question-{place}-kind": "text"}
    return words | more


def unit_of(user):
    return user.person.positions.get().department


def said(answer):
    """The keys of the lines that ask something, in order."""
    return [part.split('"')[0] for part in answer.text.split('name="dong-')[1:]]


def test_the_office_prepares_opens_and_units_are_invited(desk_editor, province, school, head, other_head):
    event = make_training_event(province)
    far = make_department("Trường THPT Ngoài Tỉnh")  # of the kind, but not below the host
    office = as_(desk_editor)
    page = at("enrolment_add", event.pk)
    assert "Mời những loại đơn vị nào" in office.get(page).text
    assert as_(head).get(page).status_code == 403
    wrong = office.post(page, settings_of(event, kept_days="3", note="Mang máy ảnh"))
    assert "ít nhất một loại đơn vị" in wrong.text
    assert "Mang máy ảnh" in wrong.text
    late = settings_of(event, deadline="2099-01-01T07:00", **{"kind-high_school-is_invited": "on"})
    assert "trước khi sự kiện kết thúc" in office.post(page, late).text
    assert not Enrolment.objects.exists()
    typed = {"kind-high_school-is_invited": "on", "kind-high_school-places": "2"}
    typed |= {"question-0-label": "Cỡ áo", "question-0-kind": "choice", "question-0-options": "M"}
    assert "từ 2 đến 12 lựa chọn" in office.post(page, settings_of(event, **typed)).text
    typed["question-0-options"] = "M\nL"
    assert office.post(page, settings_of(event, **typed)).status_code == 302
    enrolment = Enrolment.objects.get()
    assert [question.choices for question in enrolment.questions.all()] == [("M", "L")]
    assert as_(head).get(at("enrolment_page", enrolment.pk)).status_code == 404  # not opened yet
    office.post(at("enrolment_step", enrolment.pk, "open"), {"version": enrolment.version})
    assert {unit.department for unit in enrolment.units.all()} == {
        school,
        other_head.person.positions.get().department,
    }
    invited = Notice.objects.filter(recipient=head).get()
    assert (invited.heading, invited.about) == ("Mời đăng ký người dự", event.title)
    own = as_(head).get(at("enrolment_page", enrolment.pk), follow=True)
    assert "Đã gửi 0 trong 2 người" in own.text
    assert far.name not in office.get(at("enrolment_page", enrolment.pk)).text
    office.post(at("enrolment_invite", enrolment.pk), {"department": far.pk, "places": "5"})
    assert unit_in(enrolment, far).places == 5
    edited = settings_of(event, seen_version=Enrolment.objects.get().version, **typed)
    edited |= {"kind-high_school-places": "3", "kind-continuing_centre-is_invited": "on"}
    centre = make_department("Trung tâm GDNN-GDTX Ea Kar", DepartmentKind.CONTINUING_CENTRE, parent=province)
    assert office.post(at("enrolment_edit", enrolment.pk), edited).status_code == 302
    assert (unit_in(enrolment, school).places, unit_in(enrolment, far).places) == (3, 5)
    assert unit_in(enrolment, centre).places == 2
    stale = office.post(at("enrolment_edit", enrolment.pk), edited)
    assert "Có người vừa lưu" in stale.text


LIST = """DANH SÁCH CỬ ĐI TẬP HUẤN
STT\tHọ và tên\tChức danh\tE-mail\tĐơn vị\tSĐT
1\tNGUYỄN THỊ HỒNG NHUNG\t\tnhung@truong.edu.vn\t\t0905111222
2\tTran Duc Manh\tBí thư Đoàn\t\tTHPT Chu Văn An\t
3\tNguyễn Thị Hồng Nhung\tGV\t\t\t
4\tY Thuyên Kbuôr\tchuyên viên\t\t\t
5\tThầy Lê Quốc Việt\tTổ trưởng\tviet@@truong\t\t
6\tH’Lan Byă\tGiáo viên\t\tTrường THPT Buôn Ma Thuột\t
7\tPhạm\t\t\t\t
8\tLê Quốc Bảo\t\t\t\t
Tổng cộng: 8 người"""


def test_a_list_with_the_faults_of_real_life_is_read_line_by_line(
    desk_editor, province, school, head, other_school
):
    nhung = make_position(make_person("Nguyễn Thị Hồng Nhung"), school, title="Giáo viên Ngữ văn").person
    manh = make_position(make_person("Trần Đức Mạnh"), school, title="Bí thư Đoàn trường").person
    make_position(make_person("Y Thuyên Kbuôr"), other_school)
    enrolment = make_enrolment(province, opened_by=desk_editor, a_unit=3)
    unit = unit_in(enrolment, school)
    writer, page = as_(head), at("enrolment_unit_list", unit.pk)
    upload = SimpleUploadedFile("ds.xlsx", xlsx_bytes(*_cells(LIST)))
    read = writer.post(page, {"upload": upload, "text": ""})
    assert "Đọc được 8 dòng, gửi được 2" in read.text
    for words in (
        "Danh bạ của đơn vị có Trần Đức Mạnh",
        "Trùng dòng 3",
        "Danh bạ có người cùng tên ở Trường THPT Buôn Ma Thuột",
        "Thư điện tử “viet@@truong” không đúng",
        "không phải Trường THPT Chu Văn An",
        "“Phạm” chưa đủ họ và tên",
    ):
        assert words in read.text, words
    assert not Participant.objects.exists()
    answers = {f"dong-{key}": "same" for key in said(read) if key.startswith("4-")}
    assert len(answers) == 1
    typed = {"text": LIST, "good": "2"} | answers
    assert "gửi được 3" in writer.post(page, typed).text
    kept = writer.post(page, typed | {"save": "1"})
    assert "Đã gửi 3 người" in kept.text
    assert "Y Thuyên Kbuôr" in kept.text  # what was not sent stays in the box
    assert "Tran Duc Manh" not in kept.context["form"].data["text"]
    rows = {one.full_name: (one.title, one.email, one.person) for one in Participant.objects.all()}
    assert rows == {
        "Nguyễn Thị Hồng Nhung": ("Giáo viên Ngữ văn", "nhung@truong.edu.vn", nhung),
        "Trần Đức Mạnh": ("Bí thư Đoàn", "", manh),
        "Lê Quốc Bảo": ("", "", None),
    }
    again = writer.post(page, {"text": "Lê Quốc Bảo – Giáo viên\nY Bih Kđoh – Giáo viên"})
    assert "Đã có trong danh sách đơn vị đã gửi" in again.text
    assert "Quá số được cử (3 người)" in again.text


def _cells(text):
    lines = [line.split("\t") for line in text.splitlines()]
    return [lines[0][0], "", "", "", "", ""], lines[1:]


def test_each_unit_sees_only_its_own(desk_editor, auditor, head, other_head):
    school, other_school = unit_of(head), unit_of(other_head)
    province = unit_of(desk_editor)
    enrolment = make_enrolment(province, opened_by=desk_editor)
    own, other = unit_in(enrolment, school), unit_in(enrolment, other_school)
    (lan,) = send(own, "Nguyễn Thị Lan", by=head)
    assert "Nguyễn Thị Lan" in as_(head).get(at("enrolment_unit", own.pk)).text
    for reader in (desk_editor, auditor):
        page = as_(reader).get(at("enrolment_page", enrolment.pk))
        assert "Nguyễn Thị Lan" in page.text
    stranger = as_(other_head)
    for name in ("enrolment_unit", "enrolment_unit_list", "enrolment_unit_add"):
        assert stranger.get(at(name, own.pk)).status_code == 404, name
    for name in ("enrolment_person", "enrolment_person_withdraw"):
        assert stranger.post(at(name, lan.pk), {"version": 1}).status_code == 404, name
    assert stranger.get(at("enrolment_file", enrolment.pk)).status_code == 403
    assert stranger.post(at("enrolment_remind", enrolment.pk)).status_code == 403
    assert "Nguyễn Thị Lan" not in stranger.get(at("enrolment_page", enrolment.pk), follow=True).text
    assert as_(auditor).post(at("enrolment_unit_add", own.pk), {}).status_code == 403
    # The same name from another unit is no news about the first.
    answer = stranger.post(at("enrolment_unit_list", other.pk), {"text": "Nguyễn Thị Lan"})
    assert "gửi được 1" in answer.text
    file = as_(desk_editor).get(at("enrolment_file", enrolment.pk))
    assert file.content[:2] == b"PK"


def test_the_waiting_list_moves_up_and_changes_end_with_the_deadline(desk_editor, head, other_head):
    province, school, other_school = unit_of(desk_editor), unit_of(head), unit_of(other_head)
    Question.objects.create(enrolment=make_enrolment(province, places=1), label="Bữa trưa", kind="meal")
    enrolment = Enrolment.objects.get()
    office = as_(desk_editor)
    office.post(at("enrolment_step", enrolment.pk, "open"), {"version": enrolment.version})
    question, own = enrolment.questions.get(), unit_in(enrolment, school)
    writer = as_(head)
    typed = {"text": "Nguyễn Thị Lan", question.key: "Ăn chay", "good": "1", "save": "1"}
    assert writer.post(at("enrolment_unit_list", own.pk), typed).status_code == 302
    lan = Participant.objects.get()
    assert (lan.answers, lan.waiting_since) == ({question.key: "Ăn chay"}, None)
    person = make_position(make_person("Y Phu Êban"), other_school, title="Giáo viên").person
    other = as_(other_head)
    add = at("enrolment_unit_add", unit_in(enrolment, other_school).pk)
    assert "đủ họ và tên" in other.post(add, {"full_name": "Phu"}).text
    assert "danh sách chờ" in other.post(add, {"person": person.pk}, follow=True).text
    assert other.post(add, {"person": person.pk}).text.count("đã gửi người này") == 1
    edit = at("enrolment_person", lan.pk)
    assert 'value="Nguyễn Thị Lan"' in writer.get(edit).text
    code = lan.code
    writer.post(edit, {"full_name": "Trần Thị Bình", question.key: "Ăn thường", "version": lan.version})
    lan.refresh_from_db()
    assert (lan.full_name, lan.code != code, lan.search_key) == ("Trần Thị Bình", True, "tran thi binh")
    writer.post(at("enrolment_person_withdraw", lan.pk), {"version": lan.version - 1})
    assert Participant.objects.standing().count() == 2  # a stale page withdraws nobody
    Notice.objects.all().delete()
    writer.post(at("enrolment_person_withdraw", lan.pk), {"version": lan.version})
    phu = Participant.objects.get(person=person)
    assert phu.waiting_since is None
    told = Notice.objects.get(recipient=other_head)
    assert (told.heading, "Y Phu Êban" in told.words) == ("Đã có chỗ cho người đang chờ", True)
    assert office.post(at("enrolment_remind", enrolment.pk), follow=True).text.count("Đã nhắc 1 đơn vị") == 1
    assert "Nhận đăng ký" in office.get(at("enrolment_list")).text
    Enrolment.objects.update(deadline=timezone.now() - datetime.timedelta(minutes=1))
    for page in (at("enrolment_list"), at("enrolment_page", enrolment.pk)):
        assert "Hết hạn đăng ký" in office.get(page).text
    assert writer.post(at("enrolment_unit_list", own.pk), typed).status_code == 403
    assert "Đã hết hạn đăng ký" in writer.get(at("enrolment_unit", own.pk)).text
    assert office.get(at("enrolment_unit_add", own.pk)).status_code == 200  # the office still may


def test_the_roll_costs_the_same_for_two_and_for_many(desk_editor, province, school):
    enrolment = make_enrolment(province, opened_by=desk_editor, a_unit=500)
    unit, office = unit_in(enrolment, school), as_(desk_editor)
    counts = []
    for names in (["Nguyễn Thị Lan"], [f"Người Thứ {number}" for number in range(300)]):
        send(unit, *names)
        office.get(at("enrolment_page", enrolment.pk))
        with CaptureQueriesContext(connection) as seen:
            office.get(at("enrolment_page", enrolment.pk))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_people_are_forgotten_on_the_day_the_page_names(desk_editor, province, school, head):
    event = make_training_event(province, days=-61)
    enrolment = make_enrolment(province, event=event, kept_days=60)
    make_enrolment(province, kept_days=60)  # of next week: kept
    invite_units(enrolment)
    unit = unit_in(enrolment, school)
    send(unit, "Nguyễn Thị Lan", title="Giáo viên", email="lan@truong.edu.vn", by=head)
    Enrolment.objects.filter(pk=enrolment.pk).update(kept_days=61)
    assert forget_people() == 0
    Enrolment.objects.filter(pk=enrolment.pk).update(kept_days=60)
    assert forget_people() == 1
    assert forget_people() == 0
    gone = Participant.objects.get()
    assert [gone.full_name, gone.title, gone.email, gone.code, gone.answers, gone.search_key] == [
        "",
        "",
        "",
        None,
        {},
        "",
    ]
    assert Enrolment.objects.get(pk=enrolment.pk).forgotten_on == timezone.localdate()
    assert AuditEntry.objects.filter(action="Xóa dữ liệu cá nhân hết hạn giữ").exists()
    page = as_(desk_editor).get(at("enrolment_page", enrolment.pk)).text
    assert "1 người" in page
    assert "Lan" not in page
    assert as_(desk_editor).get(at("enrolment_person", gone.pk)).status_code == 403


def test_nobody_outside_the_room_gets_in(registrar, client, desk_editor, province):
    enrolment = make_enrolment(province, opened_by=desk_editor)
    assert as_(registrar).get(at("enrolment_list")).status_code == 403
    assert as_(registrar).get(at("enrolment_page", enrolment.pk)).status_code == 404
    assert client.get(at("enrolment_list")).status_code == 302
    assert "Tập huấn công tác truyền thông" in as_(desk_editor).get(at("enrolment_list")).text


def test_a_ticket_is_mailed_printed_and_tells_nobody_else(desk_editor, head, other_head, client, mailoutbox):
    province, school = unit_of(desk_editor), unit_of(head)
    enrolment = make_enrolment(province, opened_by=desk_editor, places=1)
    unit = unit_in(enrolment, school)
    (lan,) = send(unit, "Nguyễn Thị Lan", title="Giáo viên", email="lan@truong.edu.vn", by=head)
    send(unit, "Y Phu Êban", email="phu@truong.edu.vn", by=head)  # waits: no ticket yet
    office, page = as_(desk_editor), at("enrolment_mail", enrolment.pk)
    assert "Đang gửi 1 thư" in office.post(page, follow=True).text
    assert "đều đã được gửi" in office.post(page, follow=True).text
    send_due()
    (mail,) = [one for one in mailoutbox if one.to == ["lan@truong.edu.vn"]]
    assert "Kính gửi Nguyễn Thị Lan" in mail.body
    address = f"/ve/{lan.code}/"
    assert address in mail.body
    assert "Nguyễn Thị Lan" not in office.get(at("inbox")).text
    shown = client.get(address)
    assert "Nguyễn Thị Lan" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert "Phu" not in shown.text
    assert client.get("/ve/" + "0" * 24 + "/").status_code == 404
    sheet = as_(head).get(at("enrolment_unit_tickets", unit.pk)).text
    assert "Nguyễn Thị Lan" in sheet and "Phu" not in sheet
    assert as_(other_head).get(at("enrolment_unit_tickets", unit.pk)).status_code == 404
    Participant.objects.filter(pk=lan.pk).update(withdrawn_at=timezone.now())
    assert client.get(address).status_code == 404
    Event.objects.update(
        starts_at=timezone.now() - datetime.timedelta(days=200),
        ends_at=timezone.now() - datetime.timedelta(days=199),
    )
    assert forget_people() == 2
    assert not Notice.objects.filter(is_letter=True).exists()
