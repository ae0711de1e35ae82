"""A killed server loses nothing it has acknowledged: a few rounds of tests.kills."""

import pytest
from django.db import connection

from tests.trials import postgresql_named, run_trial, sqlite_in


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on a file of SQLite; once is enough")
def test_what_a_killed_server_acknowledged_is_there(tmp_path):
    uploads = str(tmp_path / "uploads")
    told = run_trial("kills", "2", DATABASE_URL=sqlite_in(tmp_path), TEST_UPLOADS=uploads)
    assert told.count("2 / 2") == 5


@pytest.mark.postgres
@pytest.mark.django_db
def test_what_a_killed_server_acknowledged_is_there_on_postgresql(tmp_path):
    uploads = str(tmp_path / "uploads")
    told = run_trial("kills", "1", DATABASE_URL=postgresql_named("kills"), TEST_UPLOADS=uploads)
    assert told.count("1 / 1") == 5
