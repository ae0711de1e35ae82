"""Develops the pictures of the next posts in threads while the stories before them are written.

The threads read files, ask the old site and run the darkroom (a process of its own); they never ask the
database. What is developed waits in a folder for as long as it takes to be received, never more than MOST.
"""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from media.uploads import Developed

WORKERS = 2
MOST = 6  # pictures developed and not yet received; each takes a few megabytes on the disk


class PicturesAhead:
    """`develop(address, folder)` returns the developed picture, or None when there is none there."""

    def __init__(self, develop: Callable[[str, Path], Developed | None]):
        self._develop = develop
        self._folder = TemporaryDirectory(prefix="photos-")
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="pictures")
        self._coming: deque[str] = deque()
        self._begun: dict[str, tuple[TemporaryDirectory, Future[Developed | None]]] = {}

    def expect(self, addresses: Iterable[str]) -> None:
        """Announce pictures in the order in which they will be taken, instead of those announced before."""
        self._drop_all()
        self._coming = deque(dict.fromkeys(addresses))
        self._fill()

    def take_developed(self, address: str) -> tuple[TemporaryDirectory, Developed | None]:
        """Returns the picture and its folder, which the caller cleans up. Raises what `develop` raised."""
        if address not in self._begun:
            self._begin(address)
        folder, work = self._begun.pop(address)
        try:
            found = work.result()
        except BaseException:
            work.cancel()
            folder.cleanup()
            raise
        self._fill()
        return folder, found

    def close(self) -> None:
        """Wait for the work under way and remove everything not taken."""
        self._coming.clear()
        self._drop_all()
        self._pool.shutdown(cancel_futures=True)
        self._folder.cleanup()

    def _fill(self) -> None:
        while self._coming and len(self._begun) < MOST:
            address = self._coming.popleft()
            if address not in self._begun:
                self._begin(address)

    def _begin(self, address: str) -> None:
        folder = TemporaryDirectory(dir=self._folder.name, ignore_cleanup_errors=True)
        self._begun[address] = (folder, self._pool.submit(self._develop, address, Path(folder.name)))

    def _drop_all(self) -> None:
        for folder, work in self._begun.values():
            if not work.cancel():
                work.exception()  # waits until the darkroom is done with the folder
            folder.cleanup()
        self._begun.clear()
