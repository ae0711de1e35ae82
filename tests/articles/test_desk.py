"""The head's desk over HTTP: what is shown, what one press does, what a refusal says."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import drafting
from articles.enums import Status
from articles.models import Article, PublishedArticle, Release
from tests.factories.articles import approve, make_draft, submit

pytestmark = pytest.mark.django_db
DESK = "/admin/cho-duyet/"


@pytest.fixture
def waiting(collaborator):
    return submit(make_draft(collaborator, title="Bài chờ duyệt", body="<p>Lời đã gửi.</p>"), collaborator)


def press(client, article, step, **words):
    data = {"step": step, "sha256": article.review_revision.sha256, "version": article.version} | words
    return client.post(f"{DESK}{article.pk}/quyet-dinh/", data)


def test_the_desk_opens_with_the_longest_waiting_story_and_its_frozen_words(
    client, head, waiting, collaborator
):
    waiting.body = "<p>Lời gõ sau khi gửi.</p>"
    drafting.save(waiting, by=collaborator, draft_number=waiting.draft_number)
    client.force_login(head)
    html = client.get(DESK).content.decode()
    assert "Bài chờ duyệt" in html
    assert "Lời đã gửi." in html
    assert "Lời gõ sau khi gửi." not in html
    assert "Bạn duyệt với tư cách: Hiệu trưởng, Trường THPT Chu Văn An." in html


def test_one_press_approves_and_publishes(client, head, waiting):
    client.force_login(head)
    answer = press(client, waiting, "approve")
    assert answer.status_code == 302
    assert PublishedArticle.objects.live().get().title == "Bài chờ duyệt"
    assert "Không còn bài nào chờ duyệt" in client.get(DESK).content.decode()


def test_returning_without_words_keeps_the_story_waiting_and_says_why(client, head, waiting):
    client.force_login(head)
    answer = press(client, waiting, "send_back")
    assert answer.status_code == 409
    assert "Hãy chọn một lý do hoặc viết lời nhắn" in answer.content.decode()
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_ticked_reason_is_the_note(client, head, waiting, collaborator):
    client.force_login(head)
    press(client, waiting, "send_back", reasons=["Sai chức danh"], note="Xem lại đoạn hai.")
    client.force_login(collaborator)
    html = client.get(reverse("admin:articles_article_change", args=[waiting.pk])).content.decode()
    assert "Sai chức danh. Xem lại đoạn hai." in html


def test_a_scheduled_story_waits(client, head, waiting):
    client.force_login(head)
    due_at = timezone.localtime() + datetime.timedelta(days=1)
    press(client, waiting, "schedule", due_at=due_at.strftime("%Y-%m-%dT%H:%M"))
    assert not PublishedArticle.objects.exists()
    assert Release.objects.get().due_at == due_at.replace(second=0, microsecond=0)


@pytest.mark.parametrize("due_at", ["", "hôm nào đó", "2001-01-01T07:30"])
def test_a_bad_hour_is_refused_at_its_field_and_keeps_the_note(client, head, waiting, due_at):
    client.force_login(head)
    answer = press(client, waiting, "schedule", due_at=due_at, note="Lời nhắn đã gõ")
    assert answer.status_code == 409
    assert answer.context["form"].errors["due_at"]
    assert "Lời nhắn đã gõ" in answer.content.decode()
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_text_resubmitted_while_the_head_reads_is_not_approved(client, head, waiting, collaborator):
    client.force_login(head)
    waiting.title = "Bản mới"
    drafting.save(waiting, by=collaborator, draft_number=waiting.draft_number)
    submit(waiting, collaborator)
    answer = press(client, waiting, "approve", note="Lời nhắn đã gõ")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "vừa thay đổi" in html
    assert "Lời nhắn đã gõ" in html
    assert not PublishedArticle.objects.exists()


def test_the_slower_of_two_heads_is_told(client, head, second_head, waiting):
    approve(waiting, second_head)
    client.force_login(head)
    answer = client.post(
        f"{DESK}{waiting.pk}/quyet-dinh/",
        {"step": "approve", "sha256": waiting.review_revision.sha256, "version": waiting.version},
        follow=True,
    )
    assert "không còn chờ bạn" in answer.content.decode()
    assert Release.objects.count() == 1


@pytest.mark.parametrize("step", ["publish", "", "withdraw"])
def test_an_unknown_press_does_nothing(client, head, waiting, step):
    client.force_login(head)
    assert press(client, waiting, step).status_code == 409
    assert Article.objects.get().status == Status.IN_REVIEW


@pytest.mark.parametrize(
    "who", ["collaborator", "other_collaborator", "desk_editor", "registrar", "administrator", "auditor"]
)
def test_the_desk_is_for_those_who_may_decide(client, request, waiting, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(DESK).status_code == 404
    assert press(client, waiting, "approve").status_code in {302, 404}
    assert Article.objects.get().status == Status.IN_REVIEW


def test_the_head_of_another_unit_sees_nothing_of_it(client, other_head, waiting):
    client.force_login(other_head)
    assert "Bài chờ duyệt" not in client.get(DESK).content.decode()
    assert client.get(f"{DESK}{waiting.pk}/", follow=True).redirect_chain[0][0] == DESK
    assert press(client, waiting, "approve").status_code == 404
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_stranger_is_sent_to_sign_in(client, waiting):
    for answer in (client.get(DESK), press(client, waiting, "approve")):
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]


def test_their_own_story_is_shown_without_buttons(client, head):
    submit(make_draft(head, title="Bài của trưởng đơn vị"), head)
    client.force_login(head)
    html = client.get(DESK).content.decode()
    assert "Đây là bài có tay bạn." in html
    assert 'value="approve"' not in html
