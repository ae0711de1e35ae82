"""Possible headings of a recipients' table, and lines that only divide it."""

import re
from enum import Enum

from foundation.language.vietnamese import fold, nfc
from foundation.sheets import headings


class Column(Enum):
    """A column and the commendation's field that it fills."""

    COUNT = ""
    KIND = "recipient_kind"
    NAME = "recipient_name"
    TITLE = "recipient_title"
    UNIT = "unit_name"
    ACHIEVEMENT = "achievement"
    AWARD = "award_kind"
    AMOUNT = "reward_amount"
    REASON = "reward_reason"
    BOOK = "book_number"
    PUPIL = "is_pupil"


# The page shows the first name of each.
WORDS = {
    Column.COUNT: headings.COUNT_HEADINGS,
    Column.KIND: ("Đối tượng", "Loại", "Tập thể/Cá nhân"),
    Column.NAME: ("Tập thể, cá nhân", "Họ và tên", "Họ tên", "Tên", "Tên tập thể, cá nhân", "Tên tập thể"),
    Column.TITLE: ("Chức vụ hoặc lớp", "Chức vụ", "Chức danh", "Lớp", "Chức vụ/Lớp", "Chức vụ, lớp"),
    Column.UNIT: ("Đơn vị", "Trường", "Đơn vị công tác", "Đơn vị/Trường"),
    Column.ACHIEVEMENT: ("Thành tích", "Nội dung khen", "Nội dung"),
    Column.AWARD: ("Hình thức", "Hình thức khen thưởng", "Hình thức khen"),
    Column.AMOUNT: ("Tiền thưởng", "Tiền thưởng (đồng)", "Mức thưởng", "Số tiền"),
    Column.REASON: ("Lý do khác mức quy định", "Lý do"),
    Column.BOOK: ("Vào sổ số", "Số vào sổ", "Số giấy khen"),
    Column.PUPIL: ("Là học sinh", "Học sinh"),
}
_BY_WORD = {fold(word): column for column, words in WORDS.items() for word in words}
# “I. TẬP THỂ”, “B. Cá nhân (05)”: a line that says which recipients follow.
_SECTION = re.compile(r"(?:(?:[ivx]+|[a-d]|[0-9])\s*[.)/-]?\s+)?(tap the|ca nhan|hoc sinh)\s*(?:[:(].*)?")

_COLLECTIVE = re.compile(
    r"(?:tập thể|tổ|lớp|nhóm|đội|phòng|khoa|khối|chi đoàn|chi đội|chi bộ|đảng bộ|liên đội|công đoàn|clb"
    r"|câu lạc bộ|trung tâm|trường|ban giám hiệu|ban chỉ huy|ban đại diện|hội đồng|hội cha mẹ"
    r"|hội khuyến học|đoàn trường|đoàn thanh niên|ủy ban|uỷ ban|ubnd|sở)\b"
)

# A typed list without headings: “1. Nguyễn Văn A, giáo viên, Trường THPT Chu Văn An”.
TYPED = [Column.NAME, Column.TITLE, Column.UNIT]
# Beginnings of headings (“Họ và tên học sinh”) and list titles, never of names.
_HEADS = (*map(fold, WORDS[Column.NAME]), "stt", "so tt", "so thu tu", "danh sach")
_HEAD = re.compile(rf"(?:{'|'.join(map(re.escape, _HEADS))})\b")
# The number of a row, but not the beginning of “9/1”, “12-A1”, “12A1”, “26 tháng 3”.
_NUMBER = re.compile(r"\d{1,4}\s*(?:[.)]\s+|[.)/-]\s*+(?!\d|[^\W\d_](?:\d|$)))")
_NUMBER_CELL = re.compile(r"\d{1,4}\s*[.)/-]?")


def typed_list(lines: list[tuple[int, list[str]]], sign: str) -> list[tuple[int, list[str]]] | None:
    """Returns the cells of a typed list without row numbers; None when the lines are a table.

    A table has a line with headings, or more cells in a line than TYPED. `sign` is the separator used so far.
    A line with one sentence is split here, but commas never split a collective's name.
    """
    found, section = [], ""
    for line, cells in lines:
        if any(map(_is_heading, cells)):
            return None
        here = section_of(cells)
        section = here or section
        parts = cells if here else _typed_cells(cells, section == "tap the", sign)
        if len(parts) > len(TYPED):
            return None
        found.append((line, parts))
    return found


def _typed_cells(cells: list[str], is_collective: bool, sign: str) -> list[str]:
    while len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > 1 and _NUMBER_CELL.fullmatch(cells[0]):
        cells = cells[1:]
    # An empty cell or a comma inside a cell means a spreadsheet, where commas separate cells.
    if is_collective and sign == "," and all(cell and "," not in cell for cell in cells):
        cells = [", ".join(cells)]
    if len(cells) == 1:
        cells = re.split(";" if is_collective else "[;,]", cells[0], maxsplit=len(TYPED) - 1)
    name, *rest = (cell.strip() for cell in cells)
    number = _NUMBER.match(name)
    return [name[number.end() :] if number else name, *rest]


def _is_heading(cell: str) -> bool:
    return is_column_name(cell) or bool(_HEAD.match(headings.heading_key(cell)))


def read_headings(cells: list[str]) -> tuple[list[Column], list[str]]:
    """Returns the columns in order, and the problems with them: no typed column is ignored silently."""
    columns, problems = headings.read_headings(cells, _BY_WORD, counts=Column.COUNT)
    if Column.NAME not in columns:
        problems.append("Thiếu cột “Họ và tên” (hoặc “Tập thể, cá nhân”). Dòng đầu tiên phải là tên các cột.")
    return columns, problems


def is_column_name(cell: str) -> bool:
    """Return whether a cell names a column; “Học sinh” alone begins a section."""
    return _BY_WORD.get(headings.heading_key(cell), Column.PUPIL) is not Column.PUPIL


def is_collective(name: str) -> bool:
    """Return whether a recipient's name is surely that of a collective: “Tổ Toán”, “Lớp 12A1”, “Tập thể …”.

    Compared with its marks: “Tô”, “Đoàn”, “Trương” are family names.
    """
    return bool(_COLLECTIVE.match(nfc(name).lower()))


def section_of(cells: list[str]) -> str:
    """Returns “tap the”, “ca nhan” or “hoc sinh” when the line only divides the table, else ""."""
    filled = [cell for cell in cells if cell]
    if not filled or len(filled) > 2:
        return ""
    found = _SECTION.fullmatch(fold(" ".join(filled)))
    return found[1] if found else ""
