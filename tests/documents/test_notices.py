"""Who hears of documents published, replaced and withdrawn: the head who answers for them."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from approvals.engine import take
from approvals.enums import RecordStatus
from documents.workflow import DOCUMENT
from inbox.models import Notice
from tests.documents.test_admin import typed
from tests.factories.departments import make_position, make_user
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(school):
    return make_user("vanthu", Role.REGISTRAR, school, full_name="Vũ Thị Thư")


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def step(document, name, by):
    return take(DOCUMENT, document, name, actor=by, version=document.version, note="Nhầm số.")


def test_the_head_of_the_issuer_hears_of_a_document_published_replaced_and_withdrawn(school, clerk, head):
    draft = make_document(issuer=school, status=RecordStatus.DRAFTING, gist="Quy định rõ.")
    old = step(draft, "publish", clerk)
    assert told("published") == {"truongdonvi"}
    newer = make_document(issuer=school, status=RecordStatus.DRAFTING, gist="Quy định rõ.")
    type(old).objects.filter(pk=old.pk).update(replaced_by=newer)
    step(newer, "publish", clerk)
    notice = Notice.objects.get(kind="replaced")
    assert (notice.record, newer.number in notice.words) == (old, True)
    old.refresh_from_db()
    step(old, "withdraw", clerk)
    assert told("withdrawn") == {"truongdonvi"}
    assert ContentType.objects.get_for_model(old).pk == notice.content_type_id


def test_a_head_who_published_it_is_not_told_and_neither_is_a_deputy(school, head):
    make_position(head.person, school, Role.REGISTRAR)
    make_user("pho", Role.DEPUTY, school)
    step(make_document(issuer=school, status=RecordStatus.DRAFTING, gist="Quy định rõ."), "publish", head)
    assert told("published") == set()


def test_a_replacement_typed_in_the_form_is_told_to_the_head_of_the_older_ones_issuer(
    client, school, clerk, head
):
    old = make_document("1/KH-THPT", issuer=school, gist="Cũ.")
    newer = make_document("2/KH-THPT", issuer=school, issued_on=timezone.localdate())
    data = typed(
        school, number="1/KH-THPT", replaced_by=newer.pk, ending="repealed", seen_version=1, gist="Cũ."
    )
    client.force_login(clerk)
    answer = client.post(reverse("admin:documents_officialdocument_change", args=[old.pk]), data)
    assert answer.status_code == 302, answer.context["errors"]
    notice = Notice.objects.get(kind="replaced")
    assert (notice.recipient, notice.record) == (head, old)
    assert "2/KH-THPT (Trường THPT Chu Văn An) bãi bỏ văn bản này" in notice.words
