"""What readers get: the approved words, at the right address, at a known cost; nothing else."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles import drafting
from articles.models import Article, PublishedArticle
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
    for count in (1, 6):
        for _ in range(count):
            make_published(collaborator, head, section=section)
        client.get("/")
        with django_assert_num_queries(3):
            client.get(page.get_absolute_url())


def test_a_section_lists_newest_first_and_continues_by_story(client, collaborator, head, monkeypatch):
    monkeypatch.setattr("articles.listing.page.__defaults__", (2,))
    section = make_section("Dạy và học", slug="day-va-hoc")
    pages = [make_published(collaborator, head, section=section, title=f"Bài {n}") for n in "12345"]
    first = client.get("/chuyen-muc/day-va-hoc/")
    assert [story.title for story in first.context["stories"]] == ["Bài 5", "Bài 4"]
    second = client.get("/chuyen-muc/day-va-hoc/" + first.context["older_url"])
    assert [story.title for story in second.context["stories"]] == ["Bài 3", "Bài 2"]
    back = client.get("/chuyen-muc/day-va-hoc/" + second.context["newer_url"])
    assert [story.title for story in back.context["stories"]] == ["Bài 5", "Bài 4"]
    last = client.get("/chuyen-muc/day-va-hoc/" + second.context["older_url"])
    assert [story.title for story in last.context["stories"]] == ["Bài 1"]
    assert last.context["older_url"] == ""
    withdraw(pages[2], head)
    again = client.get(f"/chuyen-muc/day-va-hoc/?truoc={pages[2].pk}")
    assert [story.title for story in again.context["stories"]] == ["Bài 2", "Bài 1"]


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
            "/bai-viet/xyzzy",
        ):
            html = html.replace(echo, "")  # what the reader typed comes back to the reader alone
        if state == "withdrawn" and answer.status_code == 410:
            html = html.replace("“xyzzy”", "")  # the tombstone names what was withdrawn
        assert "xyzzy" not in html, address
