"""A component drawn once is drawn right: other facts are another card, typed words stay typed words."""

import re

import pytest
from django.template import Context, Engine
from django.utils.safestring import SafeString

from articles.models import PublishedArticle
from articles.urls import STORY
from newsroom.templatetags.drawing import _drawn

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
