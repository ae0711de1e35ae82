"""Structured data says the same as the page, and no text can break out of its script element."""

import json
import re

import pytest

from tests.factories.articles import make_published, make_section
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def blocks(html):
    return [json.loads(text) for text in DATA.findall(html)]


def test_a_story_is_a_news_article_with_a_way_to_it(client, collaborator, head):
    section = make_section("Tin ngành")
    page = make_published(collaborator, head, title="Đổi mới", section=section, tags=["Thi đua"])
    story, way = blocks(client.get(page.get_absolute_url()).content.decode())
    assert story["@type"] == "NewsArticle"
    assert story["headline"] == "Đổi mới"
    assert story["author"] == [{"@type": "Person", "name": "Nguyễn Thị Lan"}]
    assert story["keywords"] == ["Thi đua"]
    assert {"datePublished", "dateModified", "publisher", "description", "mainEntityOfPage"} <= set(story)
    assert [step["name"] for step in way["itemListElement"]] == ["Trang chủ", "Tin ngành", "Đổi mới"]


def test_a_title_cannot_end_the_block(client, collaborator, head):
    title = "</script><script>alert(1)</script> & <b>"
    page = make_published(collaborator, head, title=title)
    html = client.get(page.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert blocks(html)[0]["headline"] == title


@pytest.mark.parametrize(
    ("occurrence", "status"), [("as_planned", "EventScheduled"), ("cancelled", "EventCancelled")]
)
def test_an_event_says_whether_it_takes_place(client, province, occurrence, status):
    event = make_event(status="public", title="Hội thi", host=province, occurrence=occurrence)
    said, _way = blocks(client.get(event.get_absolute_url()).content.decode())
    assert said["@type"] == "Event"
    assert said["eventStatus"] == f"https://schema.org/{status}"
    assert said["organizer"]["name"] == "Sở Giáo dục và Đào tạo Đắk Lắk"


def test_a_unit_is_an_organization(client, province):
    said, _way = blocks(client.get(province.get_absolute_url()).content.decode())
    assert (said["@type"], said["name"]) == ("Organization", "Sở Giáo dục và Đào tạo Đắk Lắk")
