"""The test database: built once by a process of its own, copied by every process that tests.

What was built is kept under a name that says what it was built of (migrations, what they import, the table
of roles), so a run builds only after one of these changed. On SQLite it is a file in `.pytest_cache`, copied
into memory; on PostgreSQL a database beside the others of the server, copied by the server.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from accounts.role_table import write_roles
from newsroom.demo import database
from tests.architecture import ROOT, python_files
from tests.lifting import lifted

FOLDER = ROOT / ".pytest_cache" / "schema"
_MEMORY = (
    "file:memorydb_default?mode=memory&cache=shared"  # one for all connections of a process, as Django's
)
_ATTEMPTS = 40  # a quarter of a second each
# Filled by the template alone, not emptied after a test that commits.
_STANDING = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
)


@cache
def key() -> str:
    """Changes whenever a new template may differ from one that is there."""
    migrations = [path for path in python_files() if path.parent.name == "migrations"]
    folders = {folder for path in migrations for folder in _imported_folders(path)}
    sources = {*migrations, *(file for folder in folders for file in folder.glob("*.py"))}
    sources |= {
        ROOT / "uv.lock",
        ROOT / "accounts" / "roles.py",
        ROOT / "accounts" / "role_table.py",
        Path(__file__),
    }
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _imported_folders(path: Path) -> Iterator[Path]:
    """The folders of what a migration imports of ours."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            place = ROOT.joinpath(*name.split("."))
            if place.is_dir():
                yield place
            elif place.with_suffix(".py").is_file():
                yield place.parent


def sqlite_file() -> Path:
    """A file with the schema and the roles; copy it, never open it for writing."""
    path = FOLDER / f"{key()}.sqlite3"
    with _one_at_a_time():
        if not path.exists():
            for older in FOLDER.glob("*.sqlite3*"):
                older.unlink()
            unfinished = path.with_suffix(".sqlite3-unfinished")
            _build(f"sqlite:///{unfinished}")
            unfinished.rename(path)
    return path


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(url: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", "import django; django.setup(); import tests.template as t; t.build()"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603 (our own words)


def build() -> None:
    """Schema and roles in the database that DATABASE_URL names."""
    fill_if_empty()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")  # one file, without others beside it


def fill_if_empty() -> None:
    """Migrate and write the roles, unless it is a copy of the template already."""
    if not database.has_tables():
        call_command("migrate", verbosity=0)
        write_roles()


def open_copy(worker: str) -> None:
    """Point the connection at an empty database of this process, with schema and roles."""
    settings = connection.settings_dict
    connection.close()
    if connection.vendor == "sqlite":
        settings["NAME"] = _MEMORY
        restore()
    else:
        connection.close_pool()
        settings["NAME"] = _copy_on_server(f"test_{settings['NAME']}_{worker}_{os.getpid()}")


def copy_for_a_trial(url: str) -> str:
    """Make the database of a program that a test starts, as its address names it; answers the address."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        shutil.copy(sqlite_file(), parts.path)
    else:
        _copy_on_server(parts.path.removeprefix("/"))
    return url


def close_copy() -> None:
    """End every connection to the copy and remove it."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
        with _server() as server:
            _drop(server, connection.settings_dict["NAME"])


def _copy_on_server(name: str) -> str:
    template = f"test_template_{key()}"
    with _server() as server:
        _drop(server, name)
        server.execute("SELECT pg_advisory_lock(7283401)")
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        if not there:
            unfinished = f"{template}_unfinished"
            _drop(server, unfinished)
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            _build(_url(unfinished))
            words = "ALTER DATABASE {} RENAME TO {}"
            server.execute(sql.SQL(words).format(sql.Identifier(unfinished), sql.Identifier(template)))
        words = "CREATE DATABASE {} TEMPLATE {}"
        server.execute(sql.SQL(words).format(sql.Identifier(name), sql.Identifier(template)))
    return name


def _server() -> psycopg.Connection:
    return psycopg.connect(_url("postgres"), autocommit=True)


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _url(name: str) -> str:
    """Of another database on the server that DATABASE_URL names."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def restore() -> None:
    """Give the process's database the template's rows again, and no others: what a test committed is gone."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{sqlite_file()}?mode=ro", uri=True)) as template:
            template.backup(connection.connection, progress=_patience())
    else:
        with lifted(), transaction.atomic(), connection.cursor() as cursor:
            for name in _filled(cursor):
                cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608 (names of our own tables)


def _patience() -> Callable[[int, int, int], None]:
    """Raises instead of waiting for ever for a connection that a test left in a transaction."""
    attempts = count()

    def progress(_status: int, remaining: int, _pages: int) -> None:
        if remaining and next(attempts) > _ATTEMPTS:
            raise RuntimeError("another connection still holds the test database")

    return progress


def _filled(cursor: CursorWrapper) -> list[str]:
    names = sorted(set(connection.introspection.table_names()) - set(_STANDING))
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names]  # noqa: S608
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]
