"""After the signature: who is called, what is paid, who is told, who handed over, what comes back."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from awards.law.pack import load_pack
from awards.models import Presentation, Refund
from awards.rewards import fill_rewards
from tests.factories.awards import make_collective, make_commendation, make_decision
from tests.factories.departments import make_user
from tests.factories.events import make_event
from tests.press.reading import bare, lines_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(province):
    load_pack()
    event = make_event("Lễ tuyên dương", host=province)
    decision = make_decision("1302/QĐ-SGDĐT", province, signed_on=datetime.date(2026, 11, 13), event=event)
    school = "Trường THPT Chu Văn An"
    make_collective(decision, "Tổ Toán", unit_name=school)
    make_commendation(decision, "H’Bluên Ayŭn Êban", recipient_title="Giáo viên", unit_name=school)
    make_commendation(decision, "Trần Đức Mạnh", unit_name="Trường THPT Ngô Gia Tự")
    fill_rewards(decision)
    return decision


def address(decision, screen="giving", **more):
    return reverse(f"admin:awards_decision_{screen}", kwargs={"object_id": decision.pk} | more)


def table(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def words_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    return [line.words for line in lines_of(answer.content)]


def test_lists_say_who_is_called_and_what_each_is_paid_and_why(client, decision, registrar):
    client.force_login(registrar)
    called = table(client.get(address(decision, "list", which="xuong-ten", kind="xlsx")))
    assert [row[1] for row in called[1:]] == ["Tập thể Tổ Toán", "H’Bluên Ayŭn Êban", "Trần Đức Mạnh"]
    teacher = decision.commendations.get(recipient_name="Trần Đức Mạnh")
    teacher.reward_amount = 500_000
    teacher.save()
    page = client.get(address(decision)).text
    assert "chưa ghi lý do khác" in page
    teacher.reward_reason = "Theo quy chế chi tiêu nội bộ"
    teacher.save()
    assert "chưa ghi lý do khác" not in client.get(address(decision)).text
    paid = table(client.get(address(decision, "list", which="chi-tien", kind="xlsx")))
    assert [(row[1], row[4]) for row in paid[1:]] == [
        ("Tổ Toán", "1.520.000"),
        ("H’Bluên Ayŭn Êban, Giáo viên", "760.000"),
        ("Trần Đức Mạnh", "500.000"),
        ("Tổng cộng", "2.780.000"),
    ]
    assert paid[1][5].startswith("0,6 × 2.530.000 = 1.518.000 → 1.520.000 đồng (")
    assert paid[3][5] == "Theo quy chế chi tiêu nội bộ"
    words = "".join(words_of(client.get(address(decision, "list", which="chi-tien", kind="pdf"))))
    for said in ("H’Bluên Ayŭn Êban", "hai triệu bảy trăm tám mươi nghìn đồng", "Ký nhận", "Kế toán"):
        assert bare(said) in words
    for broken in ("chi-tien.doc", "xuong-ten.txt", "gi.xlsx"):
        assert client.get(f"{address(decision)}{broken}").status_code == 404


def test_each_unit_gets_its_letter(client, decision, registrar):
    client.force_login(registrar)
    answer = client.get(address(decision, "list", which="thong-bao", kind="pdf"))
    words = "".join(words_of(answer))
    assert words.count(bare("Kính gửi:")) == 2
    assert words.index(bare("Trường THPT Chu Văn An")) < words.index(bare("Trường THPT Ngô Gia Tự"))
    assert bare("Lễ trao: Lễ tuyên dương") in words


def test_a_presentation_is_shown_to_readers_and_refunds_are_kept(client, decision, registrar):
    client.force_login(registrar)
    page = address(decision)
    today = timezone.localdate()
    early = {"held_on": "01/11/2026", "handed_by": "Bà Lê Thị Thanh Xuân, Phó Giám đốc"}
    assert "từ ngày ký quyết định" in client.post(page, early).text
    said = early | {"held_on": f"{today:%d/%m/%Y}", "event": decision.event_id}
    assert client.post(page, said).status_code == 302
    assert "Lần trao này đã ghi" in client.post(page, said).text
    assert Presentation.objects.get().event == decision.event
    assert "Người trao: Bà Lê Thị Thanh Xuân" in client.get(decision.get_absolute_url()).text
    row = decision.commendations.get(recipient_name="Trần Đức Mạnh")
    refund = address(decision, "refund", row_id=row.pk)
    assert client.get(refund).status_code == 404  # nothing to come back
    type(row).objects.filter(pk=row.pk).update(
        revoked_on=today, revocation_number="2/QĐ", revocation_reason="Sai"
    )
    assert "Chưa nộp 760.000 đồng" in client.get(page).text
    for wrong, words in (
        ({"amount": "760000"}, "ghi cùng nhau"),
        ({"amount": "760001", "money_on": f"{today:%d/%m/%Y}"}, "Lớn hơn số đã thưởng"),
        ({}, "ít nhất một điều"),
    ):
        assert words in client.post(refund, wrong).text
    assert client.post(refund, {"amount": "760000", "money_on": f"{today:%d/%m/%Y}"}).status_code == 302
    assert Refund.objects.get().amount == 760_000
    assert "Đã nộp 760.000 đồng" in client.get(page).text
    paid = table(client.get(address(decision, "list", which="chi-tien", kind="xlsx")))
    assert "Trần Đức Mạnh" not in str(paid)


def test_giving_belongs_to_who_prints(client, decision, head, managing_editor, school):
    row = decision.commendations.first()
    pages = [
        address(decision),
        address(decision, "refund", row_id=row.pk),
        address(decision, "list", which="chi-tien", kind="xlsx"),
    ]
    for person in (head, managing_editor, make_user("vanthu2", Role.REGISTRAR, school)):
        client.force_login(person)
        for closed in pages:
            assert client.get(closed).status_code == 403, (person, closed)
            assert client.post(closed, {"handed_by": "x"}).status_code == 403
