"""A machine hears of every change, whatever order they come in, and however long it was away."""

import datetime
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from foundation.pagestore import purging
from foundation.pagestore.background import repeated
from foundation.pagestore.following import LONGEST_TRANSACTION, Follower
from foundation.pagestore.models import Purge
from foundation.pagestore.packing import pack

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_site")]


def keep(store, name):
    """A page that shows one tag, drawn long ago."""
    page = pack(200, [], name.encode(), etag=name, until=time.time() + 60 * 60)
    assert store.put(f"vua.may/{name}/index.html.gz", page, [name], store.turn())


def kept(store):
    return {path.parent.name for path in store.live.rglob("*.gz")}


def noted(tag, pk=None):
    """What another machine wrote: a row, and nothing dropped here."""
    return Purge.objects.create(pk=pk, tags=[tag])


def test_a_change_elsewhere_drops_the_pages_here_once(kept_site):
    follower = Follower()
    assert follower.look() == 0
    keep(kept_site, "a"), keep(kept_site, "b")
    noted("a")
    assert follower.look() == 1
    assert kept(kept_site) == {"b"}
    assert follower.look() == 0


def test_a_change_committed_after_a_later_one_is_not_missed(kept_site):
    follower = Follower()
    first = noted("x")
    follower.look()
    keep(kept_site, "late"), keep(kept_site, "early")
    noted("early", pk=first.pk + 5)
    assert follower.look() == 1
    for number in (3, 1, 4, 2):
        noted("late", pk=first.pk + number)
        assert follower.look() == 1
        assert kept(kept_site) == set()
        keep(kept_site, "late")
    assert follower.gaps == []


def test_what_was_rolled_back_is_not_waited_for_for_ever(kept_site, monkeypatch):
    follower = Follower()
    first = noted("x")
    follower.look()
    noted("y", pk=first.pk + 3)
    follower.look()
    assert len(follower.gaps) == 1
    later = timezone.now() + LONGEST_TRANSACTION + datetime.timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    follower.look()
    assert follower.gaps == []


def test_a_worker_that_begins_finds_what_happened_meanwhile(kept_site):
    keep(kept_site, "a")
    noted("a")
    assert Follower().look() == 1
    assert kept(kept_site) == set()


def test_a_machine_away_for_more_than_a_day_serves_nothing_old(kept_site, monkeypatch):
    purging.follow()
    keep(kept_site, "a")
    later = timezone.now() + purging.REMEMBERED + datetime.timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    purging.follow()
    assert kept(kept_site) == set()


def test_a_restored_database_repeats_its_numbers(kept_site):
    old = noted("a")
    purging.follow()
    Purge.objects.all().delete()
    keep(kept_site, "a")
    noted("a", pk=old.pk)
    assert purging.follow() == 1
    assert kept(kept_site) == set()


def test_an_act_beside_the_worker_goes_on_after_a_failure(caplog, monkeypatch):
    monkeypatch.setattr("foundation.pagestore.background.PAUSE", 0.01)
    done, works = [], threading.Event()

    def act():
        done.append(1)
        if len(done) < 4:
            raise RuntimeError("the database is away")
        works.set()

    with repeated(act, 0.01, "An act"):
        assert works.wait(5)
    assert caplog.text.count("An act failed") == 1
    assert "An act: works again" in caplog.text
    connection.close()
