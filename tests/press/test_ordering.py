"""Who prints what, how often, with which words; what is noted of it."""

import datetime
import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.roles import Role
from approvals.enums import RecordStatus
from approvals.models import AuditEntry
from awards.models import BookEntry, Commendation
from awards.paper.book import give_book_numbers
from awards.paper.subject import GIAY_KHEN
from awards.paper.words import signing_lines
from press.enums import Purpose
from press.models import PrintRun, SheetWords
from press.ordering import Order, PrintRefused, order_run
from press.proofs import confirm_read, unread_of_run
from press.running import delete_old_files, draw_due
from press.sheets import change_words, digest_of, sheets_of
from tests.factories.awards import make_collective, make_commendation, make_decision
from tests.factories.departments import make_user
from tests.factories.press import make_template, print_sheets
from tests.press.reading import bare, lines_of, stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "uploads", tmp_path


@pytest.fixture
def decision(province):
    decision = make_decision("1302/QĐ-SGDĐT", province)
    make_collective(decision, "Tổ Toán")
    make_commendation(decision, "H’Bluên Ayŭn Êban", recipient_title="Giáo viên")
    return decision


@pytest.fixture
def confirmed(province, registrar):
    return make_template(province, confirmed_on=timezone.localdate(), confirmed_by=registrar)


def refused(decision, by, **order):
    with pytest.raises(PrintRefused) as refusal:
        order_run(GIAY_KHEN, decision, Order(**order), by)
    return refusal.value.message


def read_all(decision, by):
    sheets = sheets_of(GIAY_KHEN, decision)
    seen = {sheet.key: digest_of(sheet, GIAY_KHEN) for sheet in sheets}
    return confirm_read(GIAY_KHEN, decision, sheets, seen, by)


def test_only_who_keeps_the_register_of_the_issuer_prints(decision, confirmed, head, province, school):
    stranger = make_user("vanthu2", Role.REGISTRAR, school)
    for person in (head, stranger):
        with pytest.raises(PermissionDenied):
            order_run(GIAY_KHEN, decision, Order(confirmed), person)
    assert not PrintRun.objects.exists()


def test_a_form_that_the_office_has_not_confirmed_prints_only_marked_sheets(decision, province, registrar):
    template = make_template(province)
    said = refused(decision, registrar, template=template, purpose=Purpose.SIGNING)
    assert "chưa được cơ quan xác nhận" in said
    run = print_sheets(decision, template, registrar)
    lines = [line.words for line in lines_of(stored(run.whole))]
    assert lines.count(bare("Bản thể hiện, chưa có chữ ký và con dấu")) == 2
    assert not any(words.startswith("Vàosổ") for words in lines)


def test_sheets_to_be_signed_are_unmarked_and_numbered_in_the_book(decision, confirmed, registrar):
    run = print_sheets(decision, confirmed, registrar, purpose=Purpose.SIGNING)
    lines = [line.words for line in lines_of(stored(run.whole))]
    assert not any("Bảnthểhiện" in words for words in lines)
    numbers = [words for words in lines if words.startswith("Vàosổ")]
    assert numbers == [bare(f"Vào sổ khen thưởng số {number}") for number in (1, 2)]
    assert list(BookEntry.objects.values_list("year", "number")) == [(2017, 1), (2017, 2)]


def test_a_decision_that_is_not_public_is_only_shown(province, confirmed, registrar):
    draft = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    make_commendation(draft, "Y Phu Êban")
    said = refused(draft, registrar, template=confirmed, purpose=Purpose.SIGNING)
    assert "chưa công bố" in said
    assert order_run(GIAY_KHEN, draft, Order(confirmed), registrar).total == 1


def test_numbers_of_the_book_go_on_after_typed_ones_and_are_never_given_twice(decision, province):
    rows = list(decision.commendations.all())
    Commendation.objects.filter(pk=rows[0].pk).update(book_number="41")
    assert give_book_numbers(decision, rows) == 1
    assert give_book_numbers(decision, rows) == 0
    rows[1].refresh_from_db()
    assert rows[1].book_number == "42"
    rows[1].delete()
    late = make_commendation(decision, "Y Wem Niê Kdăm")
    give_book_numbers(decision, [late])
    late.refresh_from_db()
    assert late.book_number == "43"
    other_year = make_commendation(make_decision(issuer=province, signed_on=datetime.date(2026, 11, 13)))
    give_book_numbers(other_year.decision, [other_year])
    assert BookEntry.objects.get(commendation=other_year).number == 1


