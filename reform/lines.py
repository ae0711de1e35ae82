"""The columns of a reform's table, and one line of it as it was meant."""

from dataclasses import dataclass, field
from enum import Enum

from django.core.exceptions import ValidationError

from departments.enums import CommitteeLevel, RelationKind
from foundation.language.vietnamese import fold
from records.lists.pasting import Table


class Act(Enum):
    """What happens to the unit of a line."""

    FOUND = "thành lập"
    MERGE = "sáp nhập"
    SPLIT = "chia"
    PART = "tách"  # something new comes out of the unit, which goes on
    DISSOLVE = "giải thể"
    MOVE = "chuyển"
    RENAME = "đổi tên"

    @property
    def closes(self) -> bool:
        return self in (Act.MERGE, Act.SPLIT, Act.DISSOLVE)


_ACTS = {
    "thanh lap": Act.FOUND,
    "thanh lap moi": Act.FOUND,
    "lap moi": Act.FOUND,
    "lap": Act.FOUND,
    "sap nhap": Act.MERGE,
    "hop nhat": Act.MERGE,
    "nhap": Act.MERGE,
    "chia": Act.SPLIT,
    "chia tach": Act.SPLIT,
    "tach": Act.PART,
    "giai the": Act.DISSOLVE,
    "ket thuc": Act.DISSOLVE,
    "ket thuc hoat dong": Act.DISSOLVE,
    "bai bo": Act.DISSOLVE,
    "chuyen": Act.MOVE,
    "chuyen quan ly": Act.MOVE,
    "ban giao": Act.MOVE,
    "doi ten": Act.RENAME,
}
# Kinds of relation that a column moves; succession follows from the act.
MOVED = (RelationKind.ADMINISTRATIVE, RelationKind.PROFESSIONAL, RelationKind.LOCATION)
NOBODY = ("khong", "-", "de trong", "chua co")
_PEOPLE = {"chuyen": True, "chuyen theo": True, "di theo": True, "ket thuc": False, "thoi": False, "": None}
_LEVELS = {
    "tinh": CommitteeLevel.PROVINCE,
    "thanh pho truc thuoc trung uong": CommitteeLevel.PROVINCE,
    "huyen": CommitteeLevel.DISTRICT,
    "xa": CommitteeLevel.COMMUNE,
    "phuong": CommitteeLevel.COMMUNE,
    "dac khu": CommitteeLevel.COMMUNE,
    "": "",
}
COLUMNS = {
    "act": ("Việc", "Nội dung", "Hình thức", "Phương án", "Hình thức sắp xếp"),
    "unit": ("Đơn vị", "Tên đơn vị", "Trường", "Đơn vị hiện nay"),
    "target": ("Sang đơn vị", "Đơn vị tiếp nhận", "Sáp nhập vào", "Nhập vào", "Đơn vị mới", "Tên mới"),
    "administrative": ("Hành chính", "Hành chính sang", "Cơ quan chủ quản", "Chủ quản"),
    "professional": ("Chuyên môn", "Chuyên môn sang", "Quản lý chuyên môn"),
    "location": ("Địa bàn", "Địa bàn sang", "Nơi đặt trụ sở"),
    "people": ("Người", "Nhân sự", "Chức danh"),
    "code": ("Mã", "Mã đơn vị", "Mã mới"),
    "kind": ("Loại", "Loại đơn vị", "Loại hình"),
    "level": ("Cấp", "Cấp ủy ban", "Cấp của ủy ban"),
    "short_name": ("Tên ngắn", "Tên gọi tắt"),
    "document": ("Căn cứ", "Văn bản", "Quyết định", "Số quyết định"),
    "note": ("Ghi chú",),
}
EXAMPLE = (
    ("Việc", "Đơn vị", "Sang đơn vị", "Hành chính", "Chuyên môn", "Loại", "Người"),
    ("Thành lập", "UBND xã Ea Phê", "", "", "", "Ủy ban nhân dân", ""),
    ("Sáp nhập", "UBND xã Ea Kuăng", "UBND xã Ea Phê", "", "", "", "chuyển"),
    ("Giải thể", "Phòng GD&ĐT Krông Pắc", "", "", "Sở GD&ĐT", "", "kết thúc"),
    ("Chuyển", "TH Lê Lợi", "", "UBND xã Ea Phê", "", "", ""),
    ("Đổi tên", "PTDTNT THCS huyện Krông Pắc", "Trường PTDTNT THCS Krông Pắc", "", "", "", ""),
)


@dataclass(frozen=True)
class Line:
    """One line as it was meant. `to` names units by kind of relation; a word of NOBODY leaves them without.

    `moves_people` is None where the line does not say.
    """

    act: Act
    unit: str
    target: str = ""
    to: dict[RelationKind, str] = field(default_factory=dict)
    moves_people: bool | None = None
    code: str = ""
    kind: str = ""
    level: str = ""
    short_name: str = ""
    document: str = ""


def table_of_reform() -> Table:
    """Return how the table is read."""
    return Table(COLUMNS, 3, _line, EXAMPLE, frozenset())


def _line(cells: dict[str, str]) -> Line:
    """Return the line that the cells mean. Raises ValidationError, by column."""
    wrong: dict[str, str] = {}
    act = _ACTS.get(fold(cells.get("act", "")))
    if act is None:
        known = ", ".join(one.value for one in Act)
        wrong["act"] = f"Không rõ việc “{cells.get('act', '')}”. Hãy ghi một trong: {known}."
    if not cells.get("unit"):
        wrong["unit"] = "Hãy ghi đơn vị."
    if act in (Act.MERGE, Act.SPLIT, Act.PART, Act.RENAME) and not cells.get("target"):
        what = "tên mới" if act is Act.RENAME else "đơn vị tiếp nhận"
        wrong["target"] = f"Hãy ghi {what}."
    to = {kind: cells[kind.value] for kind in MOVED if cells.get(kind.value)}
    if act is Act.MOVE and cells.get("target"):
        to = dict.fromkeys(MOVED[:2], cells["target"]) | to
    if act is Act.MOVE and not to and "unit" not in wrong:
        wrong["administrative"] = "Hãy ghi chuyển sang đơn vị nào, về hành chính, chuyên môn hay địa bàn."
    people, level = fold(cells.get("people", "")), fold(cells.get("level", ""))
    if people not in _PEOPLE:
        wrong["people"] = f"Không rõ “{cells['people']}”. Hãy ghi “chuyển” hoặc “kết thúc”."
    if level not in _LEVELS:
        wrong["level"] = f"Không có cấp “{cells['level']}”. Hãy ghi tỉnh, huyện hoặc xã."
    if wrong or act is None:
        raise ValidationError(wrong)
    words = {
        name: cells.get(name, "") for name in ("unit", "target", "code", "kind", "short_name", "document")
    }
    return Line(act=act, to=to, moves_people=_PEOPLE[people], level=_LEVELS[level], **words)
