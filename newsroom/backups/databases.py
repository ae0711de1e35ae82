"""Copy the database into a file as it is at one moment, read such a file back, try one beside it."""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from newsroom.backups.refusal import BackupRefused

DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
Rows = dict[str, int]  # number of rows by table
_OF_THE_LINE = ("host", "port", "sslmode", "sslrootcert")
_EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"  # needed by the indexes
_VERSION = re.compile(rb"(\d+)(?:\.\d+)*")


def dump_database(target: Path) -> Rows:
    """Copy the whole database into `target` and return how many rows each table has there.

    Raises BackupRefused.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        try:
            with contextlib.closing(sqlite3.connect(target)) as copy:
                connection.connection.backup(copy)
                return _count_in_sqlite(copy)
        except sqlite3.OperationalError as failure:  # SQLite says no more than this of a full disk
            raise BackupRefused(
                f"Không chép được cơ sở dữ liệu vào {target.parent.parent}: {failure}. Đĩa có thể đã đầy."
            ) from failure
    with _connected() as own, own.transaction():
        own.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = own.execute("SELECT pg_export_snapshot()").fetchone()
        # Without other extensions: they may belong to the host, and we could not drop and restore them.
        plain = ("--format=custom", "--no-owner", "--extension=plpgsql")
        _run("pg_dump", *plain, f"--snapshot={snapshot}", f"--file={target}")
        return _count_in_postgresql(own)


def load_database(dump: Path) -> None:
    """Replace the database by the one in `dump`. Raises BackupRefused; then it is as it was."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(dump)) as copy:
            copy.backup(connection.connection)
    else:
        with connection.cursor() as cursor:
            cursor.execute(_EXTENSION)
        _run(*_pg_restore(connection.settings_dict["NAME"]), "--clean", "--if-exists", str(dump))
    connection.close()


def measure_database() -> int:
    """Return the bytes that a dump takes at most, roughly."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        return sum(
            path.stat().st_size for path in (name, name.with_name(f"{name.name}-wal")) if path.exists()
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def try_dump(dump: Path) -> Rows:
    """Load a dump beside the real database, check it and return the rows of each table.

    Raises BackupRefused with what is wrong, or why it cannot be tried on this machine.
    """
    if dump.name == DUMPS["sqlite"]:
        return _try_sqlite(dump)
    if connection.vendor != "postgresql":
        raise BackupRefused("Bản sao lưu này của PostgreSQL: hãy thử ở máy dùng PostgreSQL.")
    name = f"toasoan_thu_{os.getpid()}"
    with _connected(autocommit=True) as own:
        _make_database(own, name)
        try:
            with _connected(dbname=name, autocommit=True) as beside:
                beside.execute(_EXTENSION)
            _run(*_pg_restore(name), str(dump))
            with _connected(dbname=name) as beside:
                return _count_in_postgresql(beside)
        finally:
            own.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _try_sqlite(dump: Path) -> Rows:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{dump}?mode=ro", uri=True)) as copy:
            (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok":
                raise BackupRefused(f"Cơ sở dữ liệu trong bản sao lưu bị hỏng: {said}.")
            return _count_in_sqlite(copy)
    except sqlite3.DatabaseError as broken:
        raise BackupRefused(f"Cơ sở dữ liệu trong bản sao lưu bị hỏng: {broken}.") from broken


def _count_in_sqlite(copy: sqlite3.Connection) -> Rows:
    # Tables of the search index are virtual; their content stands in shadow tables, which are counted.
    named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    rows = {}
    for (name,) in copy.execute(named).fetchall():
        (rows[name],) = copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()  # noqa: S608 (from the schema)
    return rows


def _count_in_postgresql(line: psycopg.Connection) -> Rows:
    tables = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    count = sql.SQL("SELECT COUNT(*) FROM {}")
    return {name: line.execute(count.format(sql.Identifier(name))).fetchone()[0] for (name,) in tables}


def _make_database(line: psycopg.Connection, name: str) -> None:
    try:
        line.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as refused:
        raise BackupRefused(
            "Tài khoản cơ sở dữ liệu chưa được tạo cơ sở dữ liệu để thử. Người giữ PostgreSQL chạy một lần: "
            f'ALTER ROLE "{connection.settings_dict["USER"]}" CREATEDB.'
        ) from refused


@contextlib.contextmanager
def _connected(**other: Any) -> Iterator[psycopg.Connection]:
    """A connection of its own to the server: the one of the application stays as it is."""
    known = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    options = {name: value for name, value in known["OPTIONS"].items() if name in _OF_THE_LINE}
    line = options | {name: known[key] for name, key in names.items() if known.get(key)} | other
    with psycopg.connect(**line) as own:
        yield own


def _pg_restore(database: str) -> tuple[str, ...]:
    return ("pg_restore", "--no-owner", "--single-transaction", f"--dbname={database}")


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on this database; the password is passed in the environment."""
    found = _find_program(program)
    known = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    environment = os.environ | {name: str(known[key]) for name, key in names.items() if known.get(key)}
    # The options of the address: folder of a socket, encryption.
    said = {f"PG{name.upper()}": value for name, value in known["OPTIONS"].items() if name in _OF_THE_LINE}
    environment |= {name: str(value) for name, value in said.items()}
    run = subprocess.run([found, *arguments], env=environment, capture_output=True, check=False)  # noqa: S603 (our own words)
    if run.returncode:
        raise BackupRefused(f"{program} báo lỗi: {run.stderr.decode(errors='replace')[-500:]}")


def _find_program(program: str) -> str:
    """Return the path of a program that is at least as new as the server; an older one refuses to work.

    Debian keeps each version's programs in a folder of their own (settings.PG_PROGRAMS). Raises
    BackupRefused.
    """
    with _connected() as own:
        server = own.info.server_version // 10000
    own_folder = Path(settings.PG_PROGRAMS.format(version=server), program)
    found = str(own_folder) if own_folder.exists() else shutil.which(program)
    if found is None:
        raise BackupRefused(
            f"Máy này chưa có {program}. Hãy cài gói postgresql-client-{server} rồi chạy lại."
        )
    told = subprocess.run([found, "--version"], capture_output=True, check=True).stdout  # noqa: S603 (found above)
    version = int(_VERSION.search(told)[1])
    if version < server:
        raise BackupRefused(
            f"{program} ở máy này là bản {version}, cũ hơn PostgreSQL {server} đang chạy nên không đọc được. "
            f"Hãy cài gói postgresql-client-{server}."
        )
    return found
