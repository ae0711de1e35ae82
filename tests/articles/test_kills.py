"""A server killed at any moment loses nothing it has acknowledged: a few rounds of tests.kills."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.architecture import ROOT


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the server of this test has a file of SQLite; once is enough"
)
def test_what_a_killed_server_acknowledged_is_there(tmp_path):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'kills.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_UPLOADS": str(tmp_path / "uploads"),
    }
    answer = subprocess.run(
        [sys.executable, "-m", "tests.kills", "2"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.count("2 / 2") == 4
