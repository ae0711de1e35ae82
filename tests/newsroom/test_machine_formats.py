"""What machines read of the whole site: structured data, feeds, sitemaps, and how much a page weighs."""

import datetime
import email.utils
import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.cache import cache
from lxml import etree

from newsroom.staticfiles import COMMENT, IMPORT
from tests.factories.articles import make_published
from tests.factories.events import make_event
from tests.newsroom.public_site import STATUSES, build

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# What each kind must say to be of use, by schema.org and the search engines' own guides.
NEEDED = {
    "NewsArticle": {"headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"},
    "BreadcrumbList": {"itemListElement"},
    "Event": {"name", "startDate", "location", "eventStatus", "eventAttendanceMode", "organizer"},
    "Organization": {"name", "url"},
    "WebSite": {"name", "url", "potentialAction"},
    "NewsMediaOrganization": {"name", "url", "correctionsPolicy", "publishingPrinciples"},
}
TELLS = {"home": "WebSite", "story": "NewsArticle", "event": "Event", "unit": "Organization"}
NS = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def site(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    cache.clear()
    return build()


def told(client, address):
    return [json.loads(text) for text in DATA.findall(client.get(address).text)]


def test_structured_data_says_what_is_needed_on_every_page(client, site):
    lacking = {}
    for name, address in site.items():
        for one in told(client, address):
            assert one["@context"] == "https://schema.org", name
            if lost := NEEDED[one["@type"]] - {key for key, value in one.items() if value}:
                lacking[name] = (one["@type"], lost)
            for key in {"datePublished", "dateModified", "startDate", "endDate"} & set(one):
                datetime.datetime.fromisoformat(one[key])
            for url in {"url", "mainEntityOfPage", "correctionsPolicy"} & set(one):
                assert one[url].startswith(SITE), name
    assert lacking == {}
    for name, kind in TELLS.items():
        assert kind in {one["@type"] for one in told(client, site[name])}, name


def test_a_whole_day_begins_on_its_own_day(client, province):
    """Midnight here is still the day before in UTC, as the database holds it."""
    event = make_event(host=province, starts_at="12/12/2026 00:00", ends_at="13/12/2026 00:00", all_day=True)
    (said,) = told(client, event.get_absolute_url())
    assert (said["startDate"], said["endDate"]) == ("2026-12-12", "2026-12-13")
    timed = make_event(host=province, starts_at="12/12/2026 07:30")
    assert told(client, timed.get_absolute_url())[0]["startDate"] == "2026-12-12T07:30:00+07:00"


def test_the_feeds_keep_their_rules(client, site):
    rss = etree.fromstring(client.get("/rss.xml").content).find("channel")
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert rss.findtext(name), name
    assert rss.find("a:link[@rel='self']", NS).get("href") == f"{SITE}/rss.xml"
    guids = [item.findtext("guid") for item in rss.iter("item")]
    assert len(guids) == len(set(guids)) == 3
    for item in rss.iter("item"):
        assert item.find("guid").get("isPermaLink") == "false"
        assert email.utils.parsedate_to_datetime(item.findtext("pubDate")).tzinfo
    atom = etree.fromstring(client.get("/atom.xml").content)
    for part in (atom, *atom.findall("a:entry", NS)):
        for name in ("id", "title", "updated", "author/a:name"):
            assert part.findtext(f"a:{name}", namespaces=NS), name
        datetime.datetime.fromisoformat(part.findtext("a:updated", namespaces=NS))
    feed = client.get("/feed.json").json()
    assert feed["feed_url"] == f"{SITE}/feed.json"
    assert [item["id"] for item in feed["items"]] == guids
    assert all(item["content_html"] and item["date_published"] for item in feed["items"])


def test_a_sign_in_a_summary_is_no_tag_for_who_reads_the_feed(client):
    make_published(lead="Điểm < 5 & trên 3 <b>không</b> đậm.")
    for address, path in (("/rss.xml", ".//item/description"), ("/atom.xml", ".//{*}entry/{*}summary")):
        html = etree.fromstring(client.get(address).content).find(path).text
        assert html == "Điểm &lt; 5 &amp; trên 3 &lt;b&gt;không&lt;/b&gt; đậm."
    assert client.get("/feed.json").json()["items"][0]["summary"].startswith("Điểm < 5 &")


def test_every_address_told_to_crawlers_answers_and_every_page_is_told(client, site):
    locations = set()
    for shard in etree.fromstring(client.get("/sitemap.xml").content).findall("s:sitemap/s:loc", NS):
        page = etree.fromstring(client.get(shard.text.removeprefix(SITE)).content)
        locations |= {loc.text.removeprefix(SITE) for loc in page.findall("s:url/s:loc", NS)}
    assert [path for path in sorted(locations) if client.get(path).status_code != 200] == []
    # Not told: states, searches, a single commendation (a name is no matter for a search engine), tags.
    untold = {address for name, address in site.items() if "?" in address or name in STATUSES}
    untold |= {site["verified"], site["verify, revoked"], site["tag"], site["unit, stories"]}
    untold |= {site["search"], site["without the network"]}
    assert set(site.values()) - locations - untold == set()


def test_a_page_without_photos_weighs_less_than_sixty_kilobytes(client, site):
    """Everything a first visit fetches besides photos: page, sheet, letters, drawing, script."""
    static = Path(project.BASE_DIR) / "static"

    def packed(words):
        return len(gzip.compress(words, 9))

    def sheet(path):
        text = path.read_text()
        for found in IMPORT.findall(text):
            text += sheet(path.parent / found[0])
        return COMMENT.sub("", text)

    css = packed(sheet(static / "css/site.css").encode())
    font = (static / "fonts/literata-vi-600.woff2").stat().st_size
    scripts = ("js/share.js", "js/offline/register.js", "js/offline/worker.js")
    script = sum(packed((static / name).read_bytes()) for name in scripts)
    drawing = packed((static / "img/icon.svg").read_bytes())
    assert css <= 14 * 1024
    assert font <= 20 * 1024
    assert script <= 5 * 1024
    for name, address in site.items():
        html = packed(client.get(address).content)
        assert html <= 15 * 1024, name
        assert html + css + font + script + drawing <= 60 * 1024, name


def test_a_page_asks_for_nothing_but_its_own_sheet_letters_and_scripts(client, site):
    """Two round trips before the first paint at most, and none to another site; scripts wait for the page."""
    for name, address in site.items():
        html = client.get(address).text
        first = re.findall(r'<link rel="(?:stylesheet|preload)"[^>]* href="([^"]+)"', html)
        scripts = re.findall(r'<script src="([^"]+)"( defer)?>', html)
        assert len(first) <= 2, name
        assert len(scripts) <= 2 and all(defer for _url, defer in scripts), name
        fetched = [*first, *(url for url, _defer in scripts)]
        assert [url for url in fetched if not url.startswith("/static/")] == [], name
