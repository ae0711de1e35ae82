"""What readers get: only the approved text, at the right address, with a fixed number of queries."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, PublishedArticle
from articles.writing import drafting
from tests.factories.articles import (
    approve,
    make_draft,
    make_published,
    make_section,
    send_back,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_navigation():
    cache.clear()


def test_the_story_page_shows_what_was_approved(client, collaborator, head):
    page = make_published(
        collaborator,
        head,
        title="Đổi mới, sáng tạo",
        source_mark="GD&TĐ",
        body="<p>Lời văn.</p>",
        tags=["Thi đua"],
    )
    html = client.get(page.get_absolute_url()).content.decode()
    for words in (
        "Đổi mới, sáng tạo",
        "GD&amp;TĐ",
        "<p>Lời văn.</p>",
        "Thi đua",
        "Nguyễn Thị Lan",
        page.department_name,
    ):
        assert words in html


def test_another_slug_leads_to_the_right_address(client, collaborator, head):
    page = make_published(collaborator, head, title="Đổi mới")
    for address in (f"/bai-viet/ten-cu-{page.pk}/", f"/bai-viet/{page.pk}/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, f"/bai-viet/doi-moi-{page.pk}/")


@pytest.mark.parametrize(
    "address", ["/bai-viet/khong-co-999999/", "/bai-viet/x/", "/bai-viet/999999999999999/"]
)
def test_no_story_is_a_helpful_404(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Trang này không còn ở đây" in answer.content.decode()


def test_a_withdrawn_story_answers_410_with_its_notice_and_none_of_its_words(client, collaborator, head):
    page = make_published(collaborator, head, body="<p>chữ độc nhất xyzzy</p>", tags=["thẻ độc nhất"])
    withdraw(page, head, note="Theo đề nghị của nhà trường.")
    answer = client.get(page.get_absolute_url())
    html = answer.content.decode()
    assert answer.status_code == 410
    assert "Theo đề nghị của nhà trường." in html
    assert "xyzzy" not in html
    assert client.get("/the/the-doc-nhat/").status_code == 404


def test_the_story_page_costs_the_same_with_few_and_many_around_it(
    client, collaborator, head, django_assert_num_queries
):
    section = make_section()
    page = make_published(collaborator, head, section=section)
    for count in (1, 29):
        for _ in range(count):
            make_published(collaborator, head, section=section)
        client.get("/")
        with django_assert_num_queries(3):
            client.get(page.get_absolute_url())


@pytest.fixture
def two_a_page(monkeypatch):
    monkeypatch.setattr("articles.public.listing.SIZE", 2)


@pytest.mark.parametrize("address", ["/chuyen-muc/day-va-hoc/", "/the/thi-dua/", "/tin/"])
def test_a_list_is_newest_first_and_continues_by_story(client, collaborator, head, address, two_a_page):
    section = make_section("Dạy và học", slug="day-va-hoc")
    words = {"section": section, "tags": ["Thi đua"]}
    pages = [make_published(collaborator, head, title=f"Bài {n}", **words) for n in "12345"]

    def read(more=""):
        answer = client.get(address + more)
        return [story.title for story in answer.context["stories"]], answer.context["page"]

    titles, first = read()
    assert titles == ["Bài 5", "Bài 4"]
    titles, second = read(first.older_url)
    assert titles == ["Bài 3", "Bài 2"]
    titles, back = read(second.newer_url)
    assert (titles, back.is_first) == (["Bài 5", "Bài 4"], True)
    titles, last = read(second.older_url)
    assert (titles, last.older_url) == (["Bài 1"], "")
    withdraw(pages[3], head)  # the one the second page begins after
    assert read(first.older_url)[0] == ["Bài 3", "Bài 2"]


def test_a_list_opens_at_each_school_year_it_reaches_back_to(client, collaborator, head):
    page = make_published(collaborator, head, title="Bài năm học ấy")
    assert "Theo năm học" not in client.get(page.section_url).text
    PublishedArticle.objects.filter(pk=page.pk).update(published_at="2023-05-10T08:00Z")
    cache.clear()
    years = client.get(page.section_url).context["school_years"]
    assert [years[0]["url"], years[-1]["label"]] == ["./", "2022–2023"]
    older = client.get(page.section_url + years[-1]["url"])
    assert "Bài năm học ấy" in older.text.replace("\xa0", " ")
    assert f'{years[-1]["url"]}" aria-current="true"' in older.text
    assert years[0]["current"]
    assert f'{years[0]["url"]}" aria-current="true"' not in older.text
    deep = client.get(page.section_url + "?truoc=2026-01-01-000000-000000-9")
    assert not any(year["current"] for year in deep.context["school_years"])
    nothing = client.get(page.section_url + "?thang=2022-08").text
    assert "Không có bài nào cũ hơn nữa" in nothing


def test_a_list_opens_at_a_month(client, collaborator, head):
    make_published(collaborator, head, title="Bài mới")
    old = make_published(collaborator, head, title="Bài cũ")
    moved = {"published_at": datetime.datetime(2024, 3, 31, 16, 59, tzinfo=datetime.UTC)}
    PublishedArticle.objects.filter(pk=old.pk).update(**moved)
    cache.clear()
    answer = client.get("/tin/?thang=2024-03")
    assert [story.title for story in answer.context["stories"]] == ["Bài cũ"]
    assert 'content="noindex, follow"' in answer.text
    assert '<option value="2024-03" selected>Tháng 3/2024</option>' in answer.text
    newer = client.get("/tin/" + answer.context["page"].newer_url)
    assert newer.context["stories"][0].title == "Bài mới"
    before = client.get("/tin/?thang=2024-02")
    assert "Không có bài nào cũ hơn nữa" in before.text
    assert client.get("/tin/?thang=2024-13").context["stories"][0].title == "Bài mới"


LISTS = ["/tin/", "/chuyen-muc/day-va-hoc/", "/the/thi-dua/", "/don-vi/truong-thpt-chu-van-an/tin/"]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_with_one_and_with_thirty(client, collaborator, head, address):
    section = make_section("Dạy và học", slug="day-va-hoc")
    for count in (1, 29):
        for n in range(count):
            make_published(collaborator, head, title=f"Bài {n}", section=section, tags=["Thi đua"])
        client.get("/tin/")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert len(asked) <= 3
        assert not any("COUNT(" in query["sql"] or "OFFSET" in query["sql"] for query in asked)
    with CaptureQueriesContext(connection) as deep:
        client.get(address + answer.context["page"].older_url)
    assert len(deep) == len(asked)


@pytest.mark.parametrize("asked", ["abc", "-1", "9" * 30, "", "1e3", "٣"])
def test_a_nonsense_place_in_a_list_is_the_first_page(client, collaborator, head, asked):
    section = make_section("Dạy và học", slug="day-va-hoc")
    make_published(collaborator, head, section=section)
    answer = client.get("/chuyen-muc/day-va-hoc/", {"truoc": asked})
    assert (answer.status_code, len(answer.context["stories"])) == (200, 1)


def searched(client, query):
    rows = client.get("/tim-kiem/", {"q": query}).context["results"]
    return ["".join(words for words, _hit in row["title"]).replace("\u00a0", " ") for row in rows]


@pytest.mark.parametrize("query", ["dak lak", "Đắk Lắk", "ĐẮK LẮK", "đăk lăk", "daklak", "ngay 20"])
def test_search_finds_with_and_without_marks(client, collaborator, head, query):
    make_published(collaborator, head, title="Đắk Lắk chào mừng ngày 20/11")
    make_published(collaborator, head, title="Tin của tỉnh khác")
    assert searched(client, query) == ["Đắk Lắk chào mừng ngày 20/11"]


def test_search_puts_the_accents_that_were_typed_first(client, collaborator, head):
    for title in ("Nhớ má", "Nhớ mà"):
        make_published(collaborator, head, title=title)
    assert searched(client, "má") == ["Nhớ má", "Nhớ mà"]


@pytest.mark.parametrize(
    "query", ["", "   ", "%", "' OR 1=1 --", "\x00", "<script>alert(1)</script>", "a" * 5000]
)
def test_search_takes_any_words(client, collaborator, head, query):
    make_published(collaborator, head)
    answer = client.get("/tim-kiem/", {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def public_answers(client):
    """Every public address that could speak of a story."""
    addresses = [
        "/",
        "/rss.xml",
        "/atom.xml",
        "/tim-kiem/?q=xyzzy",
        "/don-vi/",
        "/su-kien/",
        "/khen-thuong/",
        "/van-ban/",
    ]
    addresses += [f"/chuyen-muc/{slug}/" for slug in ("tin-mat",)]
    addresses += ["/chuyen-muc/tin-mat/rss.xml", "/the/xyzzy/", "/don-vi/truong-thpt-chu-van-an/"]
    addresses += [f"/bai-viet/tin-{article.pk}/" for article in Article.objects.all()]
    for address in addresses:
        yield address, client.get(address)


@pytest.mark.parametrize(
    "state",
    ["drafting", "in review", "returned", "approved for later", "edited after publishing", "withdrawn"],
)
def test_words_that_are_not_public_appear_nowhere(client, collaborator, head, state):

    section = make_section("Tin mật", slug="tin-mat")
    article = make_draft(
        collaborator, title="xyzzy", lead="xyzzy", body="<p>xyzzy</p>", section=section, tags=["xyzzy"]
    )
    if state != "drafting":
        article = submit(article, collaborator) if state != "edited after publishing" else article
    if state == "returned":
        send_back(article, head)
    if state == "approved for later":
        approve(article, head, due_at=timezone.now() + datetime.timedelta(hours=1))
    if state == "withdrawn":
        approve(article, head)
        withdraw(PublishedArticle.objects.get(pk=article.pk), head)
    if state == "edited after publishing":
        public = make_published(collaborator, head, title="Tên công khai", section=section)
        article = Article.objects.get(pk=public.pk)
        article.title, article.lead, article.body = "xyzzy", "xyzzy", "<p>xyzzy</p>"
        drafting.save(article, by=collaborator, draft_number=article.draft_number, tags=["xyzzy"])
    for address, answer in public_answers(client):
        html = answer.content.decode()
        for echo in (
            f":8000{address}",
            f'value="{address}"',
            'value="xyzzy"',
            "Tìm “xyzzy”",
            "Không thấy “xyzzy”",
            "/bai-viet/xyzzy",
        ):
            html = html.replace(echo, "")  # what the reader typed comes back to the reader alone
        if state == "withdrawn" and answer.status_code == 410:
            html = html.replace("“xyzzy”", "")  # the tombstone names what was withdrawn
        assert "xyzzy" not in html, address
