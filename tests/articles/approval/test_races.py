"""Simultaneous requests act only once: a few rounds of tests.races on really shared databases."""

import pytest

from tests.trials import postgresql_named, run_trial, sqlite_in

ROUNDS = "2"


def test_races_on_a_file_of_sqlite(tmp_path):
    told = run_trial("races", ROUNDS, DATABASE_URL=sqlite_in(tmp_path))
    assert "sqlite two_heads: 2 / 2" in told
    assert "sqlite two_senders: 2 / 2" in told


@pytest.mark.postgres
@pytest.mark.django_db
def test_races_on_postgresql():
    told = run_trial("races", ROUNDS, DATABASE_URL=postgresql_named("races"))
    assert "postgresql two_heads: 2 / 2" in told
