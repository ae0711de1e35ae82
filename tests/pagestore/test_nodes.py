"""Several machines on one database: a few rounds of tests.nodes, also with the shared cache away."""

import os
import shutil
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.architecture import ROOT

VARNISH = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")

ROUNDS = "3"


def run(url, *words, **more):
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"} | more
    answer = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-m", "tests.nodes", ROUNDS, *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_two_machines_show_a_publication_at_once_without_the_shared_cache(tmp_path):
    with socket.socket() as nobody:  # bound and not listening: a Redis that is down
        nobody.bind(("127.0.0.1", 0))
        told = run(
            f"sqlite:///{tmp_path / 'nodes.sqlite3'}",
            CACHE_URL=f"redis://127.0.0.1:{nobody.getsockname()[1]}/0",
        )
    assert "sqlite second machine: withdrawn story 410" in told


def test_a_varnish_in_front_of_two_machines_shows_nothing_old(tmp_path):
    if VARNISH is None:
        pytest.skip("no Varnish on this machine (apt-get install varnish)")
    told = run(f"sqlite:///{tmp_path / 'nodes.sqlite3'}", "--varnish")
    assert "sqlite varnish: withdrawn story 410" in told


@pytest.mark.postgres
@pytest.mark.django_db
def test_two_machines_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("no PostgreSQL here (make test-pg runs this)")
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS nodes")
        server.execute("CREATE DATABASE nodes")
    assert "postgresql second machine: withdrawn story 410" in run(
        urlsplit(url)._replace(path="/nodes").geturl()
    )
