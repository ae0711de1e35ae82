"""Who publishes is answered when the other machines have heard of it, and is held up by none that is gone."""

import datetime
import time

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from foundation.pagestore import hearing, purging
from foundation.pagestore.following import Follower
from foundation.pagestore.models import Node, Purge

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_site")]


@pytest.fixture(autouse=True)
def _nobody_given_up(monkeypatch):
    monkeypatch.setattr(hearing, "_given_up", {})


def other(newest=0, gaps=(), ago=0):
    """Another machine that follows, and how far it has heard."""
    heard_at = Now() - datetime.timedelta(seconds=ago)
    return Node.objects.create(name="other", newest=newest, gaps=list(gaps), heard_at=heard_at)


def publish(tag="a"):
    began = time.monotonic()
    with transaction.atomic():
        purging.purge(tag)
    return time.monotonic() - began


def test_one_machine_alone_waits_for_nobody():
    Follower().look()
    assert publish() < hearing.PATIENCE / 2


def test_who_publishes_is_answered_after_the_other_machine_has_heard(monkeypatch, caplog):
    """The real thing, with two machines and readers: tests.nodes. Here time passes by our hand."""
    node = other()
    steps = []

    def pass_time(_seconds):
        steps.append(Node.objects.get(pk=node.pk).newest)
        if len(steps) == 3:
            Node.objects.filter(pk=node.pk).update(newest=Purge.objects.latest("pk").pk)

    monkeypatch.setattr("foundation.pagestore.hearing.time.sleep", pass_time)
    publish()
    assert steps == [0, 0, 0]
    assert "did not hear" not in caplog.text


def test_a_machine_that_stands_still_holds_nobody_up_for_long(caplog):
    other()
    assert hearing.PATIENCE <= publish() < 3 * hearing.PATIENCE
    assert "did not hear" in caplog.text
    assert publish() < hearing.PATIENCE / 2  # and not again by the next change


def test_a_machine_long_silent_or_switched_off_is_not_waited_for(kept_site):
    other(ago=hearing.ALIVE.total_seconds() + 1)
    assert publish() < hearing.PATIENCE / 2
    Follower().look()
    assert Node.objects.filter(name=kept_site.name()).exists()
    hearing.fall_silent()
    assert list(Node.objects.values_list("name", flat=True)) == ["other"]
    Node.objects.update(heard_at=timezone.now() - purging.REMEMBERED * 2)
    purging.tidy()
    assert not Node.objects.exists()


@pytest.mark.parametrize(("number", "heard"), [(3, True), (4, False), (5, True), (6, False)])
def test_a_number_that_was_passed_by_is_not_heard(number, heard):
    assert other(newest=5, gaps=[[3, 5]]).has_heard([1, number]) is heard


def test_the_follower_says_how_far_it_has_heard(kept_site):
    follower = Follower()
    follower.look()
    first = Purge.objects.create(tags=["a"])
    Purge.objects.create(pk=first.pk + 3, tags=["b"])
    follower.look()
    node = Node.objects.get(name=kept_site.name())
    assert node.has_heard([first.pk, first.pk + 3])
    assert not node.has_heard([first.pk + 1])
