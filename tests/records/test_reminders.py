"""Late answers about a record: each person is reminded once, nothing moves by itself."""

import datetime

import pytest
from django.db import models
from django.utils import timezone

from accounts.roles import Role
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from awards.workflow import remind as remind_decisions
from departments import delegating
from events.workflow import remind as remind_events
from inbox.models import Notice
from newsroom.turns import DUTIES
from tests.factories.departments import delegate, make_user
from tests.lifting import lifted
from tests.records.steps import move

pytestmark = pytest.mark.django_db


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def remind():
    return remind_events() + remind_decisions()


def test_nothing_is_reminded_in_time_and_everything_once_when_late(draft, clerk, head, settings):
    school = head.person.positions.get().department
    make_user("pho", Role.DEPUTY, school)
    move(draft, "submit", clerk)
    assert remind() == 0
    settings.REPLY_HOURS = settings.GRACE_HOURS = 0
    assert remind() == 2
    assert (told("reminded"), told("turn")) == ({"truongdonvi"}, {"pho"})
    assert remind() == 0
    draft.refresh_from_db()
    assert draft.status == RecordStatus.IN_REVIEW


def test_who_joins_a_turn_that_is_late_is_reminded_too(waiting, head, collaborator, settings):
    settings.REPLY_HOURS = settings.GRACE_HOURS = 0
    assert remind() == 1
    today = timezone.localdate()
    delegate(delegating.own_headships(head).get(), collaborator.person, today, today)
    assert (remind(), remind()) == (1, 0)
    assert told("reminded") == {"truongdonvi", "ctv"}


def test_the_worker_reminds():
    assert {remind_events, remind_decisions} <= {duty.run for duty in DUTIES}


def test_sent_again_it_is_reminded_of_again(waiting, clerk, head, settings):
    settings.REPLY_HOURS = settings.GRACE_HOURS = 0
    with lifted():  # as if it had been sent an hour ago: submissions are told apart by the second
        an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
        models.QuerySet(StatusChange).filter(step="submit").update(taken_at=an_hour_ago)
    assert (remind(), remind()) == (1, 0)
    move(move(waiting, "recall", clerk), "submit", clerk)
    assert (remind(), remind()) == (1, 0)
