"""Whether the worker of this machine is alive: it leaves a mark each turn."""

import time

from django.conf import settings

MARK = "worker.heartbeat"
# Several turns of the worker: one slow turn is no alarm.
LIMIT = 60


def beat() -> None:
    settings.VAR_DIR.mkdir(exist_ok=True)
    (settings.VAR_DIR / MARK).touch()


def is_alive() -> bool:
    try:
        left = (settings.VAR_DIR / MARK).stat().st_mtime
    except FileNotFoundError:
        return False
    return time.time() - left < LIMIT
