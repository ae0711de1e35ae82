"""What an editor does to the front page before saving it: acts that are kept in the form and can be undone.

The form carries the acts, not their result: they are done again on what is stored at that moment, so two
editors never overwrite each other, and undoing is leaving out the last act.
"""

import datetime
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from frontpage.enums import Slot

MOST = 100  # acts before saving
LONGEST = 20_000  # characters of a form's field
LARGEST = 2**31


class ActsUnreadable(Exception):
    """The field holds no list of acts: somebody changed the page."""


@dataclass(frozen=True)
class Act:
    """One act; `number` names it and what it creates.

    `kind` is put, move, up, down, remove or time. `place` is the key of a place, `story` the id of a page
    that is put in, `slot` and `index` say where to. `at` is the future moment that the editor looked at; None
    is now, whenever it is saved. `since` and `until` are the times that a place gets.
    """

    kind: str
    number: int
    place: str = ""
    story: int = 0
    slot: str = ""
    index: int = 0
    at: datetime.datetime | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


def write_acts(acts: list[Act]) -> str:
    """Return the acts as a form keeps them."""
    return json.dumps([{k: _plain(v) for k, v in asdict(act).items() if v} for act in acts])


def read_acts(typed: str) -> list[Act]:
    """Return the acts of a form's field. Raises ActsUnreadable."""
    if not typed:
        return []
    try:
        if len(typed) > LONGEST:
            raise ValueError
        rows = json.loads(typed)
        return [_read(row) for row in rows[-MOST:]]
    except (ValueError, TypeError, KeyError, RecursionError) as failure:
        raise ActsUnreadable from failure


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.datetime) else value


def _read(row: dict[str, Any]) -> Act:
    kind, place, slot = row["kind"], row.get("place", ""), row.get("slot", "")
    numbers = [row["number"], row.get("story", 0), row.get("index", 0)]
    if kind not in ("put", "move", "up", "down", "remove", "time") or not isinstance(place, str):
        raise ValueError
    if (slot and slot not in Slot.values) or any(type(n) is not int or not 0 <= n < LARGEST for n in numbers):
        raise ValueError
    if kind in ("put", "move") and not slot:
        raise ValueError
    moments = [_moment(row.get(name)) for name in ("at", "since", "until")]
    if kind == "time" and not moments[1]:
        raise ValueError
    return Act(kind, numbers[0], place, numbers[1], slot, numbers[2], *moments)


def _moment(typed: str | None) -> datetime.datetime | None:
    if typed is None:
        return None
    moment = parse_datetime(typed)
    if moment is None or timezone.is_naive(moment) or not 2000 <= moment.year < 2200:
        raise ValueError
    return moment
