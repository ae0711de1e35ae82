"""A second process for the slow part of writing many stories: cleaning text and drawing pages.

On a machine with one core, or for few stories, the same calls run in this process.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Self

import django

WORTH_IT = 500  # stories; another process takes a second to start


class SecondCore:
    """Runs functions in another process. They get plain data and must not use the database.

    `count` is the number of stories; below WORTH_IT no process is started.
    """

    def __init__(self, count: int):
        self._pool = None
        if count >= WORTH_IT and (os.process_cpu_count() or 1) > 1:
            # A new process, not a fork, so that no database connection is shared.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin)

    def ask[**P, Answer](
        self, function: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs
    ) -> Callable[[], Answer]:
        """Start the work; the returned function waits for the result."""
        if self._pool is None:
            return lambda: function(*args, **kwargs)
        return self._pool.submit(function, *args, **kwargs).result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: Any) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command handles Ctrl+C and then ends us
    threading.Thread(target=_end_with_the_command, daemon=True).start()
    django.setup()


def _end_with_the_command() -> None:
    """Ends this process when the command is killed; otherwise it would wait for ever."""
    if command := multiprocessing.parent_process():
        command.join()
        os._exit(1)
