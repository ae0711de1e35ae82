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

from articles.models import PublishedArticle
from newsroom.staticfiles import COMMENT, IMPORT
from tests.factories.articles import make_published
from tests.factories.events import make_event
from tests.newsroom import feed_rules, schema_org
from tests.newsroom.public_site import EVENT_LISTS, STATUSES, build

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
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
            assert list(schema_org.faults(one, SITE)) == [], name
            if lost := NEEDED[one["@type"]] - {key for key, value in one.items() if value}:
                lacking[name] = (one["@type"], lost)
            for key in {"datePublished", "dateModified", "startDate", "endDate"} & set(one):
                datetime.datetime.fromisoformat(one[key])
            for url in {"url", "mainEntityOfPage", "correctionsPolicy"} & set(one):
                assert one[url].startswith(SITE), name
    assert lacking == {}
    for name, kind in TELLS.items():
        assert kind in {one["@type"] for one in told(client, site[name])}, name


def test_the_way_to_a_page_is_told_as_it_is_drawn(client, site):
    for name in ("story", "event", "decision", "document", "unit", "unit, stories", "verified"):
        (way,) = (one for one in told(client, site[name]) if one["@type"] == "BreadcrumbList")
        drawn = re.search(r'<nav class="crumbs".*?</nav>', client.get(site[name]).text, re.DOTALL)[0]
        links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', drawn)
        steps = [(one["item"].removeprefix(SITE), one["name"]) for one in way["itemListElement"]]
        assert steps[: len(links)] == links, name
        assert [one["position"] for one in way["itemListElement"]] == [*range(1, len(steps) + 1)]


def test_a_newspaper_is_no_person_and_the_publisher_has_a_sign(client, collaborator, head):
    page = make_published(collaborator, head)
    byline = {"name": "Báo Giáo dục và Thời đại", "role": "source", "department_name": "Trường THPT"}
    PublishedArticle.objects.filter(pk=page.pk).update(bylines=[byline])
    story = told(client, page.get_absolute_url())[0]
    assert story["author"] == [{"@type": "Organization", "name": "Báo Giáo dục và Thời đại"}]
    sign = client.get(story["publisher"]["logo"]["url"].removeprefix(SITE))
    assert sign.headers["Content-Type"] == "image/png"
    list(sign.streaming_content)  # the file is closed then
    assert told(client, "/")[1]["logo"] == story["publisher"]["logo"]


def test_a_whole_day_begins_on_its_own_day(client, province):
    """Midnight here is still the day before in UTC, as the database holds it."""
    event = make_event(host=province, starts_at="12/12/2026 00:00", ends_at="13/12/2026 00:00", all_day=True)
    said, _way = told(client, event.get_absolute_url())
    assert (said["startDate"], said["endDate"]) == ("2026-12-12", "2026-12-13")
    timed = make_event(host=province, starts_at="12/12/2026 07:30")
    assert told(client, timed.get_absolute_url())[0]["startDate"] == "2026-12-12T07:30:00+07:00"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"@type": "ImageObject", "width": 1200}, "ImageObject has no width"),
        ({"@type": "Event", "organizer": {"@type": "Person"}}, "Event.organizer cannot be"),
        ({"@type": "NewsArticle", "datePublished": "hôm qua"}, "NewsArticle.datePublished cannot be"),
        ({"@type": "ListItem", "item": "/tin/"}, "ListItem.item cannot be"),
        ({"@type": "WebSite", "url": "http://khac.example/"}, "WebSite.url is elsewhere"),
    ],
)
def test_the_reader_of_structured_data_would_have_found_it(said, fault):
    assert fault in " ".join(schema_org.faults(said, SITE))


