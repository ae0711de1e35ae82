"""Single files of the store: read, written atomically, removed, locked by one process at a time."""

import fcntl
import os
import threading
import time
from pathlib import Path

from foundation.pagestore.packing import Page, unpack

_WAIT, _STEP = 3.0, 0.02  # seconds to wait while another process renders the same page


def locked(handle: int) -> bool:
    """Take the lock of an open file; returns False when it is still taken after three seconds."""
    end = time.monotonic() + _WAIT
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(_STEP)
        else:
            return True


def read_page_file(path: Path) -> Page | None:
    """Return the page in this file; None if there is no file or it cannot be parsed."""
    try:
        return unpack(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
        return None


def write_file(path: Path, words: bytes) -> None:
    """Write the file atomically: readers and nginx never see half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.half")
    half.write_bytes(words)
    half.replace(path)


def remove_file(path: Path) -> int:
    """Remove the file; returns how many files were removed, 0 or 1."""
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return 0
    return 1


def set_aside(path: Path, past: Path) -> int:
    """Move the file to `past`; returns how many files were moved, 0 or 1."""
    past.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.replace(past)
    except FileNotFoundError:
        return 0
    return 1
