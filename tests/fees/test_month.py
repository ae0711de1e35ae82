"""A month from what readers were shown to what was paid, and what no later hand can change."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.roles import Role
from approvals.engine import StepRefused, take
from approvals.models import AuditEntry
from articles.models import PublishedArticle
from fees.correcting import add_correction
from fees.enums import MonthStatus, Relation
from fees.fixing import Part, fix_work
from fees.models import Commitment, Correction, FeeMonth, Payee, PayLine, Work
from fees.numbers import read_numbers, write_numbers
from fees.proposing import MonthIsShut, propose_works
from fees.sheet import draft_of
from fees.workflow import FEES
from tests.factories.articles import approve, make_published, resubmit, withdraw
from tests.factories.departments import make_department, make_person, make_position, make_user

pytestmark = pytest.mark.django_db
JUNE, JULY, NOVEMBER = (datetime.date(2026, month, 1) for month in (6, 7, 11))
DAY = datetime.date(2026, 11, 12)


def step(month, name, by, note="Sửa tỷ lệ."):
    month = FeeMonth.objects.get(pk=month.pk)
    return take(FEES, month, name, actor=by, version=month.version, note=note)


def refusal(month, name, by):
    with pytest.raises(StepRefused) as refused:
        step(month, name, by)
    return refused.value.message


def fix(work, house, value, *shares, **words):
    """Fix a work at a sum; shares are (payee, percent), by default the writer alone."""
    work.rate, work.value = house.rate, Decimal(value)
    for name, word in words.items():
        setattr(work, name, word)
    parts = shares or ((house.payee(), 100),)
    fix_work(work, [Part(payee, "author", Decimal(percent)) for payee, percent in parts])
    return Work.objects.get(pk=work.pk)


def close(month, house):
    people = house.people
    step(month, "prepare", people["thuky"])
    step(month, "check", people["ketoan"])
    step(month, "approve", people["tren"])
    return step(month, "close", people["ketoan"], "PC 12")


def test_works_are_what_readers_were_shown_in_that_month(house):
    body = "<p>" + "chữ " * 40 + "</p>"
    shown = house.publish(DAY, title="Chào cờ", body=body)
    gone = house.publish(DAY, title="Bài đã gỡ")
    withdraw(PublishedArticle.objects.get(pk=gone.pk), house.people["truong"])
    house.publish(datetime.date(2026, 10, 31), title="Bài tháng trước")
    month = house.month(NOVEMBER)
    (work,) = month.works.all()
    assert (work.story_id, work.title, work.word_count, work.photo_count) == (shown.pk, "Chào cờ", 40, 0)
    assert work.revision.sha256 == PublishedArticle.objects.get(pk=shown.pk).sha256
    assert [(s.payee.full_name, s.percent) for s in work.shares.all()] == [("Nguyễn Thị Lan", 100)]

    commune = make_department("UBND xã Ea Kar")  # above its schools; the Sở that runs the site is not
    primary = make_department("Trường Tiểu học Ea Kar", parent=commune)
    story = make_published(make_user("xa", Role.COLLABORATOR, primary), title="Bài của xã")
    PublishedArticle.objects.filter(pk=story.pk).update(published_at=work.published_at)
    assert propose_works(month).added == 1

    # The working copy says something else by now: nobody is paid for what nobody has read.
    newer = resubmit(shown, house.people["ctv"], title="Chào cờ đầu tuần", body="<p>Hai chữ</p>")
    propose_works(month)
    assert Work.objects.get(pk=work.pk).title == "Chào cờ"
    approve(newer, house.people["truong"])
    late = house.publish(DAY, title="Bài đăng muộn")
    done = propose_works(month)
    assert (done.added, done.renewed) == (1, 1)
    assert set(month.works.values_list("title", "word_count")) >= {("Chào cờ đầu tuần", 2)}
    assert Work.objects.get(story_id=late.pk).month == month
    assert house.month(datetime.date(2026, 10, 1)).works.count() == 1  # each story once, in its own month


def test_the_law_of_the_day_of_payment(house):
    """1.999.999 and 2.000.000 on 30/6/2026; 4.999.999 and 5.000.000 on 1/7/2026; a payment is a month."""
    for title in ("Một", "Hai"):
        house.publish(datetime.date(2026, 6, 10), title=title)
    first, second = house.month(JUNE).works.all()
    month, payee = first.month, house.payee()
    Payee.objects.update(relation=Relation.OUTSIDE)
    last_of_june, first_of_july = datetime.date(2026, 6, 30), datetime.date(2026, 7, 1)

    def tax(paid_on, one, other):
        FeeMonth.objects.filter(pk=month.pk).update(paid_on=paid_on)
        fix(Work.objects.get(pk=first.pk), house, one)
        fix(Work.objects.get(pk=second.pk), house, other)
        (line,) = draft_of(FeeMonth.objects.get(pk=month.pk)).lines
        return (line.gross, line.tax, line.net)

    assert tax(last_of_june, 999_999, 1_000_000) == (1_999_999, 0, 1_999_999)
    assert tax(last_of_june, 1_000_000, 1_000_000) == (2_000_000, 200_000, 1_800_000)
    assert tax(first_of_july, 1_000_000, 1_000_000) == (2_000_000, 0, 2_000_000)
    assert tax(first_of_july, 2_000_000, 2_999_999) == (4_999_999, 0, 4_999_999)
    assert tax(first_of_july, 2_000_000, 3_000_000) == (5_000_000, 500_000, 4_500_000)

    by = house.people["ketoan"]
    other_year = Commitment.objects.create(payee=payee, year=2025, signed_on=DAY, noted_by=by)
    assert tax(first_of_july, 2_000_000, 3_000_000)[1] == 500_000
    Commitment.objects.filter(pk=other_year.pk).update(year=2026, signed_on=datetime.date(2026, 7, 2))
    assert tax(first_of_july, 2_000_000, 3_000_000)[1] == 500_000  # signed after the payment
    Commitment.objects.filter(pk=other_year.pk).update(signed_on=datetime.date(2026, 1, 5))
    assert tax(first_of_july, 2_000_000, 3_000_000)[1] == 0
    Payee.objects.update(relation=Relation.NON_RESIDENT)
    assert tax(first_of_july, 100_000, 100_005)[1] == 40_001  # 20 %, whatever the sum and the form
    Payee.objects.update(relation=Relation.STAFF)
    assert tax(first_of_july, 5_000_000, 5_000_000)[1] == 0


def test_three_people_and_a_closed_month(house):
    people, outside = house.people, make_person("Ka Să H’Mlan")
    house.publish(DAY, title="Bài một")
    house.publish(DAY, title="Bài hai")
    month = house.month(NOVEMBER)
    one, two = month.works.all()
    assert refusal(month, "prepare", people["thuky"]).startswith("Chưa ghi mức cho bài: “Bài một”, “Bài hai”")
    friend = Payee.objects.create(payer=house.payer, person=outside, full_name="Ka Să H’Mlan")
    fix(
        one,
        house,
        1_000_001,
        (house.payee(), "66.67"),
        (friend, "33.33"),
        encouragement=100_000,
        encouragement_reason="Viết bằng hai thứ tiếng",
    )
    two.left_out_reason = "Thông báo, không tính"
    fix_work(two, [])
    assert "Kế toán chưa ghi quan hệ" in refusal(month, "prepare", people["thuky"])
    Payee.objects.update(relation=Relation.OUTSIDE)
    for stranger in ("ctv", "truong", "ketoan", "tren", "kiemtra", "thidua", "quantri"):
        with pytest.raises(PermissionDenied):
            step(month, "prepare", people[stranger])
    prepared = step(month, "prepare", people["thuky"])
    lines = [(line.full_name, line.fees, line.encouragement, line.net) for line in prepared.sheet.lines.all()]
    assert lines == [("Ka Să H’Mlan", 333_300, 33_330, 366_630), ("Nguyễn Thị Lan", 666_701, 66_670, 733_371)]
    assert prepared.sheet.net == 1_100_001
    with pytest.raises(MonthIsShut):
        fix(one, house, 1)
    with pytest.raises(MonthIsShut):
        propose_works(month)

    Payee.objects.filter(pk=friend.pk).update(relation=Relation.NON_RESIDENT)  # found out meanwhile
    assert "dữ liệu người nhận" in refusal(month, "check", people["ketoan"])
    assert step(month, "send_back", people["ketoan"]).status == MonthStatus.OPEN
    assert step(month, "prepare", people["thuky"]).sheet.number == 2
    with pytest.raises(PermissionDenied):
        step(month, "approve", people["truong"])  # head of a school, not of who pays
    step(month, "check", people["ketoan"])
    step(month, "approve", people["tren"])
    FeeMonth.objects.update(paid_on=datetime.date(2027, 1, 5) if datetime.date.today().year < 2027 else DAY)
    if datetime.date.today().year < 2027:
        assert "chi rồi mới đóng sổ" in refusal(month, "close", people["ketoan"])
    FeeMonth.objects.update(paid_on=DAY)
    closed = step(month, "close", people["ketoan"], "PC 12")
    assert closed.status == MonthStatus.CLOSED
    for name in ("prepare", "recall", "send_back", "check", "refuse", "approve", "close"):
        for who in people.values():
            with pytest.raises((PermissionDenied, StepRefused)):
                step(month, name, who)
    for sql in ("UPDATE fees_payline SET net = net", "DELETE FROM fees_payline", "DELETE FROM fees_paysheet"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    # A correction is a line of a later month, and changes nothing of the closed one.
    before = list(PayLine.objects.order_by("pk").values())
    share = one.shares.get(payee=house.payee())
    december = house.month(datetime.date(2026, 12, 1), DAY)
    with pytest.raises(ValueError, match="not of a closed month"):
        add_correction(closed, share, 5, "Nhầm", by=people["thuky"])
    add_correction(december, share, -50_000, "Tính nhầm tỷ lệ", by=people["thuky"])
    assert "Khoản thu lại lớn hơn" in refusal(december, "prepare", people["thuky"])
    Correction.objects.update(amount=40_000)
    step(december, "prepare", people["thuky"])
    line = PayLine.objects.get(sheet__month=december)
    assert (line.corrections, line.gross, line.works[0]["of_month"]) == (40_000, 40_000, "2026-11-01")
    assert [
        row for row in PayLine.objects.order_by("pk").values() if row["sheet_id"] != line.sheet_id
    ] == before


def test_nobody_checks_or_approves_their_own(house):
    house.publish(DAY)
    month = house.month(NOVEMBER)
    fix(month.works.get(), house, 100_000)
    Payee.objects.update(relation=Relation.OUTSIDE)
    both = house.people["thuky"]
    make_position(both.person, house.office, Role.ACCOUNTANT, title="Kiêm kế toán")
    both.rights_read = None
    step(month, "prepare", both)
    assert refusal(month, "check", both) == "Bạn đã lập bảng này: người khác kiểm tra."
    step(month, "check", house.people["ketoan"])
    make_position(house.people["ketoan"].person, house.office, Role.DEPUTY, title="Phó")
    house.people["ketoan"].rights_read = None
    with pytest.raises(PermissionDenied):
        step(month, "approve", house.people["ketoan"])  # a deputy does not approve money
    assert step(month, "approve", house.people["tren"]).status == MonthStatus.APPROVED


def test_numbers_lie_encrypted_and_each_look_is_written_down(house):
    payee = Payee(payer=house.payer, full_name="Lê Văn Ngoài")
    write_numbers(payee, tax_number="066099001234", bank_account="5211000123456")
    payee.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fees_payee WHERE id = %s", [payee.pk])
        raw = " ".join(map(str, cursor.fetchone()))
    assert "066099001234" not in raw
    assert "5211000123456" not in raw
    for who in ("thuky", "tren", "kiemtra", "quantri", "truong"):
        with pytest.raises(PermissionDenied):
            read_numbers(payee, by=house.people[who])
    looks = AuditEntry.objects.filter(action__startswith="Xem mã số thuế")
    before = looks.count()
    numbers = read_numbers(payee, by=house.people["ketoan"])
    assert (numbers.tax_number, numbers.bank_account) == ("066099001234", "5211000123456")
    assert looks.count() == before + 1
    entry = looks.latest("pk")
    assert entry.actor == house.people["ketoan"]
    assert "0660" not in f"{entry.action}{entry.about}{entry.note}"
