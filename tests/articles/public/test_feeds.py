"""Feeds carry the whole approved story, and nothing that was not approved."""

import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.articles import make_draft, make_published, make_section, submit, withdraw
from tests.factories.departments import make_department
from tests.factories.media import make_photo

pytestmark = pytest.mark.django_db
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def story(collaborator, head):
    photo = make_photo(department=collaborator.person.positions.first().department)
    body = (
        f'<figure data-photo="{photo.pk}" data-credit="GD&amp;TĐ" data-alt="Hội trường">'
        "<figcaption>Toàn cảnh hội nghị</figcaption></figure>"
        '<p>Lời văn với <a href="/su-kien/">lịch</a>.</p>'
    )
    section = make_section("Tin ngành", slug="tin-nganh")
    words = {"title": "Đổi mới & sáng tạo", "body": body, "section": section, "tags": ["Thi đua"]}
    return make_published(collaborator, head, **words)


def rss(client, url="/rss.xml"):
    answer = client.get(url)
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall("channel/item")  # noqa: S314 (our own words)


def test_rss_carries_the_whole_text_with_captions_and_absolute_addresses(client, story):
    (item,) = rss(client)
    text = item.find(CONTENT).text
    assert item.find("title").text == "Đổi mới & sáng tạo"
    assert item.find("link").text == SITE + story.get_absolute_url()
    assert "Toàn cảnh hội nghị" in text
    assert "Ảnh: GD&amp;TĐ" in text
    assert f'href="{SITE}/su-kien/"' in text
    assert f'src="{SITE}/uploads/' in text
    assert "srcset" not in text
    assert [node.text for node in item.findall("category")] == ["Tin ngành", "Thi đua"]


def test_atom_says_when_it_changed_and_who_wrote(client, story):
    feed = ElementTree.fromstring(client.get("/atom.xml").content)  # noqa: S314 (our own words)
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}updated").text.startswith(f"{story.updated_at:%Y-%m-%d}")
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Nguyễn Thị Lan"
    assert "Lời văn" in entry.find(f"{ATOM}content").text
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"{SITE}/atom.xml"


def test_json_feed(client, story):
    answer = client.get("/feed.json")
    feed = json.loads(answer.content)
    (item,) = feed["items"]
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (item["title"], item["url"]) == ("Đổi mới & sáng tạo", SITE + story.get_absolute_url())
    assert item["image"].startswith(f"{SITE}/uploads/")
    assert item["authors"] == [{"name": "Nguyễn Thị Lan"}]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_sections_and_units_have_their_own(client, story, collaborator, head, name):
    make_published(collaborator, head, title="Chuyện khác", section=make_section("Khác", slug="khac"))
    elsewhere = make_department("Trường THPT Ea Súp", parent=story.department)
    section = client.get(f"/chuyen-muc/tin-nganh/{name}").content.decode()
    unit = client.get(f"{story.department.get_absolute_url()}{name}").content.decode()
    other = client.get(f"{elsewhere.get_absolute_url()}{name}").content.decode()
    assert "sáng tạo" in section
    assert "Chuyện khác" not in section
    assert "sáng tạo" in unit
    assert "Chuyện khác" in unit
    assert "sáng tạo" not in other
    assert client.get(f"/chuyen-muc/khong-co/{name}").status_code == 404


@pytest.mark.parametrize("url", ["/rss.xml", "/atom.xml", "/feed.json"])
def test_what_is_not_public_is_in_no_feed(client, collaborator, head, url):
    make_draft(collaborator, title="Nháp zebra")
    submit(make_draft(collaborator, title="Chờ duyệt zebra"), collaborator)
    withdraw(make_published(collaborator, head, title="Đã gỡ zebra"), head)
    make_published(collaborator, head, title="Đang đăng")
    text = client.get(url).content.decode()
    assert "Đang đăng" in text
    assert "zebra" not in text


@pytest.mark.parametrize("url", ["/rss.xml", "/atom.xml", "/feed.json"])
def test_a_feed_costs_two_queries_at_any_length(client, collaborator, head, url):
    for _ in range(3):
        make_published(collaborator, head)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) == 2  # stories, and notes of the day
