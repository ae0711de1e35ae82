"""Cells that a spreadsheet program has spoiled, and lines that are no entry of a list."""

import re
from collections.abc import Iterable

from foundation.language.vietnamese import fold, nfc
from foundation.sheets.workbooks import UNFINISHED, in_stretches

# Excel's and LibreOffice's words for a formula without a result, and a column too narrow for its number.
_ERROR = re.compile(
    rf"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|#+)"
    rf"|Err:\d{{3}}|{UNFINISHED}",
    re.IGNORECASE,
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_DATE = re.compile(
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?:\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
    rf"|\d{{1,4}}[- /](?:{_MONTHS})[a-z]*|(?:{_MONTHS})[a-z]*[- /]\d{{1,4}}"
    r"|\d{1,2}[- ]th(?:g|á?ng)? ?\d{1,2}|th(?:g|á?ng)? ?\d{1,2}[- ]\d{1,4}",
    re.IGNORECASE,
)
# With its marks: “Công” is a name, “Cộng” is not.
_TOTAL = re.compile(r"(?:tổng cộng|tổng số|cộng|tổng)(?:\s*[:(].*|\s+\d.*)?|(?:tổng cộng|tổng số)\b.*")
_FOOT = re.compile(
    r"(?:nguoi lap(?: bieu| bang| danh sach)?|thu truong(?: don vi| co quan)?|giam doc|hieu truong"
    r"|ke toan(?: truong)?|ky ten.*|\(ky.*|xac nhan.*|danh sach (?:nay )?(?:co|gom) .*"
    r"|(?:[^,]{2,40}, )?ngay [\d.…_ ]* ?thang .*nam.*)"
)


def doubt(cell: str, *, is_date: bool = False) -> str:
    """Return what is wrong with a cell that Excel has spoiled, as a sentence; "" if nothing is.

    `is_date` says that the column holds days.
    """
    if _ERROR.fullmatch(cell):
        return f"Ô ghi “{cell}”: công thức trong Excel chưa ra kết quả. Hãy gõ chữ thay cho ô này."
    found = None if is_date else _DATE.fullmatch(cell)
    if not found:
        return ""
    before = f"“{int(found['day'])}/{int(found['month'])}”" if found["day"] else "“9/1”"
    return (
        f"Ô ghi “{cell}”: có lẽ Excel đã đổi chữ như {before} thành ngày tháng. "
        "Hãy gõ lại đúng chữ, ví dụ Lớp 9/1."
    )


def is_total(cells: list[str]) -> bool:
    """Return whether a line only sums up the list: “Tổng cộng: 12 người”."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and len(filled) <= 3 and bool(_TOTAL.fullmatch(nfc(filled[0]).lower()))


def is_foot(cells: list[str]) -> bool:
    """Return whether a line stands below a list: place and day, who signs."""
    filled = [fold(cell) for cell in cells if cell]
    return 0 < len(filled) <= 2 and all(_FOOT.fullmatch(cell) for cell in filled)


def by_cause(errors: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    """Return [(“2–13, 15”, sentence), …]: one cause is one message; in the order of the first lines."""
    lines: dict[str, list[int]] = {}
    for line, sentence in sorted(errors):
        lines.setdefault(sentence, []).append(line)
    return [(in_stretches(sorted(set(found))), sentence) for sentence, found in lines.items()]
