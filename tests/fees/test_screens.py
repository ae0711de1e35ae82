"""The screens: nothing is there while it is off; on, each address asks who it is; nobody sees another's."""

import datetime
import io
import logging

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from approvals.models import AuditEntry
from fees import admin as addresses
from fees.enums import Relation
from fees.models import Correction, FeeMonth, FeeRate, Payee, Payer, PayLine, Work
from fees.proposing import propose_works
from tests.factories.departments import make_department, make_user

pytestmark = pytest.mark.django_db
DAY, NOVEMBER = datetime.date(2026, 11, 12), datetime.date(2026, 11, 1)
NUMBER, ACCOUNT = "066099001234", "5211000123456"


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


def as_(user):
    browser = Client()
    browser.force_login(user)
    return browser


def press(browser, month, step, **more):
    month = FeeMonth.objects.get(pk=month.pk)
    return browser.post(at("fee_month_step", month.pk, step), {"version": month.version} | more, follow=True)


def work_post(work, value, *shares, **more):
    sent = {"seen_version": work.version, "encouragement": "0", "value": value}
    sent |= {"chia-TOTAL_FORMS": len(shares), "chia-INITIAL_FORMS": 0}
    for place, (payee, percent) in enumerate(shares):
        sent |= {
            f"chia-{place}-payee": payee,
            f"chia-{place}-part": "author",
            f"chia-{place}-percent": percent,
        }
    return sent | more


def test_while_it_is_off_nothing_answers_and_no_menu_names_it(house):
    house.publish(DAY)
    month = house.month(NOVEMBER)
    work, payee = month.works.get(), house.payee()
    values = {"pk": month.pk, "step": "prepare", "which": "bang-ke", "kind": "xlsx"}
    rows = {"fee_work": work.pk, "fee_payee": payee.pk, "fee_share_correct": work.shares.get().pk}
    names = [pattern for pattern in admin.site.pages if pattern.name.startswith("fee_")]
    assert len(names) >= 17
    known = [at("fees_feerate_changelist"), at("fees_taxrule_add"), at("fees_feeterms_changelist")]
    for pattern in names:
        pk = rows.get(pattern.name, values["pk"])
        wanted = {name: values[name] for name in pattern.pattern.converters} | (
            {"pk": pk} if "pk" in pattern.pattern.converters else {}
        )
        known.append(reverse(f"admin:{pattern.name}", kwargs=wanted))
    accountant = as_(house.people["ketoan"])
    assert accountant.get(at("fee_months")).status_code == 200
    assert "Nhuận bút" in accountant.get("/admin/").text
    assert "Nhuận bút" not in as_(house.people["truong"]).get("/admin/").text  # a school pays nothing
    Payer.objects.update(is_on=False)
    assert {url: accountant.get(url).status_code for url in known} == dict.fromkeys(known, 404)
    assert {url: accountant.post(url).status_code for url in known[:8]} == dict.fromkeys(known[:8], 404)
    for user in ("ketoan", "thuky", "tren"):
        browser = as_(house.people[user])
        assert browser.get(at("fee_months")).status_code == 404
        assert "Nhuận bút" not in browser.get("/admin/").text
    assert addresses.payer_now() is None

    # The administrator turns it on, for one unit at a time.
    administrator = as_(house.people["quantri"])
    assert administrator.get(at("fees_payer_change", house.payer.pk)).status_code == 200
    administrator.post(at("fees_payer_change", house.payer.pk), {"is_on": "on"})
    assert accountant.get(at("fee_months")).status_code == 200
    second = administrator.post(at("fees_payer_add"), {"department": house.school.pk, "is_on": "on"})
    assert "Một cơ quan khác đang chi nhuận bút" in second.text
    assert as_(house.people["ketoan"]).get(at("fees_payer_changelist")).status_code == 403
    gone = make_department("Phòng GD&ĐT cũ", valid_until=datetime.date(2025, 6, 30))
    Payer.objects.update(is_on=False)
    shut = administrator.post(at("fees_payer_add"), {"department": gone.pk, "is_on": "on"})
    assert "kết thúc hoạt động ngày 30/06/2025" in shut.text
    assert Payer.objects.count() == 1


