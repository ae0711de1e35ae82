"""House style as data: what is written here, what is found instead. A row a habit."""

import re
from typing import NamedTuple


class Habit(NamedTuple):
    """A way of writing that is not the house's; `keep` letters before it mean something else."""

    found: re.Pattern[str]
    wanted: str


# A document's number keeps what stands on the paper (QĐ-SGDĐT): no letter, hyphen or stroke before.
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
