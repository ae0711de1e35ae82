"""What must be rendered again when rights or consent change; higher rooms register it."""

from collections.abc import Callable

Redraw = Callable[[], int]
_redraws: list[Redraw] = []


def register(redraw: Redraw) -> Redraw:
    """Register a function that renders again what shows photos or names by outdated rights.

    It must be safe to repeat and return how many things it rendered.
    """
    _redraws.append(redraw)
    return redraw


def follow_changes() -> int:
    """Call the registered functions after rights or consent changed, in the caller's transaction."""
    return sum(redraw() for redraw in _redraws)
