"""A commendation is revoked by a numbered decision, or its name withheld; nothing is deleted."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from approvals.engine import StepRefused
from approvals.enums import RecordStatus
from approvals.history import history
from awards.models import Commendation
from awards.revocation import revoke, withhold_name
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_user

pytestmark = pytest.mark.django_db
DAY = datetime.date(2018, 2, 1)
WORDS = {"number": "88/QĐ-SGDĐT", "signed_on": DAY, "reason": "Khai báo không đúng thành tích"}


@pytest.fixture
def row(province):
    return make_commendation(make_decision(issuer=province), published_at="2017-11-08T08:00Z")


@pytest.mark.parametrize("role", Role.values)
def test_only_the_registrar_revokes(role, row, province):
    user = make_user(role=role, department=province)
    if role == Role.REGISTRAR:
        assert revoke(row, actor=user, **WORDS).revoked_on == DAY
    else:
        with pytest.raises(PermissionDenied):
            revoke(row, actor=user, **WORDS)


def test_another_units_registrar_does_not(row, school):
    with pytest.raises(PermissionDenied):
        revoke(row, actor=make_user(role=Role.REGISTRAR, department=school), **WORDS)


def test_what_is_kept_of_a_revocation(row, registrar):
    revoked = revoke(row, actor=registrar, **WORDS)
    assert (revoked.revocation_number, revoked.revocation_reason) == (WORDS["number"], WORDS["reason"])
    entry = history(row)[0]
    assert (entry.step, entry.actor, entry.capacity) == (
        "revoke",
        registrar,
        f"Văn thư, {row.decision.issuer}",
    )
    assert entry.note == "Quyết định 88/QĐ-SGDĐT ngày 01/02/2018. Khai báo không đúng thành tích"
    assert Commendation.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": " "}, "Hãy ghi số quyết định"),
        ({"reason": ""}, "Hãy ghi số quyết định"),
        ({"signed_on": datetime.date(2017, 11, 7)}, "phải từ ngày ký"),
        ({"signed_on": datetime.date(2999, 1, 1)}, "phải từ ngày ký"),
    ],
)
def test_a_revocation_names_number_day_and_reason(wrong, said, row, registrar):
    with pytest.raises(StepRefused, match=said):
        revoke(row, actor=registrar, **WORDS | wrong)
    row.refresh_from_db()
    assert row.revoked_on is None


def test_it_is_revoked_once(row, registrar):
    revoke(row, actor=registrar, **WORDS)
    with pytest.raises(StepRefused, match="đã được ghi hủy bỏ"):
        revoke(row, actor=registrar, **WORDS | {"number": "99/QĐ-SGDĐT"})
    row.refresh_from_db()
    assert row.revocation_number == WORDS["number"]


def test_a_draft_is_mended_not_revoked(province, registrar):
    row = make_commendation(make_decision(issuer=province, status=RecordStatus.DRAFTING))
    with pytest.raises(StepRefused, match="chưa công bố"):
        revoke(row, actor=registrar, **WORDS)


def test_the_database_refuses_half_a_revocation(row):
    for half in (
        {"revoked_on": DAY},
        {"revocation_number": "88"},
        {"revoked_on": DAY, "revocation_number": "88"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commendation.objects.filter(pk=row.pk).update(**half)


def test_a_name_is_withheld_on_request(row, registrar):
    row.recipient_name = "Nguyễn Thị Hồng Lan"
    row.save()
    withheld = withhold_name(row, actor=registrar, reason="Gia đình đề nghị ngày 02/02/2018")
    assert withheld.public_name == "N.T.H.L."
    assert withheld.recipient_name == "Nguyễn Thị Hồng Lan"
    assert history(row)[0].note == "Gia đình đề nghị ngày 02/02/2018"
    with pytest.raises(StepRefused, match="đã được ẩn"):
        withhold_name(row, actor=registrar, reason="Lần nữa")
    with pytest.raises(StepRefused, match="Hãy ghi ai yêu cầu"):
        withhold_name(row, actor=registrar, reason=" ")
