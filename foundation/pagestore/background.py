"""Repeat a function in a thread of its own, for work that must not wait for the worker's next turn."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection

log = logging.getLogger("newsroom.worker")
PAUSE = 1.0  # seconds after a failure


@contextmanager
def repeated(act: Callable[[], object], every: float, name: str) -> Iterator[None]:
    """Inside the block, call `act` every `every` seconds in a thread; log a failure once, then retry."""
    stop = threading.Event()
    thread = threading.Thread(target=_repeat, args=(act, every, name, stop), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _repeat(act: Callable[[], object], every: float, name: str, stop: threading.Event) -> None:
    failing = False
    pause = 0.0
    while not stop.wait(pause):
        try:
            act()
            if failing:
                log.warning("%s: works again", name)
            failing, pause = False, every
        except Exception:
            if not failing:
                log.exception("%s failed and will be repeated", name)
            failing, pause = True, PAUSE
            close_old_connections()
    connection.close()
