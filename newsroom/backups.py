"""Back up database and uploads into one file, and restore them."""

import contextlib
import datetime
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

SCHEMA = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class BackupRefused(Exception):
    """It cannot be done now; the message says why and what to do."""


Report = Callable[[str], None]


def backup(folder: Path, report: Report) -> Path:
    """Write one `.tar` into the folder and return its path; it has another name until it is complete.

    The site stays usable: the database is copied first, at one moment, and uploads are never deleted, so all
    files that this copy refers to are included. Raises BackupRefused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.datetime.now(tz=datetime.UTC)
    final = folder / f"toasoan-{now:%Y%m%d-%H%M%S}.tar"
    half = final.with_suffix(".half")
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        dump = Path(scratch, DATABASES[connection.vendor])
        report("Chép cơ sở dữ liệu…")
        _dump(dump)
        with tarfile.open(half, "w") as archive:
            archive.add(dump, dump.name)
            count = _add_uploads(archive, report)
            _add_manifest(archive, {"made_at": now.isoformat(), "uploads": count, "sha256": _digest(dump)})
    with half.open("rb") as written:
        os.fsync(written.fileno())
    half.replace(final)
    return final


def restore(file: Path, report: Report) -> dict[str, Any]:
    """Replace database and uploads by those of the backup; the old uploads are kept under another name.

    Returns the manifest. Raises BackupRefused, without changing anything, when the file is incomplete or was
    made on the other kind of database.
    """
    try:
        archive = tarfile.open(file)
    except (tarfile.TarError, OSError) as broken:
        raise BackupRefused(f"Không mở được tệp sao lưu {file}: {broken}.") from broken
    with contextlib.closing(archive), tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as scratch:
        report("Kiểm tệp sao lưu…")
        archive.extractall(scratch, filter="data")
        manifest = _checked(Path(scratch))
        report("Khôi phục cơ sở dữ liệu…")
        _load(Path(scratch, DATABASES[connection.vendor]))
        report("Khôi phục tệp tải lên…")
        _put_back(Path(scratch, "uploads"), Path(settings.MEDIA_ROOT))
    return manifest


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
    else:
        # Without other extensions: they may belong to the host, and we could not drop and restore them.
        _run("pg_dump", "--format=custom", "--no-owner", "--extension=plpgsql", f"--file={target}")


def _load(dump: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(dump)) as copy:
            copy.backup(connection.connection)
    else:
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")  # needed by the indexes
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--dbname=",
            str(dump),
        )
    connection.close()


_OF_THE_LINE = ("host", "port", "sslmode", "sslrootcert")


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on this database; the password is passed in the environment."""
    found = shutil.which(program)
    if found is None:
        raise BackupRefused(f"Máy này chưa có {program}. Hãy cài gói postgresql-client rồi chạy lại.")
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
    arguments = tuple(f"--dbname={known['NAME']}" if word == "--dbname=" else word for word in arguments)
    run = subprocess.run([found, *arguments], env=environment, capture_output=True, check=False)  # noqa: S603 (our own words)
    if run.returncode:
        raise BackupRefused(f"{program} báo lỗi: {run.stderr.decode(errors='replace')[-500:]}")


def _add_uploads(archive: tarfile.TarFile, report: Report) -> int:
    count = 0
    for path in _files(Path(settings.MEDIA_ROOT)):
        archive.add(path, str(Path("uploads", path.relative_to(settings.MEDIA_ROOT))))
        count += 1
        if count % 1000 == 0:
            report(f"{count} tệp tải lên…")
    return count


def _files(root: Path) -> Iterator[Path]:
    yield from (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def _add_manifest(archive: tarfile.TarFile, facts: dict[str, Any]) -> None:
    text = json.dumps({"schema": SCHEMA, "database": connection.vendor} | facts).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(text)
    archive.addfile(entry, io.BytesIO(text))


def _checked(folder: Path) -> dict[str, Any]:
    """Check an unpacked backup and return its manifest. Raises BackupRefused."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        dump = folder / DATABASES[manifest["database"]]
        whole = manifest["schema"] == SCHEMA and _digest(dump) == manifest["sha256"]
    except (OSError, ValueError, KeyError) as broken:
        raise BackupRefused("Tệp này không phải bản sao lưu trọn vẹn của tòa soạn.") from broken
    if not whole or sum(1 for _ in _files(folder / "uploads")) != manifest["uploads"]:
        raise BackupRefused("Tệp sao lưu bị thiếu hoặc hỏng; chưa có gì bị thay đổi.")
    if manifest["database"] != connection.vendor:
        raise BackupRefused(
            f"Bản sao lưu này của {manifest['database']}, còn máy đang dùng {connection.vendor}."
        )
    return manifest


def _put_back(new: Path, place: Path) -> None:
    """Swap the folders; the old one stays beside it until somebody removes it."""
    new.mkdir(exist_ok=True)
    if place.exists():
        now = datetime.datetime.now(tz=datetime.UTC)
        place.rename(place.with_name(f"{place.name}-truoc-{now:%Y%m%d-%H%M%S}"))
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(new, place)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
