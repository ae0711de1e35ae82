"""Pages of the office cost a busy person the same with one story and with many."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.office.queue import MOST_UNDOABLE, still_to_take_back
from articles.writing.board import last_edited, numbers_of_year
from tests.factories.articles import make_draft, make_published, send_back, submit

OF_WRITER = (
    "admin:writing_board",
    "admin:articles_article_changelist",
    "admin:articles_publishedarticle_changelist",
    "admin:planning",
)
OF_HEAD = ("admin:review_desk", "admin:index", "admin:waits", "admin:figures")


def costs(client, person, pages):
    """Queries of each page when the person opens it again."""
    client.force_login(person)
    found = {}
    for page in pages:
        assert client.get(reverse(page)).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(page))
        found[page] = len(queries)
    return found


def test_no_page_asks_more_for_more_stories(client, collaborator, head):
    def work(number):
        make_published(collaborator, head, title=f"Bài đăng {number}")
        send_back(submit(make_draft(collaborator, title=f"Bài trả lại {number}"), collaborator), head)
        submit(make_draft(collaborator, title=f"Bài chờ {number}"), collaborator)
        make_draft(collaborator, title=f"Nháp {number}", planned_on=timezone.localdate())

    def cost():
        return costs(client, collaborator, OF_WRITER) | costs(client, head, OF_HEAD)

    work(0)
    few = cost()
    for number in (1, 2):
        work(number)
    assert cost() == few


def test_a_desk_after_a_batch_offers_the_last_decisions(collaborator, head, django_assert_num_queries):
    pages = [make_published(collaborator, head, title=f"Bài {n}") for n in range(3)]
    with django_assert_num_queries(1):
        found = still_to_take_back(head, most=2)
    assert [one.revision.article_id for one in found] == [pages[2].pk, pages[1].pk]
    assert MOST_UNDOABLE >= 10


def test_what_is_remembered_is_counted_anew_after_a_step(collaborator, head):
    make_published(collaborator, head)
    assert numbers_of_year(collaborator)["published"]["now"] == 1
    send_back(submit(make_draft(collaborator), collaborator), head)
    make_published(collaborator, head)
    now = {name: count["now"] for name, count in numbers_of_year(collaborator).items() if name != "label"}
    assert now == {"published": 2, "sent": 3, "returned": 1, "photos": 0}


def test_the_story_edited_last_is_the_one_to_go_on_with(collaborator, head):
    first, second = make_draft(collaborator, title="Một"), make_draft(collaborator, title="Hai")
    first.working_edits.update(edited_at=timezone.now() + datetime.timedelta(minutes=1))
    assert last_edited(collaborator) == first
    submit(first, collaborator)
    assert last_edited(collaborator) == second


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by its own figures")
def test_what_is_unfinished_has_an_index_of_its_own(collaborator):
    waiting = Article.objects.visible_to(collaborator).unfinished()
    assert "article_unfinished" in waiting.explain()
    newest = Article.objects.visible_to(collaborator)
    assert "TEMP B-TREE" not in newest.explain()
