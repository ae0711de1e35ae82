"""Every kind of public page in every state: sound HTML, light, told to machines and guarded alike."""

import datetime

import pytest
from django.core.cache import cache
from lxml import html

from departments.enums import DepartmentKind
from tests.factories.departments import make_department
from tests.newsroom.html_rules import Document
from tests.newsroom.public_site import STATUSES, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path, db):
    """Addresses of every kind of page, by what they show."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    cache.clear()
    return build()


def test_every_page_is_sound_html(client, site):
    found = {}
    for name, address in site.items():
        answer = client.get(address)
        assert answer.status_code == STATUSES.get(name, 200), name
        if wrong := Document(answer.content.decode()).wrong:
            found[name] = wrong
    assert found == {}


def test_links_of_one_name_lead_to_one_page(client, site):
    """Who has the links of a page read out hears nothing but their names."""
    last_day = datetime.date(2025, 6, 30)
    name = "Sở Giáo dục và Đào tạo Đắk Lắk"
    make_department(name, DepartmentKind.PROVINCE_OFFICE, valid_until=last_day, slug="so-cu")
    several = {}
    for name, address in site.items():
        led = {}
        for link in html.fromstring(client.get(address).content).iter("a"):
            words = link.get("aria-label") or " ".join(link.text_content().split())
            # The same mailbox, with another subject; a summary, beside the number of its document.
            if not link.get("href").startswith(("mailto:", "/van-ban/")):
                led.setdefault(words, set()).add(link.get("href"))
        if found := {words: to for words, to in led.items() if len(to) > 1 or not words}:
            several[name] = found
    assert several == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("<dl><div><svg></svg><dt>a</dt></div></dl>", "not a child of div"),
        ('<time datetime="2017-11-10T07:307:30 sáng">a</time>', "sáng"),
        ("<p><b>a</p></b>", "closed inside"),
        ('<label for="x">a</label>', "refers to no id: x"),
        ('<p id="y">a</p><p id="y">b</p>', "id twice: y"),
        ("<h3>a</h3>", "a heading level left out"),
        ('<img src="/a.jpg" alt="">', "without alt, width"),
        ('<a href="/"><button>a</button></a>', "inside a"),
        ("<search>a</search>", "not known everywhere"),
        ("<p>a<div>b</div></p>", "a block inside p"),
    ],
)
def test_the_checker_would_have_found_it(words, said):
    assert said in " ".join(Document(f"<h1>Tên trang</h1>{words}").wrong)
