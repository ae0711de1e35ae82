"""House style as data, one row for each habit: what a text may contain, what the house writes instead."""

import re
from typing import NamedTuple


class Habit(NamedTuple):
    """A spelling that is not the house's (`found`) and the house's spelling (`wanted`)."""

    found: re.Pattern[str]
    wanted: str


# A document's number keeps its own spelling (QĐ-SGDĐT): no letter, digit, hyphen or slash may come before.
_FREE = r"(?<![\w&/-])"

HABITS = (
    Habit(re.compile(_FREE + r"GD ?(?:[-–] ?|và )?ĐT(?![\w/-])|" + _FREE + r"GD(?: & ?| ?& )ĐT\b"), "GD&ĐT"),
    Habit(re.compile(_FREE + r"GD ?[-&]? ?DT(?![\w/-])"), "GD&ĐT"),
    Habit(re.compile(_FREE + r"GDTX ?- ?GDNN\b"), "GDNN-GDTX"),
    Habit(re.compile(_FREE + r"PT ?DTNT(?<!PTDTNT)\b"), "PTDTNT"),
    Habit(re.compile(_FREE + r"(?:THPT\.|P\.?T\.?T\.?H)(?!\w)"), "THPT"),
    Habit(re.compile(_FREE + r"(?:DakLak|Daklak|Dak Lak|Đăk Lăk|Đắc Lắc|Đăk Lắk|Đắk Lăk)\b"), "Đắk Lắk"),
)

FORMERLY = re.compile(r"^\s*[(,]?\s*(?:cũ|trước đây|nay là|trước kia)\b", re.IGNORECASE)
