"""A server killed at any moment loses nothing it has acknowledged: a few rounds of tests.kills."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.architecture import ROOT


def run(url: str, rounds: int, uploads: Path) -> str:
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_UPLOADS": str(uploads),
    }
    answer = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-m", "tests.kills", str(rounds)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on a file of SQLite; once is enough")
def test_what_a_killed_server_acknowledged_is_there(tmp_path):
    told = run(f"sqlite:///{tmp_path / 'kills.sqlite3'}", 2, tmp_path / "uploads")
    assert told.count("2 / 2") == 4


@pytest.mark.postgres
@pytest.mark.django_db
def test_what_a_killed_server_acknowledged_is_there_on_postgresql(tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("no PostgreSQL here (make test-pg runs this)")
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS kills")
        server.execute("CREATE DATABASE kills")
    told = run(urlsplit(url)._replace(path="/kills").geturl(), 1, tmp_path / "uploads")
    assert told.count("1 / 1") == 4
