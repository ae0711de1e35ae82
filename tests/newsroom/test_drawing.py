"""A component drawn once is drawn right: other facts are another card, typed words stay typed words."""

import datetime
import re

import pytest
from django.template import Context, Engine
from django.utils.safestring import SafeString

from articles.models import PublishedArticle, Section
from articles.urls import STORY
from newsroom.navigation import NavigationItem
from newsroom.templatetags.drawing import _drawn
from tests.factories.articles import make_published

TEMPLATE = '{% draw "_components/section_head.html" id="a" title=title %}'


@pytest.fixture(autouse=True)
def _nothing_remembered():
    _drawn.cache_clear()


def draw(title):
    return Engine.get_default().from_string(TEMPLATE).render(Context({"title": title}))


def test_equal_facts_are_drawn_once_and_others_anew():
    assert draw("Tin mới") == draw("Tin mới")
    assert (_drawn.cache_info().hits, _drawn.cache_info().misses) == (1, 1)
    assert "Tin cũ" in draw("Tin cũ")


def test_what_was_trusted_once_is_not_trusted_when_somebody_types_it():
    words = "<b>Tin</b>"
    assert words in draw(SafeString(words))
    assert words not in draw(words)


@pytest.mark.parametrize("slug", ["", "chao-co"])
def test_the_address_of_a_story_is_the_one_that_is_read(slug):
    address = PublishedArticle(pk=7, slug=slug).get_absolute_url()
    found = re.match(STORY, address.removeprefix("/"))
    assert (found["pk"], found["slug"].rstrip("-")) == ("7", slug)


def test_words_that_vary_are_put_into_what_is_remembered_and_escaped():
    template = '{% draw "_components/header.html" site=site site_nav=nav varying=address %}'
    facts = {"site": {"name": "Trang tin"}, "nav": [NavigationItem("Tin", "/tin/")]}
    drawn = {
        address: Engine.get_default().from_string(template).render(Context(facts | {"address": address}))
        for address in ("/tin/", "/tim-kiem/?q=a&trang=<2>", "")
    }
    assert _drawn.cache_info().misses == 2  # one for all addresses, one for none
    for address, shown in (("/tin/", "/tin/"), ("", "/")):
        assert drawn[address].count(f'name="next" value="{shown}"') == 2
    assert drawn["/tim-kiem/?q=a&trang=<2>"].count('value="/tim-kiem/?q=a&amp;trang=&lt;2&gt;"') == 2


def test_a_story_released_anew_is_another_card(db, collaborator, head):
    """Known by its row: whatever the row says otherwise is drawn anew."""
    page = make_published(collaborator, head, title="Ngày hội đọc sách")
    day = datetime.datetime(2020, 9, 5, tzinfo=datetime.UTC)
    changes = [
        (PublishedArticle, {"title": "Ngày hội sách"}, "Ngày hội sách"),
        (PublishedArticle, {"card_photo": {"src": "/a.jpg", "width": 3, "height": 2}}, "/a.jpg"),
        (
            PublishedArticle,
            {"published_at": day},
            "05/09/2020",
        ),
        (Section, {"name": "Chuyên mục mới"}, "Chuyên mục mới"),
    ]
    template = '{% draw "_components/story_row.html" story=story kicker=True %}'
    before = set()
    for model, fields, words in changes:
        model.objects.filter(pk=page.pk if model is PublishedArticle else page.section_id).update(**fields)
        card = PublishedArticle.objects.cards()[0]
        drawn = Engine.get_default().from_string(template).render(Context({"story": card}))
        assert words in drawn.replace("\u00a0", " ")
        assert drawn not in before
        before.add(drawn)