def test_a_month_on_the_screen(house):
    house.publish(DAY, title="Chào cờ đầu tuần")
    house.publish(DAY, title="Hội khỏe Phù Đổng")
    desk, accountant, head = (as_(house.people[who]) for who in ("thuky", "ketoan", "tren"))
    refused = desk.post(at("fee_month_add"), {"month": "13/2026", "paid_on": "2026-11-30"})
    assert "Ghi tháng/năm, ví dụ 11/2026." in refused.text
    assert "Tháng này chưa tới." in desk.post(at("fee_month_add"), {"month": "1/2099"}).text
    page = desk.post(at("fee_month_add"), {"month": "11/2026", "paid_on": "2026-11-30"}, follow=True)
    assert "2 bài đề xuất" in page.text
    month = FeeMonth.objects.get()
    assert (
        "Tháng này đã có"
        in desk.post(at("fee_month_add"), {"month": "11/2026", "paid_on": "2026-11-30"}, follow=True).text
    )
    one, two = month.works.all()
    payee, rate = house.payee(), house.rate.pk

    wrong = [
        (work_post(one, "200000", (payee.pk, "60"), rate=rate), "cộng lại là 60 %, phải là 100 %"),
        (work_post(one, "200000", (payee.pk, "60"), (payee.pk, "40"), rate=rate), "chỉ đứng một dòng"),
        (work_post(one, "200000", (payee.pk, ""), rate=rate), "Ghi tỷ lệ lớn hơn 0"),
        (work_post(one, "200000", rate=rate), "Ghi ít nhất một người nhận"),
        (work_post(one, "9000001", (payee.pk, "100"), rate=rate), "Vượt mức cao nhất"),
        (work_post(one, "5", (payee.pk, "100")), "Hãy chọn thể loại"),
        (work_post(one, "5", ("999999", "100"), rate=rate), "Hãy chọn"),
        (work_post(one, "5", (payee.pk, "100"), rate=rate, encouragement="9000"), "thì ghi lý do"),
        ({"value": "abc"}, "Chưa lưu"),
        (work_post(one, "5", (payee.pk, "100"), rate="x" * 40), "Chưa lưu"),
    ]
    for sent, said in wrong:
        answer = desk.post(at("fee_work", one.pk), sent)
        assert (said, answer.status_code, said in answer.text) == (said, 200, True)
    assert Work.objects.get(pk=one.pk).amount is None
    good = work_post(one, "200000", (payee.pk, "100"), rate=rate)
    following = desk.post(at("fee_work", one.pk), good | {"next": "1"})
    assert following.url == at("fee_work", two.pk)
    stale = desk.post(at("fee_work", one.pk), good | {"value": "300000"})
    assert "Có người vừa lưu" in stale.text
    assert Work.objects.get(pk=one.pk).amount == 200_000
    desk.post(at("fee_work", two.pk), work_post(two, "", left_out_reason="Thông báo"))
    two.refresh_from_db()
    FeeRate.objects.filter(pk=rate).update(usual=150_000)
    desk.post(at("fee_work", two.pk), work_post(two, "", (payee.pk, "100"), rate=rate))
    assert Work.objects.get(pk=two.pk).amount == 150_000  # the usual, when the desk says no other
    two.refresh_from_db()
    desk.post(at("fee_work", two.pk), work_post(two, "", left_out_reason="Thông báo", rate=""))
    assert Work.objects.get(pk=two.pk).amount is None
    assert "Kế toán chưa ghi quan hệ" in press(desk, month, "prepare").text
    sent = {"seen_version": payee.version, "full_name": payee.full_name, "relation": Relation.OUTSIDE}
    assert "Mã số thuế có" in accountant.post(at("fee_payee", payee.pk), sent | {"tax_number": "12"}).text
    sent |= {"tax_number": "066 099 001 234", "bank_account": ACCOUNT, "bank_name": "Agribank"}
    accountant.post(at("fee_payee", payee.pk), sent)
    assert Payee.objects.get(pk=payee.pk).has_tax_number
    assert NUMBER not in accountant.get(at("fee_payee", payee.pk)).text

    assert press(desk, month, "prepare").status_code == 200
    assert press(accountant, month, "check").status_code == 200
    assert "Duyệt chi" in head.get(at("fee_month", month.pk)).text
    assert press(head, month, "approve").status_code == 200
    own = as_(house.people["ctv"]).get(at("fee_own")).text
    assert "200.000 đồng" in own
    assert "Chào cờ đầu tuần" in as_(house.people["ctv"]).get(reverse("admin:my_file")).text
    assert "200.000 đồng" not in as_(house.people["truong"]).get(at("fee_own")).text
    press(accountant, month, "close", note="PC 12")
    assert FeeMonth.objects.get().status == "closed"
    assert desk.post(at("fee_work", one.pk), good).status_code == 403

    FeeMonth.objects.create(
        payer=house.payer, department=house.office, first_day=datetime.date(2026, 12, 1), paid_on=DAY
    )
    later = FeeMonth.objects.get(first_day__month=12)
    share = one.shares.get()
    sent = {"month": later.pk, "amount": "0", "reason": "Nhầm"}
    assert "phải khác 0" in desk.post(at("fee_share_correct", share.pk), sent).text
    desk.post(at("fee_share_correct", share.pk), sent | {"amount": "-5000"})
    line = Correction.objects.get()
    assert (line.month, line.amount) == (later, -5000)
    assert "-5.000 đồng" in desk.get(at("fee_month", later.pk)).text
    assert accountant.post(at("fee_correction_remove", line.pk)).status_code == 403
    desk.post(at("fee_correction_remove", line.pk))
    assert Correction.objects.count() == 0


