import pytest
from django.contrib.auth.models import AnonymousUser

from approvals.enums import RecordStatus
from documents.models import OfficialDocument
from tests.factories.documents import make_document


def numbers(rows) -> set[str]:
    return set(rows.values_list("number", flat=True))


def test_readers_see_public_documents_only(province):
    for status in RecordStatus:
        make_document(f"{status}", status=status, issuer=province)
    assert numbers(OfficialDocument.objects.public()) == {"public"}
    assert numbers(OfficialDocument.objects.visible_to(AnonymousUser())) == {"public"}


def test_staff_see_drafts_of_their_own_units_work(province, school, other_school, registrar, collaborator):
    make_document("so", status=RecordStatus.DRAFTING, issuer=province)
    make_document("truong", status=RecordStatus.DRAFTING, issuer=school)
    make_document("truong-khac", status=RecordStatus.WITHDRAWN, issuer=other_school)
    make_document("chung", issuer=other_school)
    assert numbers(OfficialDocument.objects.visible_to(registrar)) == {"so", "truong", "truong-khac", "chung"}
    assert numbers(OfficialDocument.objects.visible_to(collaborator)) == {"truong", "chung"}


@pytest.mark.parametrize(
    "typed",
    ["1247", "1247/QĐ", "1247/ qd - sgd&đt", "khen thuong", "Khen thưởng", "khên", "TRUYEN thong khe"],
)
def test_a_document_is_found_without_marks_by_number_or_words(db, typed):
    make_document("1247/QĐ-SGDĐT", "Về việc khen thưởng công tác truyền thông")
    make_document("89/KH-SGDĐT", "Kế hoạch tổ chức hội nghị")
    assert numbers(OfficialDocument.objects.matching(typed)) == {"1247/QĐ-SGDĐT"}


def test_every_word_must_be_there(db):
    make_document("1247/QĐ-SGDĐT", "Về việc khen thưởng công tác truyền thông")
    assert not OfficialDocument.objects.matching("khen thưởng bóng đá").exists()
    assert not OfficialDocument.objects.matching("???").exists()
    assert OfficialDocument.objects.matching("  ").count() == 1


def test_other_names_of_the_same_thing_find_it(db):
    make_document("5/CV", "Hướng dẫn của Sở Giáo dục và Đào tạo")
    assert OfficialDocument.objects.matching("sgddt").count() == 1
