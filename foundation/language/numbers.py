"""Write and read numbers, money and percentages in Vietnamese: dots group digits, a comma is decimal."""

import re
from decimal import ROUND_HALF_UP, Decimal

from foundation.language.vietnamese import nfc

_UNITS = {None: "", "dong": " đồng", "phan-tram": "%"}
_MULTIPLIERS = {
    "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
}  # fmt: skip
_MONEY = ("đồng", "vnđ", "vnd", "đ", "₫")

# ASCII digits only: int() would also accept Thai or Arabic ones.
_NUMBER = re.compile(
    r"(?P<sign>[-−]?)(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]+))?"
    rf"(?:\s*(?P<multiplier>{'|'.join(_MULTIPLIERS)}))?"
    rf"(?:\s*(?P<unit>%|{'|'.join(_MONEY)}))?"
)
_LONGEST = 40  # characters; longer input is refused because parsing it costs time


def format_number(value: int | float | Decimal, decimals: int | None = None, unit: str | None = None) -> str:
    """Write a number: 1.234.567; 8,25; with unit "dong" 5.850.000 đồng, with "phan-tram" 98,6%.

    `decimals` is the number of places after the comma; half is rounded away from zero, as for school marks.
    Without it all digits of the value are written. Raises ValueError for an unknown unit, NaN or infinity.
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

    Returns an int when the value is whole, else a Decimal. Returns None when the text is ambiguous or no
    number: wrong grouping ("1.50", "1,234,567"), đồng with a fraction ("1,500 đồng").
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


# --- counts in running text -----------------------------------------------------------------------------

_DIGIT_WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_TENS, _HUNDRED, _FILLERS = ("mươi", "mười"), "trăm", ("linh", "lẻ")
_COUNT_WORD = "|".join((*_DIGIT_WORDS, *_TENS, _HUNDRED, *_FILLERS))
# Pattern of a count before the thing counted: "2", "02", "1.342", "hai mươi lăm".
COUNT = (
    r"(?<![\w.,])(?P<count>\d{1,3}(?:\.\d{3})+|\d{1,4}"
    rf"|(?:{_COUNT_WORD})(?:\s+(?:{_COUNT_WORD})){{0,6}})"
)


def read_count(text: str) -> int | None:
    """Read a count: "05" is 5, "1.342" is 1342, "hai mươi lăm" is 25, "một trăm linh hai" is 102.

    Returns None when the words are no number below a thousand.
    """
    words = nfc(text).lower().split()
    if len(words) == 1 and words[0].replace(".", "").isdecimal():
        return int(words[0].replace(".", ""))
    total, digit = 0, None
    for word in words:
        if word in _DIGIT_WORDS and digit is None:
            digit = _DIGIT_WORDS[word]
        elif word == _HUNDRED and digit:
            total, digit = total + digit * 100, None
        elif word == "mươi" and digit:
            total, digit = total + digit * 10, None
        elif word == "mười" and digit is None:
            total += 10
        elif not (word in _FILLERS and digit is None and total):
            return None
    return (total + (digit or 0)) if words else None
