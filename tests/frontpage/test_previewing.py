"""The front page as it will stand at a moment to come, for those who arrange it."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Article, PublishedArticle
from frontpage.enums import Slot
from frontpage.models import Placement
from tests.factories.articles import approve, make_draft, make_published, resubmit, submit

PAGE = "/admin/frontpage/placement/xem-truoc/"
BARE = f"{PAGE}trang/"


def typed(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


@pytest.fixture
def tomorrow(collaborator, head):
    """Tomorrow an old story stands at the top for a day."""
    old = make_published(collaborator, head, title="Bài được chọn cho ngày mai")
    make_published(collaborator, head, title="Bài mới nhất hôm nay")
    begins = (timezone.now() + datetime.timedelta(days=1)).replace(second=0, microsecond=0)
    ends = begins + datetime.timedelta(days=1)
    Placement.objects.create(slot=Slot.TOP, article=old, position=1, starts_at=begins, ends_at=ends)
    return begins


def lead_at(client, moment):
    return client.get(BARE, {"luc": typed(moment)}).context["top"]["title"]


def test_the_page_of_tomorrow_and_of_the_day_after(client, managing_editor, tomorrow):
    client.force_login(managing_editor)
    minute, day = datetime.timedelta(minutes=2), datetime.timedelta(days=1)
    assert lead_at(client, timezone.now()) == "Bài mới nhất hôm nay"
    assert lead_at(client, tomorrow + minute) == "Bài được chọn cho ngày mai"
    assert lead_at(client, tomorrow + day + minute) == "Bài mới nhất hôm nay"
    assert client.get("/").context["top"]["title"] == "Bài mới nhất hôm nay"


def test_a_story_with_its_hour_stands_there_from_that_hour_and_until_its_end(
    client, managing_editor, collaborator, head
):
    make_published(collaborator, head, title="Bài hôm nay")
    due = (timezone.now() + datetime.timedelta(days=1)).replace(second=0, microsecond=0)
    until = due + datetime.timedelta(days=2)
    story = submit(make_draft(collaborator, title="Bài hẹn giờ sáng mai"), collaborator)
    approve(story, head, due_at=due, until=until)
    client.force_login(managing_editor)
    minute = datetime.timedelta(minutes=1)
    assert lead_at(client, due - minute) == "Bài hôm nay"
    assert lead_at(client, due) == "Bài hẹn giờ sáng mai"
    assert lead_at(client, until) == "Bài hôm nay"
    shown = client.get(PAGE).text
    assert f'href="?luc={typed(due)}"' in shown
    assert "Bài hẹn giờ sáng mai" not in client.get("/").text  # looking ahead publishes nothing
    assert not PublishedArticle.objects.filter(pk=story.pk).exists()


def test_a_page_about_to_end_and_a_change_about_to_come(client, managing_editor, collaborator, head):
    page = make_published(collaborator, head, title="Bài sẽ đổi tiêu đề")
    other = make_published(collaborator, head, title="Bài mới nhất")
    soon = (timezone.now() + datetime.timedelta(hours=3)).replace(second=0, microsecond=0)
    PublishedArticle.objects.filter(pk=other.pk).update(until=soon)
    approve(resubmit(page_story(page), collaborator, title="Tiêu đề mới"), head, due_at=soon)
    client.force_login(managing_editor)
    assert lead_at(client, soon) == "Tiêu đề mới"
    answer = client.get(BARE, {"luc": typed(soon)})
    assert "Bài mới nhất" not in answer.text
    assert "Bài sẽ đổi tiêu đề" not in answer.text


def page_story(page):
    return Article.objects.get(pk=page.pk)


def test_the_next_changes_are_offered(client, managing_editor, tomorrow):
    client.force_login(managing_editor)
    shown = client.get(PAGE).text
    assert f'href="?luc={typed(tomorrow)}"' in shown
    assert f"{timezone.localtime(tomorrow):%H:%M, %d/%m/%Y}" in shown
    assert 'href="/admin/frontpage/placement/xem-truoc/"' in client.get("/admin/frontpage/placement/").text


@pytest.mark.parametrize("asked", ["hôm qua", "2026-13-40T99:99", "9999-12-31T23:59", "0001-01-01T00:00", ""])
def test_a_moment_that_is_none_is_told_so(client, managing_editor, asked):
    client.force_login(managing_editor)
    answer = client.get(PAGE, {"luc": asked})
    assert answer.status_code == 200
    assert answer.context["form"].errors["luc"]
    assert client.get(BARE, {"luc": asked}).status_code == 200


def test_only_those_who_see_placements_look_ahead(client, collaborator, auditor):
    for person, status in ((collaborator, 403), (auditor, 200)):
        client.force_login(person)
        for address in (PAGE, BARE):
            assert client.get(address).status_code == status
    client.logout()
    assert client.get(PAGE).status_code == 302