def prepared(house):
    house.publish(DAY, title="Chào cờ đầu tuần")
    month = house.month(NOVEMBER)
    desk, payee = as_(house.people["thuky"]), house.payee()
    work = month.works.get()
    desk.post(at("fee_work", work.pk), work_post(work, "5320000", (payee.pk, "100"), rate=house.rate.pk))
    sent = {"seen_version": 1, "full_name": payee.full_name, "relation": Relation.OUTSIDE}
    as_(house.people["ketoan"]).post(
        at("fee_payee", payee.pk), sent | {"tax_number": NUMBER, "bank_account": ACCOUNT}
    )
    press(desk, month, "prepare")
    return FeeMonth.objects.get()


def test_files_hold_numbers_only_for_the_accountant_and_are_noted(house, caplog):
    caplog.set_level(logging.DEBUG)
    month = prepared(house)
    sheet = at("fee_sheet_file", month.pk, "bang-ke", "xlsx")

    def cells(who, url=sheet):
        book = load_workbook(io.BytesIO(as_(house.people[who]).get(url).content))
        return [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]

    looks = AuditEntry.objects.filter(action__startswith="Lấy mã số thuế")
    read = cells("ketoan")
    assert NUMBER in read
    assert ACCOUNT in read
    assert looks.count() == 1
    assert {"5.320.000", "532.000", "4.788.000", "Người lập", "Kế toán", "Thủ trưởng đơn vị"} <= set(read)
    assert "Bằng chữ: bốn triệu bảy trăm tám mươi tám nghìn đồng." in " ".join(read)
    for who in ("thuky", "tren", "kiemtra"):
        assert NUMBER not in " ".join(cells(who))
    assert looks.count() == 1
    works = cells("thuky", at("fee_sheet_file", month.pk, "chi-tiet", "xlsx"))
    assert "Chào cờ đầu tuần" in works
    assert "12/11/2026" in works
    pdf = as_(house.people["ketoan"]).get(at("fee_sheet_file", month.pk, "bang-ke", "pdf"))
    assert pdf.content[:5] == b"%PDF-"
    assert "no-store" in pdf["Cache-Control"]
    assert as_(house.people["ketoan"]).get(at("fee_sheet_file", month.pk, "la", "pdf")).status_code == 404
    shown = as_(house.people["ketoan"]).get(at("fee_sheet", month.pk)).text
    assert "4.788.000" in shown
    assert NUMBER not in shown

    numbers = at("fee_payee_numbers", house.payee().pk)
    before = AuditEntry.objects.filter(action__startswith="Xem mã số thuế").count()
    assert NUMBER in as_(house.people["ketoan"]).post(numbers).text
    assert as_(house.people["ketoan"]).get(numbers).status_code == 405
    assert AuditEntry.objects.filter(action__startswith="Xem mã số thuế").count() == before + 1
    for who in ("thuky", "tren", "kiemtra", "quantri", "truong", "ctv"):
        assert as_(house.people[who]).post(numbers).status_code == 403
    said = " ".join(f"{entry.action}{entry.about}{entry.note}" for entry in AuditEntry.objects.all())
    assert NUMBER not in said + caplog.text
    assert ACCOUNT not in said + caplog.text


