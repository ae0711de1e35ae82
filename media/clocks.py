"""Until when a request about personal data is answered and acted on: dated figures with their document."""

import datetime
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from departments.working_time import WorkingTime

FIGURES = Path(__file__).parent / "privacy_clocks.json"


@dataclass(frozen=True)
class Deadlines:
    """The last day of the first reply, the last day to act, and what says so."""

    reply_by: datetime.date
    act_by: datetime.date
    document: str


def deadlines_of(kind: str, received_on: datetime.date) -> Deadlines | None:
    """Return the deadlines of a request by the figures of its day; None before the first."""
    rule = next((one for one in _figures() if one["valid_from"] <= received_on.isoformat()), None)
    if rule is None:
        return None
    reply_by = WorkingTime(received_on).day_after(received_on, rule["reply_working_days"])
    act_by = received_on + datetime.timedelta(days=rule["days"][kind])
    return Deadlines(reply_by, act_by, rule["document"])


@cache
def _figures() -> list[dict]:
    rows: list[dict] = json.loads(FIGURES.read_text())
    return sorted(rows, key=lambda one: one["valid_from"], reverse=True)