def test_no_feed_reader_finds_a_fault_in_any_feed(client, site):
    """Read under another name of this machine: a feed is kept, and carries the site's own address."""
    kinds = {
        "rss.xml": feed_rules.rss_faults,
        "atom.xml": feed_rules.atom_faults,
        "feed.json": feed_rules.json_faults,
    }
    places = ["/", site["section"], site["tag"], site["unit"], site["documents"]]
    found, read = {}, 0
    for place in places:
        for name, faults in kinds.items():
            answer = client.get(place + name, headers={"host": "localhost"})
            if answer.status_code == 404:
                continue  # not every place has all three
            read += 1
            if wrong := faults(answer.content, SITE + place + name):
                found[place + name] = wrong
    assert found == {}
    assert read >= 7
    papers = etree.fromstring(client.get("/van-ban/rss.xml").content).findall(".//enclosure")
    assert (
        [client.get(one.get("url").removeprefix(SITE)).headers["Content-Length"] for one in papers]
        == [one.get("length") for one in papers]
        != []
    )


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (f'href="{SITE}/rss.xml" rel="self"', 'href="http://localhost/rss.xml" rel="self"', "self is"),
        ("<title>Khen", "<title>Khen &lt;b&gt;", "markup in the title"),
        (f"<link>{SITE}/bai-viet/", "<link>/bai-viet/", "no whole address"),
        ("<pubDate>Fri, 10 Nov", "<pubDate>Mon, 10 Nov", "no date of RFC 822"),
        ('medium="image"', 'medium="hình"', "without its kind or size"),
        ("&lt;ul&gt;", "&lt;nav&gt;&lt;/nav&gt;&lt;ul&gt;", "readers drop <nav>"),
    ],
)
def test_the_reader_of_feeds_would_have_found_it(client, site, right, wrong, fault):
    content = client.get("/rss.xml").content.decode()
    assert right in content
    assert fault in " ".join(feed_rules.rss_faults(content.replace(right, wrong).encode(), f"{SITE}/rss.xml"))


def test_sitemaps_say_their_parts_in_the_order_of_their_schemas(client, site):
    def shape(element):
        name = etree.QName(element).localname
        return {name: [shape(child) for child in element]} if len(element) else name

    index = etree.fromstring(client.get("/sitemap.xml").content)
    assert {str(shape(one)) for one in index} == {"{'sitemap': ['loc']}"}
    allowed = {"{'url': ['loc']}", "{'url': ['loc', 'lastmod']}"}
    for shard in index.iterfind("s:sitemap/s:loc", NS):
        urls = etree.fromstring(client.get(shard.text.removeprefix(SITE)).content)
        assert {str(shape(one)) for one in urls} <= allowed
        for day in urls.iterfind("s:url/s:lastmod", NS):
            assert feed_rules.RFC3339.fullmatch(day.text)
    news = etree.fromstring(client.get("/sitemap-tin-moi.xml").content)
    told = ["loc", {"news": [{"publication": ["name", "language"]}, "publication_date", "title"]}]
    assert {str(shape(one)) for one in news} == {str({"url": told})}


def test_a_link_that_is_passed_on_brings_its_picture_with_words_and_size(client, site):
    def meta(name):
        return re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)"', page)

    for name, address in site.items():
        page = client.get(address).text
        if name == "without the network":
            continue  # nobody passes it on
        assert len(meta("og:title")) == len(meta("og:type")) == len(meta("twitter:card")) == 1, name
        for picture in (*meta("og:image"), *meta("twitter:image")):
            assert picture.startswith(SITE), name
            assert client.get(picture.removeprefix(SITE)).headers["Content-Type"] == "image/jpeg"
        if meta("og:image"):
            assert all(size.isdigit() for size in (*meta("og:image:width"), *meta("og:image:height"))), name
            assert meta("og:image:width") and meta("og:image:alt") and meta("twitter:image:alt"), name
        for moment in (*meta("article:published_time"), *meta("article:modified_time")):
            assert feed_rules.RFC3339.fullmatch(moment), name
    page = client.get(site["story"]).text
    assert meta("og:image") and meta("article:published_time")
    page = client.get(site["event"]).text
    assert (
        meta("og:image")
        != []
        == [
            name
            for name in ("event", "decision", "document", "unit", "section")
            if not _own_picture(client, site[name])
        ]
    )


def _own_picture(client, address):
    """Whether its head names a picture of its own rather than the site's."""
    return f'<meta property="og:image" content="{SITE}{address}chia-se-' in client.get(address).text


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
    untold |= {site[f"event, {part}"] for part in EVENT_LISTS}  # the event itself is told
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
