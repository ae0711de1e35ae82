"""A PostgreSQL that goes away and comes back: tests.outage on a server of its own, and who may try when."""

import time

import pytest
from django.db import connection

from newsroom.postgresql import base
from tests.nginx import NGINX
from tests.trials import run_trial


@pytest.mark.postgres
def test_kept_pages_go_on_and_everything_comes_back_by_itself():
    if connection.vendor != "postgresql":
        pytest.skip("no PostgreSQL here (make test-pg runs this)")
    if NGINX is None:
        pytest.skip("no nginx on this machine (apt-get install nginx-light)")
    assert "wrong: nothing" in run_trial("outage", "5")


def test_one_thread_tries_while_the_others_are_refused_at_once(monkeypatch):
    monkeypatch.setattr(base, "PAUSE", 0.05)
    outage = base.Outage()
    assert [outage.may_try() for _ in range(3)] == [True] * 3
    outage.goes_on()
    assert not outage.may_try()
    time.sleep(0.06)
    assert [outage.may_try() for _ in range(3)] == [True, False, False]
    outage.over()
    assert outage.may_try()
