"""What happens at one moment happens once: a few rounds of tests.races on databases really shared."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.architecture import ROOT

ROUNDS = "2"


def run(url: str) -> str:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    answer = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-m", "tests.races", ROUNDS],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_races_on_a_file_of_sqlite(tmp_path):
    told = run(f"sqlite:///{tmp_path / 'races.sqlite3'}")
    assert "sqlite two_heads: 2 / 2" in told
    assert "sqlite two_senders: 2 / 2" in told


@pytest.mark.postgres
@pytest.mark.django_db
def test_races_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("no PostgreSQL here (make test-pg runs this)")
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS races")
        server.execute("CREATE DATABASE races")
    assert "postgresql two_heads: 2 / 2" in run(urlsplit(url)._replace(path="/races").geturl())
