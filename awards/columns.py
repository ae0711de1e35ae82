"""What the headings of a recipients' table may be called, and the lines that only divide it."""

import re
from enum import Enum

from language.vietnamese import fold


class Column(Enum):
    """A column and the field of a commendation it fills."""

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


# The first of each is how the page names it.
WORDS = {
    Column.COUNT: ("STT", "TT", "Số TT", "Số thứ tự"),
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
# “I. TẬP THỂ”, “B. Cá nhân (05)”: a line that says what follows.
_SECTION = re.compile(r"(?:(?:[ivx]+|[a-d]|[0-9])\s*[.)/-]?\s+)?(tap the|ca nhan|hoc sinh)\s*(?:[:(].*)?")


# A list as people type one, without headings: “1. Nguyễn Văn A, giáo viên, Trường THPT Chu Văn An”.
TYPED = [Column.NAME, Column.TITLE, Column.UNIT]
_NUMBER = re.compile(r"\d{1,4}\s*[.)/-]\s*")


def is_typed_list(lines: list[list[str]]) -> bool:
    """Whether the lines are names from the first on, no line naming columns, none wider than such a list."""
    words = (" ".join(fold(cell).replace("_", " ").split()) for cell in lines[0])
    return max(map(len, lines)) <= len(TYPED) and not any(word in _BY_WORD for word in words)


def typed_cells(lines: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The cells of a typed list: without numbers; one sentence is parted, but never a collective's name."""
    found, section = [], ""
    for line, cells in lines:
        section = section_of(cells) or section
        signs = ";" if section == "tap the" else "[;,]"
        parts = re.split(signs, cells[0], maxsplit=len(TYPED) - 1) if len(cells) == 1 else cells
        name, *rest = (part.strip() for part in parts)
        found.append((line, [_NUMBER.sub("", name, count=1), *rest]))
    return found


def read_headings(cells: list[str]) -> tuple[list[Column], list[str]]:
    """Columns in their order, and what is wrong with them: nothing typed is passed over in silence."""
    columns, problems = [], []
    while cells and not cells[-1]:
        cells = cells[:-1]
    for place, cell in enumerate(cells, start=1):
        column = _BY_WORD.get(" ".join(fold(cell).replace("_", " ").split()))
        if not cell:
            problems.append(f"Cột thứ {place} chưa có tên.")
        elif column is None:
            problems.append(f"Không hiểu cột “{cell}”. Hãy đổi tên cột theo danh sách bên dưới, hoặc bỏ cột.")
        elif column in columns and column is not Column.COUNT:
            problems.append(f"Cột “{cell}” có hai lần.")
        columns.append(column)
    if Column.NAME not in columns:
        problems.append("Thiếu cột “Họ và tên” (hoặc “Tập thể, cá nhân”). Dòng đầu tiên phải là tên các cột.")
    return columns, problems


def section_of(cells: list[str]) -> str:
    """“tap the”, “ca nhan”, “hoc sinh” if the line only divides the table, else ""."""
    filled = [cell for cell in cells if cell]
    if not filled or len(filled) > 2:
        return ""
    found = _SECTION.fullmatch(fold(" ".join(filled)))
    return found[1] if found else ""
