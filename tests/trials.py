"""Runs the trials of this folder (tests.races, .kills, .nodes, .outage) as programs of their own."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests import template
from tests.architecture import ROOT

LONGEST = 300  # seconds


def run_trial(name: str, *words: str, **environment: str) -> str:
    """What `python -m tests.NAME WORDS` printed; the test fails with all of it when the trial did."""
    settled = {"DJANGO_SETTINGS_MODULE": "tests.settings"} | environment
    answer = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-m", f"tests.{name}", *words],
        env=os.environ | settled,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def sqlite_in(folder: Path) -> str:
    """The address of an SQLite file with the schema and the roles."""
    return template.copy_for_a_trial(f"sqlite:///{folder / 'trial.sqlite3'}")


def postgresql_named(name: str) -> str:
    """The address of a database with schema and roles on the suite's own server, without which the test
    is skipped."""
    if connection.vendor != "postgresql":
        pytest.skip("no PostgreSQL here (make test-pg runs this)")
    return template.copy_for_a_trial(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl())


def once_for_all(folder: Path, work: Callable[[], Any]) -> Any:
    """What `work` answers (anything JSON knows); of all test processes that share `folder` the first one
    works, the others wait for it."""
    answer = folder / "answer.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            answer.write_text(json.dumps(work()))
        return json.loads(answer.read_text())


def empty_postgresql(name: str) -> str:
    """The address of a new database without a table on the suite's own server."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    return urlsplit(url)._replace(path=f"/{name}").geturl()
