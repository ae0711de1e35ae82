"""Photo rights that end, or are renewed, after their pages were published."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.approval.releasing import redraw_outdated
from articles.models import PublishedArticle
from media.models import Photo
from tests.factories.articles import approve, make_draft, make_published, submit
from tests.factories.media import make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def opening(school):
    return make_photo("Ảnh mở đầu", department=school)


@pytest.fixture
def page(collaborator, head, school, opening):
    other = make_photo("Ảnh sau", department=school)
    figure = (
        '<figure data-photo="{}" data-credit="Lan" data-alt="Sân trường"><figcaption>{}</figcaption></figure>'
    )
    body = figure.format(opening.pk, "Chú thích mở đầu") + "<p>Chữ của bài.</p>"
    body += figure.format(other.pk, "Chú thích sau")
    return make_published(collaborator, head, body=body)


def until(photo, day):
    Photo.objects.filter(pk=photo.pk).update(rights_until=day)


def yesterday():
    return timezone.localdate() - datetime.timedelta(days=1)


def shown_at(client, page, opening):
    """The addresses of the site on which the file of the opening photo is named."""
    ways = ["/", "/rss.xml", page.get_absolute_url(), page.section.get_absolute_url()]
    return {way for way in ways if opening.content_hash in client.get(way).text}


def test_a_page_drops_a_photo_whose_rights_ended_everywhere(client, page, opening):
    assert page.get_absolute_url() in shown_at(client, page, opening)
    assert len(shown_at(client, page, opening)) > 1
    until(opening, yesterday())
    call_command("run_worker", once=True)
    assert shown_at(client, page, opening) == set()
    text = client.get(page.get_absolute_url()).text
    assert "Chú thích mở đầu" not in text
    assert "Chữ của bài." in text
    assert text.count("Chú thích sau") >= 1


def test_the_next_photo_does_not_become_the_opening_one(page, opening):
    until(opening, yesterday())
    redraw_outdated()
    page.refresh_from_db()
    assert page.hero is None
    assert page.card_photo["caption"] == "Chú thích sau"


@pytest.mark.parametrize("renewed", [None, datetime.date(2999, 1, 1)])
def test_renewed_rights_bring_the_photo_back(page, opening, renewed):
    before = PublishedArticle.objects.values().get(pk=page.pk)
    until(opening, yesterday())
    assert redraw_outdated() == 1
    assert redraw_outdated() == 0
    until(opening, renewed)
    assert redraw_outdated() == 1
    assert redraw_outdated() == 0
    assert PublishedArticle.objects.values().get(pk=page.pk) == before


def test_rights_that_end_while_a_story_waits_keep_the_photo_off_its_page(collaborator, head, opening):
    figure = f'<figure data-photo="{opening.pk}" data-credit="Lan" data-alt="Sân">'
    body = f"<p>Chữ.</p>{figure}<figcaption>Ai</figcaption></figure>"
    story = submit(make_draft(collaborator, body=body), collaborator)
    until(opening, yesterday())
    approve(story, head)
    page = PublishedArticle.objects.get(pk=story.pk)
    assert opening.content_hash not in page.body_html
    assert page.card_photo is None
    assert redraw_outdated() == 0
