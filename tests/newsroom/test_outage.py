"""A PostgreSQL that goes away and comes back: tests.outage on a server of its own, and who may try when."""

import subprocess
import sys
import time

import pytest
from django.db import connection

from newsroom.postgresql import base
from tests.architecture import ROOT
from tests.nginx import NGINX


@pytest.mark.postgres
def test_kept_pages_go_on_and_everything_comes_back_by_itself():
    if connection.vendor != "postgresql":
        pytest.skip("no PostgreSQL here (make test-pg runs this)")
    if NGINX is None:
        pytest.skip("no nginx on this machine (apt-get install nginx-light)")
    command = [sys.executable, "-m", "tests.outage", "5"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603 (our own words)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "wrong: nothing" in answer.stdout


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
