"""Whether everything this machine needs works, its worker included: for monitoring."""

import os
import shutil
import socket
import time
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.approval import schedule
from foundation.limiting.limits import counts_together
from inbox.trouble import stuck
from media.storage import can_write_into
from newsroom.backups import results
from newsroom.version import VERSION

WORKER_MARK = "worker.heartbeat"
_kept: list[tuple[float, dict[str, bool]]] = []  # the last checks of this process, and when they were made
WORKER_LATE = 60  # seconds, several turns of the worker: one slow turn is no alarm


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if everything works, else 503, with the result of each check as JSON.

    Checks database, migrations, storage, page store, shared cache, counters and free space, the worker on
    this machine, that no release is late (`releases`), no mail has been due for an hour (`mail`), and a good
    backup was made in time (`backup`). A load balancer uses healthz, because pages can be read without the
    worker.
    """
    checks = last_checks()
    ready = all(checks.values())
    return JsonResponse({"ready": ready, "version": VERSION, "checks": checks}, status=200 if ready else 503)


def last_checks() -> dict[str, bool]:
    """Return checks at most settings.READY_SECONDS old: whoever asks more often spends no disk and no CPU."""
    now = time.monotonic()
    if not _kept or now - _kept[0][0] >= settings.READY_SECONDS:
        _kept[:] = [(now, run_checks())]
    return _kept[0][1]


def run_checks() -> dict[str, bool]:
    """Return for each thing that is needed whether it works now."""
    return _database_checks() | {
        "storage": default_storage.answers(),
        "space": has_space(),
        "pages": not settings.PAGE_STORE or can_write_into(Path(settings.PAGE_STORE)),
        "cache": answers_from_cache(),
        "limits": counts_together(),
        "worker": is_worker_alive(),
    }


def _database_checks() -> dict[str, bool]:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return {"database": False, "migrations": False, "releases": False, "mail": False, "backup": False}
    # Without all migrations, lateness cannot be queried; `migrations` reports that already.
    return {
        "database": True,
        "migrations": not missing,
        "releases": bool(missing) or not schedule.late().exists(),
        "mail": bool(missing) or not stuck().count,
        "backup": bool(missing) or not results.is_late(),
    }


def has_space() -> bool:
    """Return whether the disk of VAR_DIR has settings.SPACE_MB left."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(settings.VAR_DIR).free >= settings.SPACE_MB * 1024**2


def answers_from_cache() -> bool:
    """Return whether the cache gives back what it was given; without Redis pages are still drawn."""
    word = token_hex(8)
    cache.set("readyz", word, timeout=10)
    return cache.get("readyz") == word


def note_worker_alive() -> None:
    """Note the time of this turn in a file, and tell systemd."""
    settings.VAR_DIR.mkdir(exist_ok=True)
    (settings.VAR_DIR / WORKER_MARK).touch()
    _tell_systemd(b"READY=1\nWATCHDOG=1")


def _tell_systemd(words: bytes) -> None:
    """For a unit with `Type=notify` and `WatchdogSec`: systemd restarts a worker that hangs."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
            door.sendto(words, address.replace("@", "\0", 1))


def is_worker_alive() -> bool:
    """Return whether the worker has finished a turn in the last WORKER_LATE seconds."""
    try:
        left = (settings.VAR_DIR / WORKER_MARK).stat().st_mtime
    except FileNotFoundError:
        return False
    return time.time() - left < WORKER_LATE
