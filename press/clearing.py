"""Where on a sheet the words stand that must be readable whatever is laid over it later (stamps)."""

from collections.abc import Iterable
from typing import Any

from press.enums import BoxKind

POINTS = 72 / 25.4  # in a millimetre
_ROUND_WORDS = 1.5  # mm kept free around a line, for marks above and below the letters


def areas_of(job: dict[str, Any], key: str, words: Iterable[str]) -> list[list[float]]:
    """Return [0, left, bottom, right, top] in points, of the boxes of a sheet that show any of the words, and
    of its codes.
    """
    [sheet] = [one for one in job["sheets"] if one["key"] == key]
    wanted = [line for text in words for line in text.split("\n") if line]
    found = []
    for box in job["boxes"]:
        shown = sheet["words"].get(box["key"], "")
        if box["kind"] == BoxKind.CODE or any(line in shown for line in wanted):
            found.append(_area(box, job))
    return found


def _area(box: dict[str, Any], job: dict[str, Any]) -> list[float]:
    left, right = box["x"] + job["dx"], box["x"] + job["dx"] + box["width"]
    first = box["y"] + job["dy"]
    line = box["size"] * box["pitch"] / POINTS
    if box["kind"] == BoxKind.CODE:
        top, bottom = first, first + box["width"]
    elif box["grows"] == "up":
        top, bottom = first - line * box["lines"], first + _ROUND_WORDS
    else:
        top, bottom = first - line, first + line * (box["lines"] - 1) + _ROUND_WORDS
    height = job["height"]
    return [
        0,
        *(round(side * POINTS, 1) for side in (left, height - bottom, right, height - top)),
    ]
