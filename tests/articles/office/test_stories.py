"""The list of stories says what is public, on an axis of its own, and is filtered by both."""

import datetime
import re

import pytest
from django.utils import timezone

from articles.enums import Status
from articles.models import Article, PublishedArticle
from articles.writing import drafting
from tests.factories.articles import (
    approve,
    make_draft,
    make_published,
    make_section,
    resubmit,
    send_back,
    submit,
    take_back,
    take_down,
    withdraw,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def rows(client, **asked):
    """Title → the words of the row's other cells."""
    html = client.get(LIST, asked).text
    found = re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[-1], re.DOTALL) if "<tbody>" in html else []
    cells = [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</t[dh]>", row)]
        for row in found
    ]
    return {next(c for c in row if c): " | ".join(filter(None, row)) for row in cells}


@pytest.fixture
def stories(collaborator, head, managing_editor):
    """One story in each state; returns when the scheduled one is due."""
    due = (timezone.now() + datetime.timedelta(days=2)).replace(second=0, microsecond=0)
    make_draft(collaborator, title="Nháp")
    submit(make_draft(collaborator, title="Chờ"), collaborator)
    send_back(submit(make_draft(collaborator, title="Trả"), collaborator), head)
    approve(submit(make_draft(collaborator, title="Hẹn"), collaborator), head, due_at=due)
    make_published(collaborator, head, title="Đăng")
    pages = {
        name: make_published(collaborator, head, title=name)
        for name in ("Sửa", "Sửa hẹn", "Đang sửa", "Gỡ", "Khẩn")
    }
    changed = Article.objects.get(pk=pages["Đang sửa"].pk)
    drafting.save(changed, by=collaborator, draft_number=changed.draft_number)
    resubmit(Article.objects.get(pk=pages["Sửa"].pk), collaborator, lead="Lời dẫn khác.")
    approve(
        resubmit(Article.objects.get(pk=pages["Sửa hẹn"].pk), collaborator, lead="Lời dẫn mới."),
        head,
        due_at=due,
    )
    withdraw(pages["Gỡ"], head)
    take_down(pages["Khẩn"], head)
    back = make_published(collaborator, head, title="Rút")
    take_back(Article.objects.get(pk=back.pk), head)
    return due


def test_two_columns_say_how_far_a_story_is_and_what_readers_see(client, collaborator, stories):
    client.force_login(collaborator)
    found = rows(client)
    due = f"{timezone.localtime(stories):%H:%M %d/%m/%Y}"
    expected = {
        "Nháp": ("Nháp", "Chưa đăng"),
        "Chờ": ("Chờ duyệt", "Chưa đăng"),
        "Trả": ("Trả lại", "Chưa đăng"),
        "Hẹn": ("Đã duyệt", f"Hẹn {due}"),
        "Đăng": ("Đã duyệt", "Đang đăng"),
        "Sửa": ("Chờ duyệt", "Có bản sửa chưa đăng"),
        "Đang sửa": ("Đã duyệt", "Có bản sửa chưa đăng"),
        "Sửa hẹn": ("Đã duyệt", f"Bản sửa hẹn {due}"),
        "Gỡ": ("Đã duyệt", "Đã gỡ"),
        "Khẩn": ("Đã duyệt", "Gỡ khẩn, chờ xác nhận"),
        "Rút": ("Chờ duyệt", "Chưa đăng"),
    }
    assert found.keys() == expected.keys()
    for title, words in expected.items():
        assert all(word in found[title] for word in words), found[title]
        assert "Nguyễn Thị Lan" in found[title]


def test_both_axes_filter_alone_and_together(client, collaborator, stories):
    client.force_login(collaborator)
    asked = {
        "live": {"Đăng", "Sửa", "Sửa hẹn", "Đang sửa"},
        "changed": {"Sửa", "Đang sửa"},
        "scheduled": {"Hẹn", "Sửa hẹn"},
        "withdrawn": {"Gỡ", "Khẩn"},
        "ended": set(),
        "none": {"Nháp", "Chờ", "Trả", "Hẹn", "Rút"},
    }
    for value, titles in asked.items():
        assert set(rows(client, trang=value)) == titles, value
    assert set(rows(client, duyet=Status.IN_REVIEW)) == {"Chờ", "Sửa", "Rút"}
    assert set(rows(client, duyet=Status.IN_REVIEW, trang="live")) == {"Sửa"}
    assert set(rows(client, q="nhap")) == {"Nháp"}
    section = make_section("Mục khác")
    make_draft(collaborator, title="Ở mục khác", section=section)
    assert set(rows(client, muc=section.pk)) == {"Ở mục khác"}
    for odd in (
        {"duyet": "x"},
        {"muc": "x"},
        {"muc": "9" * 30},
        {"loai": "x"},
        {"q": "\x00"},
        {"truoc": "x"},
    ):
        assert len(rows(client, **odd)) == 12, odd


def test_a_list_goes_on_by_key_and_costs_the_same_however_long(
    client, collaborator, django_assert_max_num_queries
):
    client.force_login(collaborator)
    make_draft(collaborator, title="Đầu tiên")
    client.get(LIST)
    counts = []
    for count in (0, 40):
        for number in range(count):
            make_draft(collaborator, title=f"Bài {number}")
        with django_assert_max_num_queries(40) as seen:
            page = client.get(LIST)
        counts.append(len(seen))
        assert not [
            query for query in seen if "COUNT(" in query["sql"] and "articles_article" in query["sql"]
        ]
    assert counts[0] == counts[1]
    first = list(rows(client))
    assert len(first) == 30
    older = re.search(r'href="(\?truoc=[^"]+)"', page.text)[1]
    second = client.get(LIST + older.replace("&amp;", "&"))
    assert "Đầu tiên" in second.text
    assert not set(first) & {line.article.title for line in second.context["lines"]}


def test_chosen_drafts_go_to_the_bin_and_nothing_else_does(
    client, collaborator, head, other_collaborator, auditor
):
    draft = make_draft(collaborator, title="Bỏ được")
    sent = submit(make_draft(collaborator, title="Đang chờ"), collaborator)
    live = make_published(collaborator, head, title="Đang đăng")
    foreign = make_draft(other_collaborator, title="Của trường khác")
    client.force_login(collaborator)
    assert client.get(LIST).text.count('name="chon"') == 1
    chosen = [draft.pk, sent.pk, live.pk, foreign.pk, "x", "9" * 40]
    answer = client.post(LIST, {"chon": chosen}, follow=True)
    assert "Đã bỏ 1 bài vào thùng rác." in answer.text
    assert "“Đang chờ”: Bài đang chờ duyệt." in answer.text
    assert set(Article.objects.filter(binned_at=None).values_list("pk", flat=True)) == {
        sent.pk,
        live.pk,
        foreign.pk,
    }
    assert "Chưa chọn bài nào" in client.post(LIST, follow=True).text
    client.force_login(auditor)
    assert 'name="chon"' not in client.get(LIST).text
    client.post(LIST, {"chon": [foreign.pk]})
    assert PublishedArticle.objects.live().count() == 1
    assert not Article.objects.filter(pk=foreign.pk).exclude(binned_at=None).exists()
