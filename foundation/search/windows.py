"""The windows of time that one search reads, newest first, until it has enough results."""

from collections.abc import Iterator

from foundation.search.database import Clock, index
from foundation.search.matching import Window


class Windows:
    """The windows of one search, newest first. They are computed when needed and reused by later steps.

    A common word is found in the newest rows, so it costs the same however large the index is.
    """

    def __init__(self, clock: Clock, first: int, last: int):
        self.clock, self.first, self.last = clock, first, last
        self._more = index().windows(first, last)
        self._seen: list[Window] = []

    def __iter__(self) -> Iterator[Window]:
        """Yield the windows. Raises SearchTookTooLongError before a window when the time is over."""
        at = 0
        while at < len(self._seen) or self._measure_next():
            self.clock.check()
            yield self._seen[at]
            at += 1

    def below(self, place: int) -> "Windows":
        """Return the windows of what lies below a place."""
        return Windows(self.clock, self.first, place) if place < self.last else self

    def join(self) -> None:
        """From now on use one window for everything: the fastest way when few things match."""
        self._more, self._seen = iter(()), [Window((), self.first, self.last)]

    def _measure_next(self) -> bool:
        for window in self._more:
            self._seen.append(window)
            return True
        return False
