import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.roles import Role
from approvals.engine import StepRefused, take
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from documents.workflow import DOCUMENT
from tests.factories.departments import make_user
from tests.factories.documents import make_document, make_upload

YES, WHO, STATE = "moved", "not this person", "not from here"
D, R, P, W = RecordStatus.DRAFTING, RecordStatus.IN_REVIEW, RecordStatus.PUBLIC, RecordStatus.WITHDRAWN

# step → status → answer to the registrar of the issuer; nobody else may take any step at all.
REGISTRAR = {
    "publish": {D: YES, R: STATE, P: STATE, W: YES},
    "withdraw": {D: STATE, R: STATE, P: YES, W: STATE},
}
ANSWERS = [
    (role, step, status, REGISTRAR[step][status] if role == Role.REGISTRAR else WHO)
    for role in Role
    for step in ("publish", "withdraw")
    for status in RecordStatus
]


def outcome(document, step, actor, note="Lý do"):
    try:
        take(DOCUMENT, document, step, actor=actor, version=document.version, note=note)
    except PermissionDenied:
        return WHO
    except StepRefused as refused:
        assert refused.code == "stale"
        return STATE
    return YES


@pytest.mark.parametrize(("role", "step", "status", "answer"), ANSWERS)
def test_who_may_move_a_document_from_where(province, role, step, status, answer):
    document = make_document(status=status, issuer=province, gist="Nội dung.")
    assert outcome(document, step, make_user("nguoi", role, province)) == answer


def test_a_registrar_of_another_unit_may_not(province, school, other_school):
    document = make_document(status=D, issuer=school, gist="Nội dung.")
    assert outcome(document, "publish", make_user("a", Role.REGISTRAR, other_school)) == WHO
    assert outcome(document, "publish", make_user("b", Role.REGISTRAR, province)) == YES


def refusal(document, step, actor, note=""):
    with pytest.raises(StepRefused) as refused:
        take(DOCUMENT, document, step, actor=actor, version=document.version, note=note)
    return refused.value.message


def test_publishing_needs_a_file_or_a_gist(province, registrar):
    bare = make_document(status=D, issuer=province)
    assert "Chưa có gì để bạn đọc xem" in refusal(bare, "publish", registrar)
    assert (
        outcome(make_document(status=D, issuer=province, upload=make_upload()), "publish", registrar) == YES
    )


def test_a_document_of_tomorrow_is_not_published_today(province, registrar):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    document = make_document(status=D, issuer=province, gist="Nội dung.", issued_on=tomorrow)
    assert f"{tomorrow:%d/%m/%Y}, sau hôm nay" in refusal(document, "publish", registrar)


def test_withdrawing_needs_a_note_and_keeps_it(province, registrar):
    document = make_document(issuer=province)
    assert "Hãy viết lời nhắn" in refusal(document, "withdraw", registrar)
    take(DOCUMENT, document, "withdraw", actor=registrar, version=1, note="Ban hành nhầm số")
    change = StatusChange.objects.get()
    assert (change.note, change.new_status) == ("Ban hành nhầm số", W)
    assert change.capacity == "Văn thư, Sở Giáo dục và Đào tạo Đắk Lắk"


def test_a_document_published_again_keeps_its_first_day(province, registrar):
    first = timezone.now() - datetime.timedelta(days=30)
    document = make_document(status=W, issuer=province, gist="Nội dung.", published_at=first)
    assert take(DOCUMENT, document, "publish", actor=registrar, version=1).published_at == first
    new = make_document(status=D, issuer=province, gist="Nội dung.")
    assert take(DOCUMENT, new, "publish", actor=registrar, version=1).published_at is not None
