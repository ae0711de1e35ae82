"""Taking a decision back: readers see again what they saw before, and everything is kept."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from approvals.engine import StepRefused, take
from approvals.models import StatusChange
from articles.approval import schedule
from articles.approval.workflow import ARTICLE
from articles.enums import PublicState, Status, Verdict
from articles.models import Article, PublishedArticle, Release, ReviewDecision, Revision
from media.models import PhotoExposure
from newsroom.demo.clock import at
from tests.factories.articles import (
    approve,
    make_draft,
    make_illustrated_draft,
    make_published,
    resubmit,
    send_back,
    submit,
    take_back,
    withdraw,
)

pytestmark = pytest.mark.django_db


def address(article):
    return reverse("articles:article_detail", kwargs={"slug": "", "pk": article.pk})


def answer(client, article):
    response = client.get(address(article), follow=True)
    return response.status_code, response.content.decode()


@pytest.fixture
def approved(collaborator, head):
    draft = make_illustrated_draft(collaborator, title="Bài mới toanh")
    return approve(submit(draft, collaborator), head)


def test_a_new_story_taken_back_answers_as_if_it_had_never_been(client, approved, head):
    assert answer(client, approved)[0] == 200
    assert PhotoExposure.objects.exists()
    article = take_back(approved, head)
    assert answer(client, approved)[0] == 404
    for page in ("/", "/rss.xml", "/sitemap-tin-moi.xml", "/sitemap.xml", "/tim-kiem/?q=toanh"):
        assert "Bài mới toanh" not in client.get(page).content.decode()
    assert not PhotoExposure.objects.exists()
    assert (article.status, article.approved_revision) == (Status.IN_REVIEW, None)
    assert article.review_revision.content["title"] == "Bài mới toanh"


def test_nothing_is_deleted_and_the_taking_back_is_itself_on_record(approved, head):
    take_back(approved, head)
    assert Revision.objects.count() == 1
    assert [d.verdict for d in ReviewDecision.objects.order_by("pk")] == [
        Verdict.APPROVED,
        Verdict.TAKEN_BACK,
    ]
    assert Release.objects.get().done_at
    assert StatusChange.objects.first().label == "Rút lại quyết định"


def test_a_story_taken_back_may_be_approved_again_and_begins_then(client, approved, head):
    first = PublishedArticle.objects.get().published_at
    approve(take_back(approved, head), head)
    assert answer(client, approved)[0] == 200
    assert PublishedArticle.objects.get().published_at > first


def test_readers_see_the_earlier_text_again(client, collaborator, head):
    page = make_published(collaborator, head, title="Bản cũ", body="<p>Lời cũ.</p>", tags=["Lễ hội"])
    before = PublishedArticle.objects.values().get()
    article = resubmit(Article.objects.get(pk=page.pk), collaborator, title="Bản mới", body="<p>Lời mới.</p>")
    article = approve(article, head)
    assert "Lời mới." in answer(client, article)[1]
    article = take_back(article, head)
    html = answer(client, article)[1]
    assert "Lời cũ." in html
    assert "Lời mới." not in html
    after = PublishedArticle.objects.values().get()
    assert after | {"version": 0} == before | {"version": 0}
    assert article.approved_revision.content["title"] == "Bản cũ"


def test_a_withdrawn_page_is_withdrawn_again_with_its_notice(client, collaborator, head):
    page = make_published(collaborator, head)
    withdraw(page, head, note="Để bảo vệ học sinh.")
    before = PublishedArticle.objects.values().get()
    article = approve(submit(Article.objects.get(pk=page.pk), collaborator), head)
    assert answer(client, article)[0] == 200
    take_back(article, head)
    status, html = answer(client, article)
    assert status == 410
    assert "Để bảo vệ học sinh." in html
    after = PublishedArticle.objects.values().get()
    assert after | {"version": 0} == before | {"version": 0}


def test_a_waiting_release_is_called_off_and_an_earlier_one_waits_again(collaborator, head):
    soon, later = (timezone.now() + datetime.timedelta(hours=hours) for hours in (1, 2))
    article = approve(submit(make_draft(collaborator, title="Bản một"), collaborator), head, due_at=soon)
    article = approve(resubmit(article, collaborator, title="Bản hai"), head, due_at=later)
    take_back(article, head)
    release = schedule.waiting().get()
    assert (release.due_at, release.decision.revision.number) == (soon, 1)
    assert schedule.run_due(later) == 1
    assert PublishedArticle.objects.get().title == "Bản một"


def test_a_return_is_taken_back_too(collaborator, head):
    article = send_back(submit(make_draft(collaborator), collaborator), head)
    article = take_back(article, head)
    assert article.status == Status.IN_REVIEW
    assert approve(article, head).status == Status.APPROVED


def test_it_is_too_late_after_ten_minutes(approved, head):
    with (
        at(timezone.now() + datetime.timedelta(minutes=10)),
        pytest.raises(StepRefused, match="quá 10 phút"),
    ):
        take_back(approved, head)
    assert PublishedArticle.objects.live().exists()
    with at(timezone.now() + datetime.timedelta(minutes=9, seconds=50)):
        take_back(approved, head)
    assert not PublishedArticle.objects.live().exists()


def test_only_whoever_decided_takes_it_back(approved, second_head, collaborator):
    with pytest.raises(StepRefused, match="Chỉ người đã quyết định"):
        take_back(approved, second_head)
    with pytest.raises(PermissionDenied):
        take_back(approved, collaborator)


def test_nothing_is_taken_back_twice_nor_under_a_withdrawal(approved, head):
    withdraw(PublishedArticle.objects.get(), head)
    with pytest.raises(StepRefused, match="Trang đã đổi"):
        take_back(Article.objects.get(), head)


def test_a_resubmission_of_the_approved_text_keeps_its_approval(collaborator, head, second_head):
    page = make_published(collaborator, head, title="Lời đã duyệt")
    article = resubmit(Article.objects.get(pk=page.pk), collaborator, title="Lời khác")
    article = send_back(article, head)
    article.title = "Lời đã duyệt"
    article.save()
    before = ReviewDecision.objects.count()
    with pytest.raises(StepRefused, match="bản đã duyệt"):
        submit(article, collaborator)
    kept = take(ARTICLE, article, "keep_approved", actor=collaborator, version=article.version)
    assert kept.status == Status.APPROVED
    assert ReviewDecision.objects.count() == before
    assert PublishedArticle.objects.live().get().title == "Lời đã duyệt"


def test_other_words_keep_no_approval(collaborator, head):
    page = make_published(collaborator, head)
    article = resubmit(Article.objects.get(pk=page.pk), collaborator, title="Lời khác")
    with pytest.raises(StepRefused, match="khác bản đã duyệt"):
        take(ARTICLE, article, "keep_approved", actor=collaborator, version=article.version)


def test_an_approval_of_a_withdrawn_text_is_no_longer_worth_anything(collaborator, head):
    page = make_published(collaborator, head)
    withdraw(page, head)
    article = submit(Article.objects.get(pk=page.pk), collaborator)
    with pytest.raises(StepRefused, match="khác bản đã duyệt"):
        take(ARTICLE, article, "keep_approved", actor=collaborator, version=article.version)


def test_states_of_the_page_are_those_that_readers_are_told():
    assert set(PublicState) == {"live", "suspended", "withdrawn", "ended", "taken_back"}
