"""Read and write school years; stored as the first year, 2025 for 2025-2026."""

import re
from datetime import date, datetime

from foundation.language.dates import VIETNAM_TIME
from foundation.language.vietnamese import nfc

# The school year runs from September to May; June to August belong to the year that ended.
FIRST_MONTH = 9

_YEARS = re.compile(r"(?:năm học\s+)?((?:19|20)[0-9]{2})\s*[-‐‑–—/]\s*([0-9]{4}|[0-9]{2})")


def parse_school_year(text: str) -> int | None:
    """Return the first year of "2017-2018", "năm học 2025 – 2026", "2025/26"; None for all else.

    The two years must be consecutive: "2025-2027" is refused.
    """
    found = _YEARS.fullmatch(" ".join(nfc(text).lower().split()))
    if not found:
        return None
    start, end = int(found[1]), found[2]
    return start if str(start + 1).endswith(end) else None


def school_year_on(day: date, first_month: int = FIRST_MONTH) -> int:
    """Return the first year of the school year a day belongs to; `first_month` comes from the settings.

    An aware moment is first moved to Vietnamese time.
    """
    if isinstance(day, datetime) and day.tzinfo:
        day = day.astimezone(VIETNAM_TIME)
    return day.year if day.month >= first_month else day.year - 1


def school_year_label(start: int) -> str:
    """Return "2025-2026", with the plain hyphen of running text and stored labels."""
    return f"{start}-{start + 1}"


def school_year_display(start: int) -> str:
    """Return "2025–2026", with the en dash of headings."""
    return f"{start}–{start + 1}"
