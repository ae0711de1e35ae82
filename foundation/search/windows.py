"""Into which stretches of time a question looks, one after the other, until it has enough."""

from collections.abc import Iterator

from foundation.search.database import Clock, index
from foundation.search.matching import Window


class Windows:
    """The windows of one question, newest first, measured as far as they are needed and kept for its next
    step: a common word is answered by the newest rows, whatever the size of the whole."""

    def __init__(self, clock: Clock, first: int, last: int):
        self.clock, self.first, self.last = clock, first, last
        self._more = index().windows(first, last)
        self._seen: list[Window] = []

    def __iter__(self) -> Iterator[Window]:
        """Raises SearchTookTooLongError between two windows, when the time of the question is over."""
        at = 0
        while at < len(self._seen) or self._measure_next():
            self.clock.check()
            yield self._seen[at]
            at += 1

    def below(self, place: int) -> "Windows":
        """Those of what lies below a place."""
        return Windows(self.clock, self.first, place) if place < self.last else self

    def join(self) -> None:
        """Look everywhere at once from now on: what few things hold is read quickest so."""
        self._more, self._seen = iter(()), [Window((), self.first, self.last)]

    def _measure_next(self) -> bool:
        for window in self._more:
            self._seen.append(window)
            return True
        return False