def test_pages_cost_the_same_with_one_and_many(house):
    house.publish(DAY)
    month = house.month(NOVEMBER)
    pages = [at("fee_month", month.pk), at("fee_payees"), at("fee_work", month.works.get().pk)]

    def price():
        found = []
        for url in pages:
            browser = as_(house.people["thuky"])
            browser.get(at("fee_months"))
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(url).status_code == 200
            found.append(len(asked))
        return found

    price()  # whatever is read once
    before = price()
    other = make_user("ctv2", Role.COLLABORATOR, house.school, full_name="H’Bluên Niê")
    house.people["ctv2"] = other
    for _each in range(3):
        house.publish(DAY, by="ctv2")
    propose_works(month)
    assert Work.objects.count() == 4
    assert price() == before


def test_each_address_asks_who_it_is_and_nothing_is_public(house):
    month = prepared(house)
    payee, work = house.payee(), Work.objects.get()
    opened = {
        at("fee_months"): {"thuky", "ketoan", "tren", "kiemtra"},
        at("fee_month", month.pk): {"thuky", "ketoan", "tren", "kiemtra"},
        at("fee_work", work.pk): {"thuky", "ketoan", "tren", "kiemtra"},
        at("fee_sheet", month.pk): {"thuky", "ketoan", "tren", "kiemtra"},
        at("fee_sheet_file", month.pk, "bang-ke", "xlsx"): {"thuky", "ketoan", "tren", "kiemtra"},
        at("fee_month_add"): {"thuky"},
        at("fee_payees"): {"thuky", "ketoan"},
        at("fee_payee", payee.pk): {"thuky", "ketoan"},
        at("fee_payee_add"): {"thuky", "ketoan"},
        at("fees_feerate_changelist"): {"thuky", "ketoan"},
        at("fees_taxrule_changelist"): {"ketoan"},
    }
    browsers = {who: as_(user) for who, user in house.people.items()}
    for url, allowed in opened.items():
        found = {who for who, browser in browsers.items() if browser.get(url).status_code == 200}
        assert (url, found) == (url, allowed)
        assert Client().get(url).status_code == 302  # to the sign-in page
    # While it waits, nobody's own page shows a sum that is not approved.
    assert PayLine.objects.count() == 1
    assert "5.320.000" not in browsers["ctv"].get(at("fee_own")).text
    story = Client().get(work.address).text
    assert "Chào cờ đầu tuần" in story
    for words in ("nhuận bút", "5.320.000", "4.788.000", NUMBER):
        assert words not in story.lower()
