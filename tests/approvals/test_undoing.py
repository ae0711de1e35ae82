"""A withdrawal is taken back within ten minutes, by whoever withdrew, while nobody has changed anything."""

import datetime

import pytest
from django.db.models import F
from django.utils import timezone

from approvals import undoing
from approvals.engine import StepRefused, open_steps, take
from approvals.enums import RecordStatus
from approvals.models import AuditEntry
from articles.approval import schedule
from articles.approval.workflow import PUBLIC
from articles.enums import PublicState
from articles.models import Article, PublishedArticle
from awards.workflow import WORKFLOW
from documents.workflow import DOCUMENT
from events.workflow import EVENT
from tests.factories.articles import approve, make_published, resubmit, submit, withdraw
from tests.factories.awards import make_commendation, make_decision
from tests.factories.documents import make_document
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
UNDO = "undo_withdraw"


def offered(workflow, record, actor):
    return UNDO in {step.name for step in open_steps(workflow, record, actor)}


def undo(workflow, record, actor):
    return take(workflow, record, UNDO, actor=actor, version=record.version)


def refused(workflow, record, actor):
    with pytest.raises(StepRefused) as answer:
        undo(workflow, record, actor)
    return answer.value.code == "stale" and not offered(workflow, record, actor)


def test_records_are_public_again_as_they_were(province, managing_editor, registrar):
    decision = make_decision(issuer=province)
    make_commendation(decision)
    for workflow, record, actor in (
        (EVENT, make_event(host=province), managing_editor),
        (WORKFLOW, decision, registrar),
        (DOCUMENT, make_document(issuer=province), registrar),
    ):
        assert record.status == RecordStatus.PUBLIC
        published = record.published_at
        gone = take(workflow, record, "withdraw", actor=actor, version=record.version, note="Nhầm.")
        assert offered(workflow, gone, actor)
        # Changed since: what would be public has been seen by nobody.
        changed = type(record).objects.filter(pk=record.pk)
        changed.update(version=F("version") + 1)
        assert refused(workflow, changed.get(), actor)
        changed.update(version=F("version") - 1)
        back = undo(workflow, gone, actor)
        assert (back.status, back.published_at) == (RecordStatus.PUBLIC, published)
        assert AuditEntry.objects.filter(action="Rút lại việc gỡ", actor=actor).exists()
        assert not offered(workflow, back, actor)


def test_a_page_is_shown_again_with_its_text_its_notices_and_its_next_release(
    client, collaborator, head, managing_editor
):
    page = make_published(collaborator, head, title="Chào cờ đầu tuần")
    story = Article.objects.get(pk=page.pk)
    notice = {"correction_kind": "erratum", "correction_note": "Sửa tên trường."}
    approve(resubmit(story, collaborator, lead="Lời dẫn đúng.", **notice), head)
    due = timezone.now() + datetime.timedelta(days=2)
    approve(resubmit(Article.objects.get(pk=page.pk), collaborator, lead="Lời dẫn sau."), head, due_at=due)
    before = PublishedArticle.objects.get(pk=page.pk)
    address = before.get_absolute_url()
    gone = withdraw(before, head)
    assert client.get(address).status_code == 410
    assert not schedule.of_article(page.pk).exists()
    assert refused(PUBLIC, gone, managing_editor)  # somebody else withdrew
    undo(PUBLIC, gone, head)
    after = PublishedArticle.objects.get(pk=page.pk)
    same = (
        "state",
        "title",
        "lead",
        "body_html",
        "corrections",
        "corrected_at",
        "published_at",
        "updated_at",
    )
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}
    assert (after.withdrawn_at, after.withdrawal_notice) == (None, "")
    assert "Sửa tên trường." in client.get(address).text
    assert [release.due_at for release in schedule.of_article(page.pk)] == [due]


def test_after_ten_minutes_the_way_back_is_through_approval(client, collaborator, head, monkeypatch):
    page = make_published(collaborator, head)
    gone = withdraw(page, head)
    client.force_login(head)
    form = f"/admin/articles/publishedarticle/{page.pk}/change/"
    assert "Rút lại việc gỡ" in client.get(form).text
    monkeypatch.setattr(undoing, "UNDO_MINUTES", 0)
    assert refused(PUBLIC, gone, head)
    said = client.get(form).text
    assert "Rút lại việc gỡ" not in said
    assert "Đăng lại: mở bài, gửi duyệt" in said
    client.force_login(collaborator)
    assert "Gửi duyệt để đăng lại" in client.get(f"/admin/articles/article/{page.pk}/change/").text
    story = Article.objects.get(pk=page.pk)
    approve(submit(story, collaborator), head)
    assert PublishedArticle.objects.get(pk=page.pk).state == PublicState.LIVE
