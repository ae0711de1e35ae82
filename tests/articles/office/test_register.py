"""The registers of pages and tags show nothing of another unit's that readers may not see."""

import pytest
from django.utils import timezone

from approvals.engine import StepRefused, take
from articles.approval import releasing
from articles.approval.workflow import PUBLIC
from articles.enums import PublicState
from articles.models import Article, PublishedArticle, Tag
from tests.factories.articles import (
    approve,
    make_draft,
    make_published,
    resubmit,
    take_back,
    take_down,
    withdraw,
)

pytestmark = pytest.mark.django_db
PAGES = "/admin/articles/publishedarticle/"
TAGS = "/admin/articles/tag/"


def titles(client, user, address=PAGES, **asked):
    client.force_login(user)
    return [str(row) for row in client.get(address, asked).context["cl"].result_list]


@pytest.mark.parametrize("hide", [withdraw, take_down, "take_back"])
def test_a_page_that_went_is_listed_for_its_own_unit_and_those_above_only(
    client, request, collaborator, head, hide
):
    outside = [request.getfixturevalue(name) for name in ("other_head", "other_collaborator")]
    above = [request.getfixturevalue(name) for name in ("auditor", "managing_editor")]
    page = make_published(collaborator, head, title="Bài đã đi zebra")
    make_published(outside[1], outside[0], title="Bài còn đây")
    if hide == "take_back":
        take_back(Article.objects.get(pk=page.pk), head)
    else:
        hide(page, head)
    address = f"{PAGES}{page.pk}/change/"
    for person in (collaborator, head, *above):
        assert titles(client, person) == ["Bài còn đây", "Bài đã đi zebra"], person
        assert titles(client, person, q="zebra") == ["Bài đã đi zebra"], person
        assert client.get(address).status_code == 200
    for person in outside:
        assert titles(client, person) == ["Bài còn đây"], person
        assert titles(client, person, q="zebra") == [], person
        assert "zebra" not in client.get(address, follow=True).content.decode()


def test_a_tag_of_a_draft_is_listed_for_who_may_open_the_draft(
    client, collaborator, head, desk_editor, managing_editor
):
    make_published(collaborator, head, tags=["công khai"])
    draft = make_draft(collaborator, tags=["chuyện kín"])
    own = make_draft(desk_editor, tags=["của ban"])
    Tag.objects.create(name="để dành")
    assert titles(client, desk_editor, TAGS) == ["công khai", "của ban", "để dành"]
    tag = Tag.objects.get(name="chuyện kín")
    assert client.get(f"{TAGS}{tag.pk}/change/").status_code == 302  # not here, says the office
    assert own.tags.names()
    Article.objects.filter(pk=draft.pk).update(submitted_at=draft.created_at)
    assert "chuyện kín" in titles(client, desk_editor, TAGS)


@pytest.mark.parametrize(
    "steps", [["withdraw_for_privacy"], ["withdraw_urgent", "confirm_urgent_for_privacy"]]
)
def test_a_withdrawal_for_privacy_leaves_no_title_at_any_address(
    client, collaborator, head, second_head, steps
):
    page = make_published(collaborator, head, title="Chuyện một nhà zebra", body="<p>Chuyện riêng.</p>")
    address = page.get_absolute_url()
    assert "zebra" in client.get(address).content.decode()
    for step, person in zip(steps, (head, second_head), strict=False):
        page = take(PUBLIC, page, step, actor=person, version=page.version, note="Theo đề nghị của gia đình.")
    assert (page.state, page.title) == (PublicState.WITHDRAWN, "Chuyện một nhà zebra")  # the office keeps it
    for way in (address, f"/bai-viet/{page.pk}/", f"/bai-viet/khac-{page.pk}/"):
        answer = client.get(way)
        assert (answer.status_code, "Location" in answer) == (410, False)
        html = answer.content.decode().replace(way, "")
        assert "Theo đề nghị của gia đình." in html
        assert "zebra" not in html
    assert "zebra" not in page.get_absolute_url()  # where old addresses lead


def test_the_title_of_a_page_that_went_already_can_be_hidden_afterwards(client, collaborator, head):
    """Its address showed it, as the reason was none of privacy, or as its time was over."""
    gone = make_published(collaborator, head, title="Chuyện em bé zebra")
    ended = make_published(collaborator, head, title="Chuyện hết hạn zebra")
    withdraw(gone, head, "Thông báo nhắc zebra")
    releasing.end_page(put_until(ended))
    for page, step in ((gone, "hide_title"), (ended, "withdraw_for_privacy")):
        address, office = page.get_absolute_url(), f"{PAGES}{page.pk}/change/"
        assert "zebra" in client.get(address).content.decode().replace(address, "")
        client.force_login(head)
        assert step in client.get(office).content.decode()
        page.refresh_from_db()
        sent = {"version": page.version, "note": "Gia đình đề nghị."}
        answer = client.post(f"{PAGES}{page.pk}/buoc/{step}/", sent, follow=True)
        assert "hide_title" not in answer.content.decode()
        client.logout()
        html = client.get(address).content.decode().replace(address, "")
        assert ("Gia đình đề nghị." in html, "zebra" in html) == (True, False)
        page.refresh_from_db()
        assert (page.state, page.hides_title) == (PublicState.WITHDRAWN, True)
    with pytest.raises(StepRefused, match="đã không nhắc"):
        take(PUBLIC, page, "hide_title", actor=head, version=page.version, note="Lần nữa.")


def put_until(page):
    PublishedArticle.objects.filter(pk=page.pk).update(until=timezone.now())
    page.refresh_from_db()
    return page


def test_a_story_approved_again_after_it_is_shown_with_its_title(client, collaborator, head):
    page = make_published(collaborator, head, title="Bài được sửa lại")
    take(PUBLIC, page, "withdraw_for_privacy", actor=head, version=page.version, note="Có tên riêng.")
    article = Article.objects.get(pk=page.pk)
    article = approve(resubmit(article, collaborator, body="<p>Không còn tên.</p>"), head)
    shown = PublishedArticle.objects.live().get()
    assert (shown.hides_title, shown.get_absolute_url()) == (False, page.get_absolute_url())
    take_back(article, head)
    assert client.get(page.get_absolute_url()).status_code == 410
    assert "Bài được sửa lại" not in client.get(page.get_absolute_url()).content.decode()
