"""What a spreadsheet shows in a cell: its value written by its number format, with Vietnamese signs."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from foundation.language.numbers import format_number

# “[Red]”, “[$-42A]”; the width of a sign and filling signs.
_UNSHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([0#?,]+(?:\.[0#?]*)?)|(%)|(.)')
_MOST_DIGITS = 40


def displayed(value: Any, number_format: str | None) -> str:
    """Return the cell's text: 912345678 with “0000000000” is “0912345678”, 1 with “"9A"0” is “9A1”.

    A date is always written in full, so that “9/1” that became a date can be asked about. Formats with
    fractions or exponents are shown as plain numbers.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Đúng" if value else "Không"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return _moment(value)
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    return str(value)


def _moment(value: datetime.datetime | datetime.date | datetime.time | datetime.timedelta) -> str:
    if isinstance(value, datetime.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    day = f"{value:%d/%m/%Y}"
    is_day = not isinstance(value, datetime.datetime) or value.time() == datetime.time()
    return day if is_day else f"{day} {value:%H:%M}"


def _number(value: int | float, number_format: str) -> str:
    section = _UNSHOWN.sub("", number_format.split(";", maxsplit=1)[0])
    written, digits = "", 0
    exact = Decimal(repr(value))
    if not exact.is_finite() or len(section) > 100:
        return str(value)
    tokens = list(_TOKEN.finditer(section))
    is_share = any(token[4] for token in tokens)
    for token in tokens:
        quoted, escaped, pattern, percent, other = token.groups()
        if pattern:
            digits += 1
            written += _by_pattern(exact * 100 if is_share else exact, pattern)
        elif other and other not in " ()+-/:":
            return _plain(exact)  # General, text, or a format that is not read here
        else:
            written += next(part for part in (quoted, escaped, percent, other) if part is not None)
    return " ".join(written.split()) if digits == 1 else _plain(exact)


def _by_pattern(value: Decimal, pattern: str) -> str:
    whole, _, part = pattern.partition(".")
    value = value.quantize(Decimal(1).scaleb(-len(part[:_MOST_DIGITS])), rounding=ROUND_HALF_UP)
    if "," in whole:
        return format_number(value, len(part))
    front, _, back = f"{abs(value):f}".partition(".")
    front = front.zfill(min(whole.count("0"), _MOST_DIGITS))
    return ("-" if value < 0 else "") + front + (f",{back}" if back else "")


def _plain(value: Decimal) -> str:
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** _MOST_DIGITS:
        return str(int(value))
    return format(value, "f").replace(".", ",") if abs(value.adjusted()) < _MOST_DIGITS else str(value)
