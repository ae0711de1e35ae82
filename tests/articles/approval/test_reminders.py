"""Late answers: each person is reminded once, the next rank gets a notice, no status changes."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import Role
from articles.approval.reminders import remind
from articles.enums import Status
from articles.models import Article
from inbox.models import Notice
from tests.factories.articles import make_draft, submit
from tests.factories.departments import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(collaborator):
    return submit(make_draft(collaborator), collaborator)


def late(story):
    weeks = timezone.now() - datetime.timedelta(days=28)
    Article.objects.filter(pk=story.pk).update(submitted_at=weeks)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_in_time_nobody_is_reminded(story, head):
    assert remind() == 0


def test_past_the_hour_the_holder_is_reminded_once_and_the_next_are_told(story, head, second_head, school):
    make_user("pho", Role.DEPUTY, school)
    late(story)
    assert remind() == 3
    assert told("reminded") == {"truongdonvi"}
    assert told("turn") == {"pho", "truongphong"}
    assert remind() == 0
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_new_submission_begins_a_new_time(story, head, collaborator):
    late(story)
    assert remind() == 1
    again = Article.objects.get(pk=story.pk)
    again.title = "Tên khác"
    again.save()
    submit(again, collaborator)
    assert remind() == 0
    late(story)
    assert remind() == 1


def test_the_reason_names_the_capacity(story, head):
    late(story)
    remind()
    words = Notice.objects.get(kind="reminded").words
    assert "đến lượt quyết định của Hiệu trưởng, Trường THPT Chu Văn An" in words
    assert "Hạn trả lời:" in words
