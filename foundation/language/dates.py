"""Write and read days and hours in Vietnamese.

The day always comes before the month. Ambiguous text is not read: a two-digit year, a day without a year, a
lunar day ("mùng 5 Tết"), a weekday that contradicts its date.
"""

import re
from datetime import date, datetime, time, timedelta, timezone

from foundation.language.vietnamese import nfc

# Viet Nam has kept UTC+7 without summer time since 1975; a fixed offset needs no zone database.
VIETNAM_TIME = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

_WEEKDAY_NAMES = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_WEEKDAY_NAMES |= {f"thứ {number + 2}": number for number in range(6)} | {"thứ bẩy": 5}

_WEEKDAY = re.compile(rf"({'|'.join(_WEEKDAY_NAMES)})(?:,\s*|\s+)")
_CLOCK_AT_END = re.compile(r"(?:,\s*|\s+)(\d{1,2}:\d{2})$")
_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:,?\s+năm\s+|/)(\d{4})")
_FIGURES = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::\s*(\d{2})|(?:h|g|giờ)\s*(?:(\d{1,2})\s*(?:phút|ph|p)?)?)")


def format_date(moment: date | datetime, style: str) -> str:
    """Write a day in one of four styles; an aware moment is first moved to Vietnamese time.

    - "van-ban": ngày 05 tháng 9 năm 2025 (decree 30/2020: zero before days under 10, months 1 and 2)
    - "so": 05/09/2025
    - "gon": 5/9, for running text
    - "dong-dau": Thứ Sáu, 05/09/2025, 14:30 above a story; without the hour when given a mere day

    Raises ValueError for another style.
    """
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = moment.astimezone(VIETNAM_TIME)
    day, month, year = moment.day, moment.month, moment.year
    match style:
        case "van-ban":
            return f"ngày {day:02} tháng {month:0{2 if month < 3 else 1}} năm {year}"
        case "so":
            return f"{day:02}/{month:02}/{year:04}"
        case "gon":
            return f"{day}/{month}"
        case "dong-dau":
            clock = f", {moment:%H:%M}" if isinstance(moment, datetime) else ""
            return f"{WEEKDAYS[moment.weekday()]}, {day:02}/{month:02}/{year:04}{clock}"
    raise ValueError(f"unknown date style: {style!r}")


def format_near(moment: datetime, today: date) -> str:
    """Write an aware moment as it is spoken of near `today`: “08:10 hôm qua”, “06:00 ngày mai”, “15:40 thứ
    Hai” within six days, else “15:40, 13/11/2026”.
    """
    moment = moment.astimezone(VIETNAM_TIME)
    days = (moment.date() - today).days
    if named := {-1: "hôm qua", 0: "hôm nay", 1: "ngày mai"}.get(days):
        return f"{moment:%H:%M} {named}"
    if abs(days) < 7:
        weekday = WEEKDAYS[moment.weekday()]
        return f"{moment:%H:%M} {weekday[0].lower()}{weekday[1:]}"
    return f"{moment:%H:%M}, {format_date(moment, 'so')}"


def parse_date(text: str) -> date | None:
    """Read a day written with its year, in words, figures or ISO, with or without weekday and hour.

    Returns None when there is no such day (31/4) or the text is ambiguous.
    """
    text = " ".join(nfc(text).lower().split())
    weekday = _WEEKDAY.match(text)
    text = _CLOCK_AT_END.sub("", text[weekday.end() :] if weekday else text)
    if found := _WORDS.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _FIGURES.fullmatch(text):
        day, month, year = (int(found[group]) for group in (1, 3, 4))
    elif found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        parsed = date(year, month, day)
    except ValueError:
        return None
    contradicted = weekday and _WEEKDAY_NAMES[weekday[1]] != parsed.weekday()
    return None if contradicted else parsed


def parse_time(text: str) -> time | None:
    """Read an hour as newspapers write it: 14h30, 14 giờ 30, 14 giờ 30 phút, 7g30, 14:30, 14h.

    Returns None for anything else, also for 24h and for hours that need "sáng" or "chiều".
    """
    found = _CLOCK.fullmatch(" ".join(nfc(text).lower().split()))
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
