"""Sizes of paper that are offered; any other size is typed."""

from decimal import Decimal
from typing import NamedTuple


class Size(NamedTuple):
    """A sheet in millimetres, as it is read."""

    label: str
    width: Decimal
    height: Decimal


SIZES = {
    "a4": Size("A4 ngang, 297 × 210 mm", Decimal(297), Decimal(210)),
    "a4-doc": Size("A4 dọc, 210 × 297 mm", Decimal(210), Decimal(297)),
    "a3": Size("A3 ngang, 420 × 297 mm", Decimal(420), Decimal(297)),
    "360x270": Size("360 × 270 mm", Decimal(360), Decimal(270)),
    "400x300": Size("400 × 300 mm", Decimal(400), Decimal(300)),
}
SMALLEST, LARGEST = Decimal(50), Decimal(900)  # millimetres; a label, a sheet wider than A1


def size_name(width: Decimal, height: Decimal) -> str:
    """Return the key of the preset of this size; "" for an own size."""
    return next((key for key, size in SIZES.items() if (size.width, size.height) == (width, height)), "")
