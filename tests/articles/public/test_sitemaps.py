"""Sitemaps are valid, complete, and contain only what readers may see."""

import datetime

import pytest
from django.utils import timezone
from lxml import etree

from articles.models import PublishedArticle
from articles.public import page_tags, sitemaps
from tests.factories.articles import make_draft, make_published, withdraw
from tests.factories.events import make_event
from tests.shared import CORPORA

pytestmark = pytest.mark.django_db
SCHEMAS = CORPORA / "schemas"
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def locations(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return etree.fromstring(answer.content).xpath("//s:loc/text()", namespaces=NS)


def test_every_live_story_is_reached_from_the_index(client, collaborator, head):
    page = make_published(collaborator, head, title="Đang đăng")
    gone = withdraw(make_published(collaborator, head, title="Đã gỡ"), head)
    draft = make_draft(collaborator, title="Nháp")
    shards = [loc.removeprefix("http://127.0.0.1:8000") for loc in locations(client, "/sitemap.xml")]
    told = [loc for shard in shards for loc in locations(client, shard)]
    assert f"http://127.0.0.1:8000{page.get_absolute_url()}" in told
    assert not [
        loc for loc in told if "/bai-viet/" in loc and loc.endswith((f"-{gone.pk}/", f"-{draft.pk}/"))
    ]


def test_other_pages_are_told_and_drafts_are_not(client, province):
    shown = make_event(status="public", title="Hội thi", host=province)
    hidden = make_event(status="drafting", title="Chưa công bố", host=province)
    named = [loc.removeprefix("http://127.0.0.1:8000") for loc in locations(client, "/sitemap.xml")]
    told = " ".join(loc for shard in named for loc in locations(client, shard))
    for path in ("/su-kien/", "/khen-thuong/", shown.get_absolute_url(), province.get_absolute_url()):
        assert f"http://127.0.0.1:8000{path}" in told
    assert hidden.get_absolute_url() not in told


def test_records_stand_in_fixed_shards_and_say_when_they_changed(client, province, monkeypatch):
    first = make_event(status="public", title="Hội thi", host=province)
    named = f"/sitemap-su-kien-{first.pk // page_tags.SHARD}.xml"
    assert f"http://127.0.0.1:8000{named}" in locations(client, "/sitemap.xml")
    moment = first.changed_at.astimezone(datetime.UTC)
    assert f"<lastmod>{moment:%Y-%m-%dT%H:%M:%S}+00:00</lastmod>" in client.get(named).text
    monkeypatch.setattr(page_tags, "SHARD", first.pk + 1)
    monkeypatch.setattr(sitemaps, "SHARD", first.pk + 1)
    assert locations(client, "/sitemap-su-kien-0.xml")[-1].endswith(first.get_absolute_url())
    assert client.get("/sitemap-su-kien-1.xml").status_code == 404
    assert client.get("/sitemap-khong-co-0.xml").status_code == 404
    later = make_event(status="public", title="Ngày hội", host=province)
    assert locations(client, "/sitemap-su-kien-1.xml") == [f"http://127.0.0.1:8000{later.get_absolute_url()}"]


def test_news_are_those_of_two_days(client, collaborator, head):
    make_published(collaborator, head, title="Tin & mới")
    old = make_published(collaborator, head, title="Tin cũ")
    earlier = timezone.now() - datetime.timedelta(hours=49)
    PublishedArticle.objects.filter(pk=old.pk).update(published_at=earlier)
    text = client.get("/sitemap-tin-moi.xml").content.decode()
    assert "Tin &amp; mới" in text
    assert "Tin cũ" not in text


def test_a_shard_past_the_newest_story_is_not_there(client, collaborator, head):
    make_published(collaborator, head)
    assert client.get("/sitemap-bai-viet-999.xml").status_code == 404


@pytest.mark.parametrize("url", ["/sitemap-bai-viet-0.xml", "/sitemap-trang.xml"])
def test_they_keep_to_the_schema(client, collaborator, head, url):
    if not SCHEMAS.exists():
        pytest.skip("the schemas of the sitemap protocol are not beside the project")
    page = make_published(collaborator, head)
    url = url.replace("-0.", f"-{page_tags.shard_of(page.pk)}.")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    schema.assertValid(etree.fromstring(client.get(url).content))


def test_robots_name_both(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap-tin-moi.xml" in text
