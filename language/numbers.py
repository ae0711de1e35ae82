"""How numbers, money and shares are written and read in Vietnamese: dots group, a comma is decimal."""

import re
from decimal import ROUND_HALF_UP, Decimal

from language.vietnamese import nfc

_UNITS = {None: "", "dong": " đồng", "phan-tram": "%"}
_MULTIPLIERS = {
    "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
}  # fmt: skip
_MONEY = ("đồng", "vnđ", "vnd", "đ", "₫")

# The digits are ASCII on purpose: int() would also read Thai or Arabic ones.
_NUMBER = re.compile(
    r"(?P<sign>[-−]?)(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]+))?"
    rf"(?:\s*(?P<multiplier>{'|'.join(_MULTIPLIERS)}))?"
    rf"(?:\s*(?P<unit>%|{'|'.join(_MONEY)}))?"
)
_LONGEST = 40  # characters; nobody writes more, and reading endless digits costs time


def format_number(value: int | float | Decimal, decimals: int | None = None, unit: str | None = None) -> str:
    """Write a number: 1.234.567; 8,25; with unit "dong" 5.850.000 đồng, with "phan-tram" 98,6%.

    `decimals` fixes the places after the comma, half rounded away from zero as school marks are;
    without it the value is written as it stands. Raises ValueError for an unknown unit or for a
    value that is no number (NaN, infinity).
    """
    if unit not in _UNITS:
        raise ValueError(f"unknown unit: {unit!r}")
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"not a number: {value!r}")
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, part = f"{abs(exact):,f}".partition(".")
    if decimals is None:
        part = part.rstrip("0")
    minus = "-" if exact < 0 else ""
    return minus + whole.replace(",", ".") + (f",{part}" if part else "") + _UNITS[unit]


def parse_number(text: str) -> int | Decimal | None:
    """Read a number: "1.500" is 1500, "3,75" is 3.75, "1,5 triệu" is 1500000, "98,6%" is 98.6.

    Whole results are int, others Decimal. Returns None for what must be asked instead of guessed:
    wrong grouping ("1.50", "1,234,567"), đồng with a broken part ("1,500 đồng"), any other text.
    """
    text = " ".join(nfc(text).lower().split())
    found = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
    if not found:
        return None
    value = Decimal(found["whole"].replace(".", "") + "." + (found["part"] or "0"))
    value *= _MULTIPLIERS.get(found["multiplier"], 1)
    if found["sign"]:
        value = -value
    if value == value.to_integral_value():
        return int(value)
    return None if found["unit"] in _MONEY else value
