"""The slow half of writing many stories, on another core: words are cleaned and pages drawn while rows
are inserted. A machine with one core, or a handful of stories, does it all in one place.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Self

import django

WORTH_IT = 500  # stories; another process takes a second to begin


class SecondCore:
    """Runs functions of our modules elsewhere. They get plain data and must not touch the database."""

    def __init__(self, count: int):
        self._pool = None
        if count >= WORTH_IT and (os.process_cpu_count() or 1) > 1:
            # A fresh process, not a fork: no connection of ours may be in two hands.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin)

    def ask[**P, Answer](
        self, function: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs
    ) -> Callable[[], Answer]:
        """Begin the work; the returned function waits for its answer."""
        if self._pool is None:
            return lambda: function(*args, **kwargs)
        return self._pool.submit(function, *args, **kwargs).result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: Any) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the command, which then ends us
    threading.Thread(target=_end_with_the_command, daemon=True).start()
    django.setup()


def _end_with_the_command() -> None:
    """Killed outright, it ends nobody; we would wait for work for ever."""
    if command := multiprocessing.parent_process():
        command.join()
        os._exit(1)