def test_a_second_print_for_signing_asks_why_and_each_is_noted(decision, confirmed, registrar):
    order_run(
        GIAY_KHEN, decision, Order(confirmed, Purpose.SIGNING), registrar
    )  # pressed twice: not taken yet
    said = refused(decision, registrar, template=confirmed, purpose=Purpose.SIGNING)
    assert said == "2 tờ trong số này đã dựng để ký. Hãy ghi lý do in lại."
    key = str(decision.commendations.first().pk)
    again = Order(confirmed, Purpose.SIGNING, keys=[key], reason="Tờ trước bị nhòe mực")
    assert order_run(GIAY_KHEN, decision, again, registrar).keys == [key]
    last = AuditEntry.objects.order_by("pk").last()
    assert (last.action, last.actor) == ("In giấy khen: 1 tờ", registrar)
    assert "Tờ trước bị nhòe mực" in last.note


def test_words_of_one_sheet_may_differ_from_the_register(decision, confirmed, registrar):
    row = decision.commendations.get(recipient_name="H’Bluên Ayŭn Êban")
    [sheet] = sheets_of(GIAY_KHEN, decision, [str(row.pk)])
    words = {"cach_goi": "Bà", "ten": "H’Bluên\nAyŭn Êban", "chuc_vu": "Giáo viên"}
    assert change_words(GIAY_KHEN, decision, sheet, words, registrar)
    assert SheetWords.objects.get().words == {"cach_goi": "Bà", "ten": "H’Bluên\nAyŭn Êban"}
    run = print_sheets(decision, confirmed, registrar)
    printed = [line for line in lines_of(stored(run.whole)) if line.page == 2 and 85 < line.baseline < 101]
    printed.sort(key=lambda line: line.baseline)
    assert [line.words for line in printed] == [bare("Bà H’Bluên"), bare("Ayŭn Êban")]
    row.refresh_from_db()
    assert row.recipient_name == "H’Bluên Ayŭn Êban"
    assert change_words(GIAY_KHEN, decision, sheet, {"cach_goi": "", "ten": row.recipient_name}, registrar)
    assert SheetWords.objects.get().words == {}


def test_a_reading_holds_for_exactly_the_words_that_were_read(
    decision, confirmed, registrar, managing_editor
):
    run = print_sheets(decision, confirmed, registrar, purpose=Purpose.SIGNING)
    assert unread_of_run(run, decision) == 2
    assert read_all(decision, managing_editor) == 2
    assert unread_of_run(run, decision) == 0
    row = decision.commendations.last()
    Commendation.objects.filter(pk=row.pk).update(recipient_title="Hiệu trưởng")
    changed = print_sheets(decision, confirmed, registrar, purpose=Purpose.SIGNING, reason="Sửa chức vụ")
    assert unread_of_run(changed, decision) == 1
    stale = {sheet.key: "x" for sheet in sheets_of(GIAY_KHEN, decision)}
    assert confirm_read(GIAY_KHEN, decision, sheets_of(GIAY_KHEN, decision), stale, managing_editor) == 0


def test_a_killed_worker_is_followed_by_another_that_draws_only_the_rest(
    decision, confirmed, registrar, settings, tmp_path
):
    run = order_run(GIAY_KHEN, decision, Order(confirmed), registrar)
    silent = timezone.now() - datetime.timedelta(seconds=61)
    PrintRun.objects.filter(pk=run.pk).update(beat_at=timezone.now())
    assert draw_due() == 0  # another worker is at it
    PrintRun.objects.filter(pk=run.pk).update(beat_at=silent)
    made = tmp_path / "press" / str(run.pk) / "one" / f"{run.keys[0]}.pdf"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"%PDF-1.7 drawn before the kill")
    assert draw_due() == 1
    run.refresh_from_db()
    assert (run.done, run.failure) == (2, "")
    assert b"%PDF-1.7 drawn before the kill" in stored(run.singles)
    assert not made.exists()


def test_files_and_words_of_a_run_are_deleted_after_a_time_and_its_line_stays(decision, confirmed, registrar):
    run = print_sheets(decision, confirmed, registrar)
    assert delete_old_files() == 0
    PrintRun.objects.filter(pk=run.pk).update(finished_at=timezone.now() - datetime.timedelta(days=15))
    name = run.whole
    assert delete_old_files() == 1
    run.refresh_from_db()
    assert (run.whole, run.job, run.total) == ("", {}, 2)
    with pytest.raises(FileNotFoundError):
        stored(name)


def test_the_capacity_of_the_signer_stands_above_the_signature(province):
    for prefix, title, wanted in (
        ("", "Giám đốc Sở Giáo dục và Đào tạo", "GIÁM ĐỐC"),
        ("KT.", "Phó Giám đốc", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"),
        ("Q.", "Giám đốc", "Q. GIÁM ĐỐC"),
        ("TUQ.", "Chánh Văn phòng", "TUQ. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG"),
        ("TL.", "Trưởng phòng", "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG"),
    ):
        decision = make_decision(issuer=province, signer_prefix=prefix, signer_title=title)
        assert signing_lines(decision) == wanted
    heads = itertools.islice(sheets_of(GIAY_KHEN, make_commendation(decision).decision), 1)
    assert next(heads).words["tham_quyen"] == "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO ĐẮK LẮK"
