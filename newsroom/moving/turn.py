"""One move at a time, and none beside what a killed one left running."""

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

LOCK = "moving.lock"


@contextlib.contextmanager
def own_turn(report: Callable[[str], None]) -> Iterator[int]:
    """Wait until no other move of this machine works; yields the lock's file number.

    Commands that a move runs inherit the lock: killed in the middle, the move still holds it until its last
    command has ended, so that nobody lays the same tables twice.
    """
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("Một lần chuyển khác còn đang chạy; đợi lần ấy kết thúc…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()
