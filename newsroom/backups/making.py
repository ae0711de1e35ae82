"""Make a backup: one at a time, checked before it counts, nothing left behind when it fails."""

import contextlib
import datetime
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection

from newsroom.backups.archive import SETTINGS, Report, check_archive, list_uploads, write_archive
from newsroom.backups.databases import DUMPS, dump_database, measure_database
from newsroom.backups.refusal import BackupRefused

PLAIN, SECRET = ".tar", ".tar.age"
_SPARE = 1.05  # of the sizes measured: names and padding of the archive
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Wish:
    """What a backup shall be: encrypted to whom (age recipients), with which file of settings inside."""

    recipients: tuple[str, ...] = ()
    settings_file: Path | None = None


def back_up(folder: Path, wish: Wish, report: Report) -> Path:
    """Write one backup into the folder and return its path; it has another name until it is checked.

    The site stays usable: the database is copied first, at one moment, and uploads are never deleted, so all
    files that this copy refers to are included. Raises BackupRefused; then nothing is left in the folder.
    """
    keys = _read_recipients(wish)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder), tempfile.TemporaryDirectory(dir=folder, prefix=".dang-sao-luu-") as scratch:
            _refuse_without_space(folder, copies=3 if keys else 2)
            made = _write(Path(scratch), wish, report)
            if keys:
                report("Mã hóa…")
                made = _encrypt(made, keys)
            final = folder / made.name
            made.replace(final)
            return final
    except OSError as failure:
        if failure.errno in _FULL:
            raise BackupRefused(
                f"Đĩa chứa {folder} đã đầy trong lúc sao lưu; bản dở dang đã bỏ."
            ) from failure
        raise BackupRefused(f"Không sao lưu được vào {folder}: {failure.strerror or failure}.") from failure


def forget_old(folder: Path, days: int) -> int:
    """Delete our backups older than `days`; the newest one stays whatever its age. Returns how many."""
    *older, _ = [*list_backups(folder)] or [None]
    limit = datetime.datetime.now(tz=datetime.UTC) - datetime.timedelta(days=days)
    old = [path for path in older if path.stat().st_mtime < limit.timestamp()]
    for path in old:
        path.unlink()
    return len(old)


def list_backups(folder: Path) -> list[Path]:
    """Return the backups in the folder, oldest first."""
    return sorted(path for path in folder.glob("toasoan-*.tar*") if path.name.endswith((PLAIN, SECRET)))


def _write(scratch: Path, wish: Wish, report: Report) -> Path:
    now = datetime.datetime.now(tz=datetime.UTC)
    dump = scratch / DUMPS[connection.vendor]
    report("Chép cơ sở dữ liệu…")
    rows = dump_database(dump)
    report("Chép tệp tải lên…")
    target = scratch / f"toasoan-{now:%Y%m%d-%H%M%S}{PLAIN}"
    facts = {"database": connection.vendor, "made_at": now.isoformat(), "rows": rows}
    write_archive(target, _files(dump, wish), facts, report)
    dump.unlink()
    report("Kiểm lại từng tệp…")
    check_archive(target)
    return target


def _files(dump: Path, wish: Wish) -> Iterator[tuple[str, Path]]:
    yield dump.name, dump
    yield from list_uploads(Path(settings.MEDIA_ROOT))
    if wish.settings_file:
        yield SETTINGS, wish.settings_file


def _encrypt(plain: Path, keys: list[pyrage.x25519.Recipient]) -> Path:
    secret = plain.with_name(plain.name.removesuffix(PLAIN) + SECRET)
    # Not encrypt_file: it ends without an error when the last bytes find no room.
    with plain.open("rb") as reading, secret.open("wb") as written:
        pyrage.encrypt_io(reading, written, keys)
        written.flush()
        os.fsync(written.fileno())
    if secret.stat().st_size <= plain.stat().st_size:
        raise BackupRefused("Bản mã hóa ngắn hơn bản gốc; chưa giữ bản nào.")
    plain.unlink()
    return secret


def _read_recipients(wish: Wish) -> list[pyrage.x25519.Recipient]:
    if wish.settings_file and not wish.recipients:
        raise BackupRefused(
            "Tệp cài đặt chứa mật khẩu nên chỉ vào bản sao lưu đã mã hóa: hãy nêu cả --encrypt-to."
        )
    if wish.settings_file and not wish.settings_file.is_file():
        raise BackupRefused(f"Không có tệp cài đặt {wish.settings_file}.")
    try:
        return [pyrage.x25519.Recipient.from_str(words) for words in wish.recipients]
    except pyrage.RecipientError as wrong:
        raise BackupRefused("Khóa công khai để mã hóa phải có dạng age1… (lệnh age-keygen in ra).") from wrong


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder for one backup; what a killed one left there is removed."""
    with (folder / ".khoa").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as other:
            raise BackupRefused(f"Đang có một lần sao lưu khác vào {folder}.") from other
        for left in folder.glob(".dang-sao-luu-*"):
            shutil.rmtree(left)
        yield


def _refuse_without_space(folder: Path, copies: int) -> None:
    uploads = sum(path.stat().st_size for _, path in list_uploads(Path(settings.MEDIA_ROOT)))
    database = measure_database()
    # The dump stands beside the archive that holds it; encrypted, the archive stands beside its double.
    needed = int((database * copies + uploads * (copies - 1)) * _SPARE)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupRefused(
            f"Đĩa chứa {folder} chỉ còn {_words(free)}, lần sao lưu này cần {_words(needed)}. Chưa ghi gì."
        )


def _words(size: int) -> str:
    return f"{size / 1024**3:.1f} GB".replace(".", ",") if size >= 1024**3 else f"{size // 1024**2 + 1} MB"
