"""What a piece of work costs the processor, on a machine that others use too."""

import time
from collections.abc import Callable

PATIENCE = 1.5  # both cores run tests: a second of work then costs up to one and a half


def least_cpu(work: Callable[[], object], limit: float, tries: int = 3) -> float:
    """Returns the seconds of processor time of the cheapest of `tries` runs; stops at one below `limit`.

    Neighbours on the machine only ever make a run dearer, so the cheapest says what the work itself costs.
    """
    least = float("inf")
    for _ in range(tries):
        begun = time.process_time()
        work()
        least = min(least, time.process_time() - begun)
        if least < limit:
            break
    return least
