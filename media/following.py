"""What must be made true again when rights or consent change. Rooms above say so themselves."""

from collections.abc import Callable

Redraw = Callable[[], int]
_redraws: list[Redraw] = []


def register(redraw: Redraw) -> Redraw:
    """Add a room's way to draw again what shows photos or names as they may no longer, or may again, be
    shown; it is safe to repeat and answers how many things it drew.
    """
    _redraws.append(redraw)
    return redraw


def follow_changes() -> int:
    """Rights or consent have just changed: readers see it with this transaction's commit."""
    return sum(redraw() for redraw in _redraws)
