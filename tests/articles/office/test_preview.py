"""What staff see of a story before readers do: the public page itself, under a bar."""

import re

import pytest
from django.urls import reverse

from approvals.enums import RecordStatus
from articles.models import Article, PublishedArticle
from tests.factories.articles import (
    approve,
    figure_of,
    make_draft,
    make_published,
    make_section,
    resubmit,
    submit,
)
from tests.factories.awards import make_commendation, make_decision
from tests.factories.events import make_event
from tests.factories.media import make_photo

pytestmark = pytest.mark.django_db


def preview(article, revision=""):
    where = reverse("admin:articles_article_preview", args=[article.pk])
    return f"{where}?ban={revision}" if revision else where


def body_of(answer):
    """The page without what a preview may change: the bar, its address, the time, the share links."""
    assert answer.status_code == 200
    html = answer.content.decode()
    html = html[html.index("<body") :]
    html = re.sub(r'<div class="preview-bar".*?</div>\s*</div>', "", html, flags=re.S)
    html = re.sub(r'name="next" value="[^"]*"', "", html)
    html = re.sub(
        r'<div class="share" .*?</div>|<script src="[^"]*share[^"]*" defer></script>', "", html, flags=re.S
    )
    html = re.sub(r'<time datetime="[^"]*">[^<]*, \d\d:\d\d</time>', "", html)
    return re.sub(r"\s+", " ", html)


@pytest.fixture
def story(collaborator, head, school):
    """A story with all that may stand around one."""
    decision = make_decision()
    make_commendation(decision)
    event = make_event()
    section = make_section("Hoạt động")
    make_published(collaborator, head, section=section, title="Bài cùng chuyên mục")
    photo = make_photo(department=school)
    return make_draft(
        collaborator,
        section=section,
        event=event,
        commendation_decision=decision,
        source_mark="GD&TĐ",
        tags=["Tập huấn", "An toàn"],
        body=figure_of(photo) + "<p>Lời của bài.</p>" + figure_of(photo, "Ảnh hai"),
    )


def test_a_head_sees_before_deciding_the_page_that_readers_will_get(client, story, collaborator, head):
    submit(story, collaborator)
    story.refresh_from_db()
    client.force_login(head)
    desk = client.get(reverse("admin:review_story", args=[story.pk])).content.decode()
    assert preview(story, 1) in desk
    seen = client.get(preview(story, 1))
    assert "Về bàn duyệt" in seen.content.decode()
    approve(story, head)
    client.logout()
    page = PublishedArticle.objects.get(pk=story.pk)
    public = body_of(client.get(page.get_absolute_url()))
    for part in (
        "Hoạt động",
        "Giấy khen trong bài",
        "Hội nghị tập huấn",
        "Bài cùng chuyên mục",
        "Tập huấn",
        "phút đọc",
    ):
        assert part in public
    assert body_of(seen) == public


def test_the_frozen_text_is_shown_whatever_is_typed_since(client, story, collaborator, head):
    submit(story, collaborator)
    story.refresh_from_db()
    Article.objects.filter(pk=story.pk).update(title="Viết tiếp sau đó")
    client.force_login(head)
    assert "Viết tiếp sau đó" not in client.get(preview(story, 1)).content.decode()
    assert "Viết tiếp sau đó" in client.get(preview(story)).content.decode()
    assert client.get(preview(story, 2)).status_code == 404
    assert client.get(preview(story, "1'")).status_code == 404


def test_a_story_that_readers_know_keeps_its_day_and_shows_what_they_will_be_told(client, collaborator, head):
    make_published(collaborator, head, title="Tên cũ")
    article = Article.objects.get(title="Tên cũ")
    resubmit(
        article,
        collaborator,
        title="Tên đúng",
        correction_kind="erratum",
        correction_note="Tên bài xin đính chính.",
    )
    client.force_login(collaborator)
    seen = client.get(preview(article, 2))
    article.refresh_from_db()
    approve(article, head)
    client.logout()
    public = client.get(PublishedArticle.objects.get(pk=article.pk).get_absolute_url())
    assert "Tên bài xin đính chính." in public.content.decode()
    assert body_of(seen) == body_of(public)


def test_what_is_not_public_stands_in_no_preview(client, story, collaborator):
    hidden = make_decision(status=RecordStatus.DRAFTING)
    make_commendation(hidden)
    Article.objects.filter(pk=story.pk).update(
        commendation_decision=hidden, event=make_event("Lễ chưa công bố", status=RecordStatus.DRAFTING)
    )
    client.force_login(collaborator)
    html = client.get(preview(story)).content.decode()
    assert "Giấy khen trong bài" not in html
    assert "Lễ chưa công bố" not in html


def test_a_story_without_a_section_says_so(client, collaborator):
    article = make_draft(collaborator, section=None)
    client.force_login(collaborator)
    html = client.get(preview(article)).content.decode()
    assert "Chưa chọn chuyên mục" in html
    assert "trừ chuyên mục chưa chọn" in html


def test_in_a_frame_of_the_office_links_leave_the_frame(client, collaborator):
    article = make_draft(collaborator)
    client.force_login(collaborator)
    framed = client.get(reverse("admin:articles_article_preview_bare", args=[article.pk]) + "?nen=toi")
    assert '<base target="_top">' in framed.content.decode()
    assert "preview-bar" not in framed.content.decode()
