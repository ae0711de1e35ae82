import datetime

from approvals.enums import RecordStatus
from documents.enums import Ending
from documents.force import chain_on, force_on
from documents.models import OfficialDocument
from tests.factories.documents import make_document

DAY = datetime.date(2025, 9, 5)


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def in_force(on: datetime.date) -> set[str]:
    return set(OfficialDocument.objects.in_force(on).values_list("number", flat=True))


def test_in_force_from_the_day_of_issue_when_no_other_day_is_said(db):
    document = make_document("1/KH-SGDĐT", issued_on=DAY)
    assert force_on(document, day(-1)).label == "Chưa có hiệu lực"
    assert force_on(document, DAY).label == "Còn hiệu lực"


def test_the_day_of_effect_and_the_last_day_count(db):
    document = make_document(issued_on=DAY, effective_on=day(10), expires_on=day(20))
    labels = [force_on(document, day(n)).label for n in (9, 10, 20, 21)]
    assert labels == ["Chưa có hiệu lực", "Còn hiệu lực", "Còn hiệu lực", "Hết hiệu lực"]


def test_a_replacement_counts_from_its_own_beginning(db):
    newer = make_document("1498/SGDĐT-GDTrH", issued_on=day(10), effective_on=day(15))
    document = make_document(issued_on=DAY, replaced_by=newer)
    assert force_on(document, day(14)).label == "Còn hiệu lực"
    replaced = force_on(document, day(15))
    assert (replaced.label, replaced.tone, replaced.successor) == ("Đã thay bằng 1498", "warn", newer)


def test_a_draft_replacement_is_not_spoken_of(db):
    newer = make_document("77/KH-MẬT", issued_on=DAY, status=RecordStatus.DRAFTING)
    document = make_document(issued_on=DAY, replaced_by=newer)
    assert force_on(document, day(1)).label == "Còn hiệu lực"


def test_the_database_gives_the_same_answer(db):
    newer = make_document("new", issued_on=day(10), effective_on=day(15))
    draft = make_document("draft", issued_on=day(1), status=RecordStatus.DRAFTING)
    make_document("plain", issued_on=DAY)
    make_document("dated", issued_on=DAY, effective_on=day(10), expires_on=day(20))
    make_document("replaced", issued_on=DAY, replaced_by=newer)
    make_document("replaced-by-draft", issued_on=DAY, replaced_by=draft)
    for number in range(-2, 25):
        told = {d.number for d in OfficialDocument.objects.all() if force_on(d, day(number)).tone == "ok"}
        assert in_force(day(number)) == told, number


def test_a_repealed_document_says_so_and_nothing_holds_in_its_place(db):
    last = make_document("9/QĐ-SGDĐT", issued_on=day(20))
    newer = make_document("1498/SGDĐT-GDTrH", issued_on=day(10), replaced_by=last)
    document = make_document(issued_on=DAY, replaced_by=newer, ending=Ending.REPEALED)
    repealed = force_on(document, day(10))
    assert (repealed.label, repealed.tone, repealed.holds) == ("Đã bãi bỏ theo 1498", "bad", False)
    assert chain_on(document, day(30)) == [newer]


def test_a_chain_leads_to_the_one_that_holds_that_day(db):
    third = make_document("3/CV", issued_on=day(20))
    second = make_document("2/CV", issued_on=day(10), replaced_by=third)
    first = make_document("1/CV", issued_on=DAY, replaced_by=second)
    assert chain_on(first, day(5)) == []
    assert chain_on(first, day(15)) == [second]
    assert chain_on(first, day(25)) == [second, third]


def test_a_document_replaced_before_its_own_day_points_to_what_holds(db):
    newer = make_document("205/KH-SGDĐT", issued_on=day(1))
    document = make_document(issued_on=DAY, effective_on=day(5), replaced_by=newer)
    assert force_on(document, DAY).label == "Chưa có hiệu lực"
    replaced = force_on(document, day(2))
    assert (replaced.label, replaced.successor) == ("Đã thay bằng 205", newer)
