"""How the last backups and drills ended, and telling the administrators when none is good."""

import contextlib
import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from departments.access import administrators
from inbox.telling import tell
from newsroom.backups.refusal import BackupRefused
from newsroom.models import BackupRun

log = logging.getLogger("newsroom.backups")
_KEPT = datetime.timedelta(days=400)


@dataclass
class Result:
    """What a run sets when it has written or read a file."""

    file: Path | None = None


@contextlib.contextmanager
def noted(*, is_drill: bool = False) -> Iterator[Result]:
    """Note how the run inside ends; a refused one is told to the administrators and raised on."""
    result = Result()
    try:
        yield result
    except BackupRefused as refusal:
        try:
            _note(result, is_drill, str(refusal))
            _tell("Khôi phục thử không được" if is_drill else "Sao lưu không được", str(refusal))
        except DatabaseError:  # the same full disk may hold the database: who runs the command is told
            log.exception("The failed backup could not be noted")
        raise
    _note(result, is_drill)


def last_good(*, is_drill: bool = False) -> datetime.datetime | None:
    """Return when the last good backup (or drill) ended."""
    runs = BackupRun.objects.filter(is_good=True, is_drill=is_drill)
    return runs.values_list("ended_at", flat=True).first()


def last_runs(count: int = 6) -> list[BackupRun]:
    """Return the newest backups and drills, newest first."""
    return list(BackupRun.objects.all()[:count])


def is_late() -> bool:
    """Return whether a good backup is overdue: settings.BACKUP_HOURS since the last, or since installing.

    Never when BACKUP_HOURS is 0: then another program backs the machine up.
    """
    if not settings.BACKUP_HOURS:
        return False
    since = last_good() or _asked_since()
    return bool(since) and timezone.now() - since > datetime.timedelta(hours=settings.BACKUP_HOURS)


def _asked_since() -> datetime.datetime | None:
    """Return when this installation began to note its backups: at once after installing or upgrading."""
    made = MigrationRecorder.Migration.objects.filter(app="newsroom", name="0001_backup_run")
    return made.values_list("applied", flat=True).first()


def remind_of_backup() -> int:
    """Tell the administrators once a day that no good backup was made. Returns how many were told."""
    if not is_late():
        return 0
    last = last_good()
    when = f"Bản tốt gần nhất: {timezone.localtime(last):%H:%M, %d/%m/%Y}." if last else "Chưa có bản nào."
    return _tell("Quá hạn sao lưu", f"{when} Hãy xem lịch chạy lệnh backup trên máy chủ.")


def _note(result: Result, is_drill: bool, words: str = "") -> None:
    file = result.file
    BackupRun.objects.filter(ended_at__lt=timezone.now() - _KEPT).delete()
    BackupRun.objects.create(
        is_drill=is_drill,
        is_good=not words,
        file_name=file.name[:200] if file else "",
        size=file.stat().st_size if file and file.exists() else 0,
        words=words,
    )


def _tell(heading: str, words: str) -> int:
    return tell(
        administrators(),
        "backup",
        heading,
        about="Máy chủ",
        words=words,
        address="/admin/tinh-trang/",
        once=f"backup:{heading}:{timezone.localdate():%Y%m%d}",
        urgent=True,
    )
