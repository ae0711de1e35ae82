"""Whatever has a page of its own is a link to it wherever its name stands on a public page."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from lxml import html

from articles.models import PublishedArticle
from awards.models import Commendation, Decision
from departments.models import Department, DepartmentName, SchoolYear
from events.models import Event
from tests.factories.awards import make_collective, make_commendation
from tests.factories.departments import rename
from tests.newsroom.public_site import STATUSES, build

pytestmark = pytest.mark.django_db
# Where a known name may stand without a link, and why.
EXCEPTED = {
    "head | //h1 | //h2 | //h3": "headings name what the page or the part of it is about",
    "//header | //footer": "whose site this is, in the words of its identity",
    "//script | //form | //caption": "for machines, choices of a form, what a table is read out as",
    "//*[contains(@class, 'prose') or contains(@class, 'sapo') or contains(@class, 'dek')]": "a story's text",
    "//figcaption | //*[@class='note']": "free text about a photo, about what became of a page",
    "//*[contains(@class, 'vh') or contains(@class, 'only-print')]": "said to who cannot see, printed",
    "//dd[preceding-sibling::dt[.='Căn cứ' or .='Thành tích']] | //td[@class='full']": "free text of a paper",
    "//*[contains(@class, 'result')]": "excerpts of what was found; its title is the link",
}


@pytest.fixture
def site(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    cache.clear()
    addresses = build()
    school = Department.objects.get(name="Trường THPT Chu Văn An")
    rename(school, "Trường THPT Chu Văn An, cơ sở mới", datetime.date(2026, 9, 1))
    event, decision = Event.objects.order_by("pk").first(), Decision.objects.get()
    event.co_hosts.add(school)
    event.participants.create(label="Trường THPT Chu Văn An", department=school)
    make_collective(decision, "Trường THPT Chu Văn An", department=school, unit_name="")
    make_commendation(decision, "Nông Văn Dền", department=school, unit_name="Trường THPT Chu Văn An")
    make_commendation(decision, "Người Không Ghi Đơn Vị", department=school)
    signed = {"role": "text", "name": "Ban biên tập Trường THPT Chu Văn An", "department_name": ""}
    signed |= {"person": None, "department": None}
    PublishedArticle.objects.filter(title="Chuyện năm ấy").update(bylines=[signed])
    Decision.objects.update(school_year=SchoolYear.objects.get())
    return addresses


def known_names() -> set[str]:
    names = DepartmentName.objects.values_list("name", "short_name")
    found = {one for pair in (*names, *Department.objects.values_list("name", "short_name")) for one in pair}
    found |= set(Event.objects.public().values_list("title", flat=True))
    found |= set(Decision.objects.public().values_list("number", flat=True))
    return (found | set(map(str, SchoolYear.objects.all()))) - {""}


def shut_names(page: str, names: set[str], own: str = "") -> Iterator[str]:
    """Yield the lines of a page in which a name stands outside of every link; its own name may."""
    tree = html.fromstring(page)
    for path in EXCEPTED:
        for element in tree.xpath(" | ".join(f"//{one.strip().lstrip('/')}" for one in path.split(" | "))):
            element.drop_tree()
    for link in list(tree.iter("a")):
        link.drop_tree()
    wanted = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    for line in tree.itertext():
        if wanted.search(line.replace(own, "") if own else line):
            yield " ".join(line.split())


def test_no_known_name_stands_without_a_link(client, site):
    names, found = known_names(), {}
    for what, address in site.items():
        answer = client.get(address, follow=True)
        assert answer.status_code == STATUSES.get(what, 200), what
        own = " ".join(html.fromstring(answer.text).find(".//h1").text_content().split())
        links = html.fromstring(answer.text).iter("a")
        nameless = [a.get("href") for a in links if not (a.text_content().strip() or a.get("aria-label"))]
        assert nameless == [], what
        if shut := set(shut_names(answer.text, names, own)):
            found[f"{what} {address}"] = shut
    assert found == {}


def test_the_walk_would_have_found_it():
    names = {"Trường THPT Chu Văn An"}
    page = "<body><h1>Trường THPT Chu Văn An</h1><p>Do Trường THPT Chu Văn An mời</p></body>"
    assert list(shut_names(page, names)) == ["Do Trường THPT Chu Văn An mời"]
    assert list(shut_names(page.replace("Do Trường", "<a>Trường").replace("mời", "</a>"), names)) == []


def test_pupils_and_hidden_people_are_no_links(client, site):
    decision = Decision.objects.get()
    pupil = {"recipient_title": "Lớp 8A", "is_pupil": True, "consent_asked": True}
    make_commendation(decision, "Nguyễn Thị Mỹ Lệ", **pupil)
    hidden = make_commendation(decision, "Lò Văn Ẩn", withheld_on=datetime.date(2020, 1, 1))
    adult = Commendation.objects.get(recipient_name="Nông Văn Dền")
    for address in (site["story"], site["event"], decision.get_absolute_url()):
        page = client.get(address).text
        assert "Nguyễn Thị Mỹ Lệ" in page and "Lò Văn Ẩn" not in page
        links = {(" ".join(a.text_content().split()), a.get("href")) for a in html.fromstring(page).iter("a")}
        assert not {"Nguyễn Thị Mỹ Lệ", hidden.public_name} & {words for words, _url in links}
        if address != decision.get_absolute_url():  # there the code beside the name leads to it
            assert ("Nông Văn Dền", adult.get_absolute_url()) in links
        of_that_day = "/don-vi/truong-thpt-chu-van-an-co-so-moi/?ngay=2000-01-01"
        assert ("Trường THPT Chu Văn An", of_that_day) in links
