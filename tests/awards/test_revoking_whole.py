"""A whole decision is revoked in one act; every public page shows it; nothing is deleted."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from approvals.engine import StepRefused
from approvals.enums import RecordStatus
from approvals.history import history
from approvals.models import AuditEntry
from articles.models import PublishedArticle
from awards.models import Decision
from awards.revocation import revoke, revoke_all
from foundation.pagestore.announcing import announce
from inbox.models import Notice
from tests.factories.articles import approve, make_draft, submit
from tests.factories.awards import make_collective, make_commendation, make_decision
from tests.factories.departments import make_user

pytestmark = pytest.mark.django_db
WORDS = {
    "number": "88/QĐ-SGDĐT",
    "signed_on": datetime.date(2018, 2, 1),
    "reason": "Khai báo không đúng thành tích",
}


@pytest.fixture
def decision(province, school):
    decision = make_decision("1400/QĐ-SGDĐT", issuer=province, published_at="2017-11-08T08:00Z")
    for name in ("Trần Đức Mạnh", "Lê Quốc Việt"):
        make_commendation(decision, name, department=school, published_at="2017-11-08T08:00Z")
    make_collective(decision, "Tổ Toán", department=school, published_at="2017-11-08T08:00Z")
    announce(decision)
    return decision


def get(address):
    answer = Client().get(address)
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_only_the_registrar_revokes_a_decision(client, role, decision, province):
    user = make_user(role=role, department=province)
    client.force_login(user)
    address = reverse("admin:awards_decision_revoke", args=[decision.pk])
    data = {"number": "88/QĐ-SGDĐT", "signed_on": "2018-02-01", "reason": "Sai"}
    expected = (200, 302) if role == Role.REGISTRAR else (403, 403)
    assert (client.get(address).status_code, client.post(address, data).status_code) == expected
    assert decision.commendations.unrevoked().exists() == (role != Role.REGISTRAR)


def test_another_units_registrar_does_not(decision, school):
    with pytest.raises(PermissionDenied):
        revoke_all(decision, actor=make_user(role=Role.REGISTRAR, department=school), **WORDS)


def test_it_reaches_readers_everywhere_at_once(decision, registrar, school):
    address = decision.get_absolute_url()
    assert "đã bị hủy bỏ" not in get(address)
    assert "Trần Đức Mạnh" in get("/")
    revoke_all(decision, actor=registrar, **WORDS)
    page = get(address)
    assert "Quyết định này đã bị hủy bỏ" in page
    assert "88/QĐ-SGDĐT" in page
    assert page.count("<s>") == 3
    assert get("/khen-thuong/").count("Quyết định 88/QĐ-SGDĐT, 01/02/2018") == 3
    for row in decision.commendations.all():
        seen = get(row.get_absolute_url())
        assert "đã bị thu hồi" in seen
        assert "88/QĐ-SGDĐT ngày 01/02/2018" in seen
    assert get(school.get_absolute_url()).count("Đã thu hồi") == 3
    assert "Trần Đức Mạnh" not in get("/")
    assert "Khen thưởng, đã hủy bỏ" in get("/tim-kiem/?q=1400/QĐ-SGDĐT")
    assert '"revoked_on":"2018-02-01"' in get("/api/v1/commendations").replace('": "', '":"')
    assert get("/khen-thuong/bang.csv").count("Đã thu hồi theo quyết định 88/QĐ-SGDĐT, 01/02/2018") == 3


def test_a_story_about_it_strikes_the_names_and_the_front_page_counts_them_no_more(
    decision, registrar, head, collaborator
):
    draft = make_draft(collaborator, title="Trao giấy khen", commendation_decision=decision)
    approve(submit(draft, collaborator), head)
    address = PublishedArticle.objects.get().get_absolute_url()
    assert "Trần Đức Mạnh" in get(address)
    assert "Đã thu hồi" not in get(address)
    revoke_all(decision, actor=registrar, **WORDS)
    assert get(address).count("Đã thu hồi") == 3


def test_rows_revoked_before_keep_their_words_and_a_part_is_no_whole(decision, registrar):
    first = decision.commendations.first()
    revoke(first, actor=registrar, **WORDS | {"number": "77/QĐ-SGDĐT"})
    assert "Quyết định này đã bị hủy bỏ" not in get(decision.get_absolute_url())
    revoke_all(decision, actor=registrar, **WORDS)
    numbers = set(decision.commendations.values_list("revocation_number", flat=True))
    assert numbers == {"77/QĐ-SGDĐT", "88/QĐ-SGDĐT"}
    with pytest.raises(StepRefused, match="đã được ghi hủy bỏ"):
        revoke_all(decision, actor=registrar, **WORDS)


def test_the_log_the_audit_book_and_the_head_know(decision, registrar, province):
    make_user("giamdoc", Role.HEAD, province)
    revoke_all(decision, actor=registrar, **WORDS)
    entry = history(decision)[0]
    assert (entry.label, entry.actor) == ("Hủy bỏ cả quyết định", registrar)
    assert "Khai báo không đúng thành tích" in entry.note
    assert AuditEntry.objects.filter(action="Hủy bỏ cả quyết định", actor=registrar).exists()
    notice = Notice.objects.get(kind="revoked")
    assert notice.recipient.username == "giamdoc"
    assert "88/QĐ-SGDĐT ngày 01/02/2018" in notice.words


def test_a_draft_is_mended_not_revoked(province, registrar):
    draft = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    with pytest.raises(StepRefused, match="đang công bố"):
        revoke_all(draft, actor=registrar, **WORDS)


def test_a_bad_day_is_refused_at_the_form_and_keeps_what_was_typed(client, decision, registrar):
    client.force_login(registrar)
    address = reverse("admin:awards_decision_revoke", args=[decision.pk])
    data = {"number": "88/QĐ-SGDĐT", "signed_on": "2016-01-01", "reason": "Lý do đã gõ"}
    page = client.post(address, data).content.decode()
    assert "phải từ ngày ký" in page
    assert "Lý do đã gõ" in page


def test_nothing_published_is_ever_deleted(client, decision, registrar):
    row = decision.commendations.first()
    client.force_login(registrar)
    for record in (decision, row):
        name = f"admin:awards_{record._meta.model_name}_delete"
        assert client.post(reverse(name, args=[record.pk]), {"post": "yes"}).status_code == 403
    with pytest.raises(ProtectedError):
        Decision.objects.get().delete()
    assert decision.commendations.count() == 3
