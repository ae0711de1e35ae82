"""Several machines on one database: a few rounds of tests.nodes, also with the shared cache away."""

import shutil
import socket

import pytest

from tests.trials import postgresql_named, run_trial, sqlite_in

VARNISH = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")

ROUNDS = "3"


def test_two_machines_show_a_publication_at_once_without_the_shared_cache(tmp_path):
    with socket.socket() as nobody:  # bound and not listening: a Redis that is down
        nobody.bind(("127.0.0.1", 0))
        away = f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"
        told = run_trial("nodes", ROUNDS, DATABASE_URL=sqlite_in(tmp_path), CACHE_URL=away)
    assert "sqlite second machine: withdrawn story 410" in told


def test_a_varnish_in_front_of_two_machines_shows_nothing_old(tmp_path):
    if VARNISH is None:
        pytest.skip("no Varnish on this machine (apt-get install varnish)")
    told = run_trial("nodes", ROUNDS, "--varnish", DATABASE_URL=sqlite_in(tmp_path))
    assert "sqlite varnish: withdrawn story 410" in told


@pytest.mark.postgres
@pytest.mark.django_db
def test_two_machines_on_postgresql():
    told = run_trial("nodes", ROUNDS, DATABASE_URL=postgresql_named("nodes"))
    assert "postgresql second machine: withdrawn story 410" in told
