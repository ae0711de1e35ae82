"""The database to which the data go: recognised, prepared, written whole."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import environ
from django.conf import settings
from django.db import DatabaseError, DataError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from foundation.inserting.rows import write_rows
from newsroom.moving.refusal import MoveRefused
from newsroom.moving.tables import REBUILT, Digest, Digests, moved_models, read_rows, stored_fields
from newsroom.settings import database_of

NOTE = "moving_database"  # a table of the target: whose data are on their way here


class Target:
    """One database, by its address; its commands inherit the lock of the move (`newsroom.moving.turn`)."""

    def __init__(self, url: str, lock: int):
        try:
            named = database_of(environ.Env.db_url_config(url), pool=1)
        except Exception as problem:  # whatever the library makes of odd words
            raise MoveRefused(f"Không hiểu địa chỉ cơ sở dữ liệu “{_hidden(url)}”.") from problem
        if not named.get("ENGINE") or not named.get("NAME"):
            raise MoveRefused(
                "Địa chỉ phải là sqlite:////đường/dẫn.sqlite3 hoặc postgres://tên:mật-khẩu@máy/cơ-sở."
            )
        named.get("OPTIONS", {}).pop("pool", None)
        self.url, self.lock = url, lock
        self.line: BaseDatabaseWrapper = ConnectionHandler({"default": named})["default"]

    @property
    def is_file(self) -> bool:
        return self.line.vendor == "sqlite"

    @property
    def file(self) -> Path:
        return Path(self.line.settings_dict["NAME"])

    def source_of_half(self) -> str | None:
        """Return whose data are half here; empty when nothing is here, None when something else is.

        Raises MoveRefused when the database does not answer.
        """
        if self.is_file and (not self.file.exists() or not self.file.stat().st_size):
            return ""
        try:
            tables = self.line.introspection.table_names()
            if NOTE in tables:
                with self.line.cursor() as cursor:
                    cursor.execute(f"SELECT source FROM {NOTE}")  # noqa: S608 (our own name)
                    return str(cursor.fetchone()[0])
        except DatabaseError as failure:
            raise MoveRefused(f"Không mở được cơ sở dữ liệu đích: {failure}".strip()) from failure
        return "" if not tables else None

    def note_source(self, source: str) -> None:
        """Note in the target whose data come, before anything else is there."""
        with self.line.cursor() as cursor:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {NOTE} (source text)")
            cursor.execute(f"DELETE FROM {NOTE}")  # noqa: S608 (our own name)
            cursor.execute(f"INSERT INTO {NOTE} VALUES (%s)", [source])  # noqa: S608 (our own name)

    def forget_source(self) -> None:
        with self.line.cursor() as cursor:
            cursor.execute(f"DROP TABLE {NOTE}")

    def has_space(self, needed: int) -> bool | None:
        """Return whether the disk has room for so many bytes; None where it is another machine's."""
        if not self.is_file:
            return None
        folder = next(parent for parent in self.file.resolve().parents if parent.exists())
        return shutil.disk_usage(folder).free > needed

    # --- its own commands, run on it ----------------------------------------------------------------------

    def manage(self, *words: str) -> str:
        """Run a command of this project on the target and return what it says. Raises MoveRefused."""
        self.line.close()
        environment = os.environ | {"DATABASE_URL": self.url, "DATABASE_POOL": "2"}
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
        run = subprocess.run(  # noqa: S603 (our own words)
            command,
            env=environment,
            cwd=settings.BASE_DIR,
            capture_output=True,
            check=False,
            pass_fds=[self.lock],
        )
        if run.returncode:
            raise MoveRefused(f"{words[0]} ở đích báo lỗi: {run.stderr.decode(errors='replace')[-800:]}")
        return run.stdout.decode()

    def digests(self) -> Digests:
        """Return the digests as the target's own process reads them."""
        found = json.loads(self.manage("move_database", "--digests"))
        return {name: (rows, digest) for name, (rows, digest) in found.items()}

    # --- writing -------------------------------------------------------------------------------------------

    def write_all(self, report: Any) -> Digests:
        """Write the rows of the default database in one transaction: all, or none. Raises MoveRefused."""
        table = ""
        found: Digests = {}
        try:
            with self._one_transaction():
                self._empty()
                for model in moved_models():
                    table = model._meta.db_table
                    found[table] = self._write(model)
                    report(f"{table}: {found[table][0]}")
        except (DataError, DatabaseError) as failure:
            raise MoveRefused(
                f"Đích không nhận bảng {table}: {failure}. Nguồn không đổi gì.".strip()
            ) from failure
        return found

    def _write(self, model: Any) -> tuple[int, str]:
        fields, digest = stored_fields(model), Digest()
        columns = [str(one.column) for one in fields]

        def adapted() -> Iterator[tuple[Any, ...]]:
            for row in read_rows(model):
                digest.add(row)
                yield tuple(
                    one.get_db_prep_save(value, self.line) for one, value in zip(fields, row, strict=True)
                )

        with self.line.cursor() as cursor:
            write_rows(cursor, model._meta.db_table, columns, adapted(), self.line)
        return digest.result

    def _empty(self) -> None:
        """Remove what the migrations wrote: content types, permissions, shipped figures.

        Tables whose rows are kept for ever have none yet; with some the database refuses.
        """
        tables = [model._meta.db_table for model in (*moved_models(), *REBUILT)]
        quoted = [self.line.ops.quote_name(table) for table in tables]
        with self.line.cursor() as cursor:
            for table in quoted:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)

    @contextlib.contextmanager
    def _one_transaction(self) -> Iterator[None]:
        """References are checked at the end: the rows come table by table."""
        if self.is_file:
            with self.line.cursor() as cursor:
                cursor.execute("PRAGMA foreign_keys=OFF")  # without effect inside a transaction
        self.line.set_autocommit(False)
        try:
            yield
            if self.is_file:
                self.line.check_constraints()
            self.line.commit()
        except BaseException:
            self.line.rollback()
            raise
        finally:
            self.line.set_autocommit(True)
            self.line.close()


def _hidden(url: str) -> str:
    """Return an address without its password."""
    head, at, tail = url.rpartition("@")
    return f"{head.partition('://')[0]}://…@{tail}" if at else url
