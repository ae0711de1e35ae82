"""Put a backup in the place of database and uploads, or try one beside them."""

import contextlib
import datetime
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import Session, Ticket, TwoAdminRequest
from newsroom.backups.archive import SETTINGS, Report, check_archive
from newsroom.backups.databases import DUMPS, load_database, try_dump
from newsroom.backups.making import SECRET
from newsroom.backups.refusal import BackupRefused


def verify(file: Path, report: Report, key: Path | None = None) -> dict[str, Any]:
    """Read a whole backup and compare each file with its digest. Returns the manifest.

    Raises BackupRefused that names what is wrong.
    """
    with _opened(file, report, key) as plain:
        report("Kiểm từng tệp…")
        return check_archive(plain)


def drill(file: Path, report: Report, key: Path | None = None) -> dict[str, Any]:
    """Restore a backup beside the real data, count its rows, remove it again. Returns the manifest.

    Raises BackupRefused that says what would not have come back.
    """
    with _unpacked(file, report, key) as (folder, manifest):
        report("Khôi phục thử cơ sở dữ liệu…")
        rows = try_dump(folder / DUMPS[manifest["database"]])
        told = manifest.get("rows")
        missing = [name for name in told or () if rows.get(name) != told[name]]
        if missing:
            raise BackupRefused(f"Khôi phục thử không ra đủ dòng ở bảng: {', '.join(sorted(missing)[:10])}.")
        if not rows:
            raise BackupRefused("Khôi phục thử ra một cơ sở dữ liệu trống.")
    return manifest


def restore(file: Path, report: Report, key: Path | None = None) -> dict[str, Any]:
    """Replace database and uploads by those of the backup; the old uploads are kept under another name.

    Returns the manifest. Raises BackupRefused, without changing anything, when the file is not whole or was
    made on the other kind of database.
    """
    with _unpacked(file, report, key) as (folder, manifest):
        if manifest["database"] != connection.vendor:
            raise BackupRefused(
                f"Bản sao lưu này của {manifest['database']}, còn máy đang dùng {connection.vendor}."
            )
        report("Khôi phục cơ sở dữ liệu…")
        load_database(folder / DUMPS[connection.vendor])
        report("Khôi phục tệp tải lên…")
        _put_back(folder / "uploads", Path(settings.MEDIA_ROOT))
    return manifest


def end_rights() -> None:
    """End sessions, invitations, codes and open requests: a backup brings back those that were used since."""
    now = timezone.now()
    Session.objects.all().delete()
    Ticket.objects.filter(ends_at__gt=now).update(ends_at=now)
    TwoAdminRequest.objects.open().update(ends_at=now)


@contextlib.contextmanager
def _unpacked(file: Path, report: Report, key: Path | None) -> Iterator[tuple[Path, dict[str, Any]]]:
    with _opened(file, report, key) as plain, tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as scratch:
        _refuse_without_space(plain)
        report("Kiểm tệp sao lưu…")
        try:
            manifest = check_archive(plain, into=Path(scratch))
        except OSError as failure:
            raise BackupRefused(
                f"Không giải nén được: {failure.strerror}. Chưa có gì bị thay đổi."
            ) from failure
        Path(scratch, SETTINGS).unlink(missing_ok=True)  # holds passwords; only who opens the archive gets it
        yield Path(scratch), manifest


@contextlib.contextmanager
def _opened(file: Path, report: Report, key: Path | None) -> Iterator[Path]:
    """Yield the path of the plain archive; a decrypted one is removed afterwards."""
    if not file.is_file():
        raise BackupRefused(f"Không có tệp sao lưu {file}.")
    if not file.name.endswith(SECRET):
        yield file
        return
    if key is None:
        raise BackupRefused("Bản sao lưu này đã mã hóa: hãy nêu tệp khóa bằng --key.")
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as scratch:
        plain = Path(scratch, file.name.removesuffix(".age"))
        report("Giải mã…")
        try:
            with file.open("rb") as secret, plain.open("wb") as written:
                pyrage.decrypt_io(secret, written, _read_key(key))
        except pyrage.DecryptError as refused:
            raise BackupRefused(
                f"Không giải mã được {file.name}: khóa không đúng hoặc tệp hỏng."
            ) from refused
        except OSError as failure:
            raise BackupRefused(f"Không giải mã được {file.name}: {failure.strerror}.") from failure
        yield plain


def _read_key(key: Path) -> list[pyrage.x25519.Identity]:
    """Read a file of age-keygen: comments, and a line AGE-SECRET-KEY-1…"""
    try:
        lines = [line.strip() for line in key.read_text().splitlines()]
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError) as wrong:
        raise BackupRefused(f"Không đọc được tệp khóa {key}.") from wrong


def _refuse_without_space(plain: Path) -> None:
    needed, free = plain.stat().st_size, shutil.disk_usage(settings.VAR_DIR).free
    if free < needed:
        raise BackupRefused(
            f"Đĩa chứa {settings.VAR_DIR} còn {free // 1024**2} MB, giải nén cần {needed // 1024**2 + 1} MB. "
            "Chưa có gì bị thay đổi."
        )


def _put_back(new: Path, place: Path) -> None:
    """Swap the folders; the old one stays beside it until somebody removes it."""
    new.mkdir(exist_ok=True)
    if place.exists():
        now = datetime.datetime.now(tz=datetime.UTC)
        place.rename(place.with_name(f"{place.name}-truoc-{now:%Y%m%d-%H%M%S}"))
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(new, place)
