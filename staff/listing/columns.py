"""The columns of a list of people, and one line of it as it was meant."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.models import FormOfAddress
from accounts.roles import Role
from foundation.language.dates import parse_date
from foundation.language.vietnamese import fold
from records.lists.pasting import Table
from staff.listing.words import full_title, meant_host, role_of_title, role_of_word

NEW = ("moi", "nguoi moi")  # in the column of usernames: surely nobody who is known already
COLUMNS = {
    "name": ("Họ và tên", "Họ tên", "Tên", "Họ và tên giáo viên", "Họ và tên CBGV", "Họ, tên"),
    "title": ("Chức vụ", "Chức danh", "CV", "Chức vụ, chức danh", "Nhiệm vụ"),
    "unit": ("Đơn vị", "Trường", "Đơn vị công tác", "Tên trường", "Nơi công tác"),
    "email": ("Thư điện tử", "Email", "E-mail", "Gmail", "Mail", "Địa chỉ email", "Địa chỉ thư điện tử"),
    "valid_from": ("Từ ngày", "Ngày bắt đầu", "Ngày nhận nhiệm vụ", "Bắt đầu"),
    "valid_until": ("Đến ngày", "Đến hết ngày", "Ngày kết thúc", "Kết thúc"),
    "role": ("Vai trò", "Vai trò trong tòa soạn", "Quyền"),
    "username": ("Tên đăng nhập", "Tài khoản", "Username", "User"),
    "address": ("Xưng hô", "Danh xưng"),
    "document": ("Căn cứ", "Quyết định", "Số quyết định"),
    "phone": ("Điện thoại", "Số điện thoại", "SĐT", "ĐT", "Di động", "Zalo"),
    "note": ("Ghi chú",),
}
EXAMPLE = (
    ("Họ và tên", "Chức vụ", "Đơn vị", "Thư điện tử", "Từ ngày"),
    ("Nguyễn Thị Lan", "GV", "THPT Chu Văn An", "lannt@truong.example", "1/9/2026"),
    ("Y Phu Êban", "P.HT", "THPT Chu Văn An", "", "1/9/2026"),
)
_ADDRESSES = {fold(label): value for value, label in FormOfAddress.choices}
_ADDRESSES |= {"ong": FormOfAddress.BROTHER, "ba": FormOfAddress.SISTER, "": FormOfAddress.FRIEND}


@dataclass(frozen=True)
class Line:
    """One line as it was meant; `first` is None where the list does not say from when."""

    name: str
    title: str
    role: str
    unit: str
    email: str
    first: datetime.date | None
    last: datetime.date | None
    username: str
    is_new: bool
    address: str
    document: str


def table_of_people(*, has_roles: bool) -> Table:
    """Return how the list is read; with a column of roles (`has_roles`), titles give none."""

    def build(cells: dict[str, str]) -> Line:
        return _line(cells, has_roles=has_roles)

    return Table(COLUMNS, 4, build, EXAMPLE, frozenset({"valid_from", "valid_until"}))


def _line(cells: dict[str, str], *, has_roles: bool) -> Line:
    """Return the line that the cells mean. Raises ValidationError, by column."""
    wrong: dict[str, str] = {}
    name, title = cells.get("name", ""), full_title(cells.get("title", ""))
    if not any(map(str.isalpha, name)) or " " not in name:
        wrong["name"] = f"“{name}” chưa đủ họ và tên." if name else "Hãy ghi họ và tên."
    if not title:
        wrong["title"] = "Hãy ghi chức vụ, ví dụ Hiệu trưởng, GV."
    if not cells.get("unit"):
        wrong["unit"] = "Hãy ghi đơn vị."
    username = cells.get("username", "").lower()
    is_new = fold(username) in NEW
    found: dict[str, Any] = {
        "role": _asked(wrong, "role", _role, cells.get("role", "") if has_roles else None, title),
        "email": _asked(wrong, "email", _email, cells.get("email", "")),
        "first": _asked(wrong, "valid_from", _day, cells.get("valid_from", "")),
        "last": _asked(wrong, "valid_until", _day, cells.get("valid_until", "")),
        "username": _asked(wrong, "username", _username, "" if is_new else username),
        "address": _asked(wrong, "address", _address, cells.get("address", "")),
    }
    if found["first"] and found["last"] and found["last"] < found["first"]:
        wrong["valid_until"] = "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."
    if wrong:
        raise ValidationError(wrong)
    words = {"unit": cells["unit"], "document": cells.get("document", "")}
    return Line(name=name, title=title, is_new=is_new, **words, **found)


def _asked(wrong: dict[str, str], column: str, read: Any, *cells: Any) -> Any:
    try:
        return read(*cells)
    except ValueError as problem:
        wrong[column] = str(problem)
        return ""


def _role(cell: str | None, title: str) -> str:
    """Read the role. Raises ValueError, as the other readers do, with words for the person."""
    if cell is None:
        role = role_of_title(title)
        if role is None and title:
            raise ValueError(f"Chức vụ “{title}” chưa rõ vai trò: hãy thêm cột Vai trò (Cộng tác viên …).")
        return role or ""
    word = role_of_word(cell)
    if word is None:
        raise ValueError(f"Không có vai trò “{cell}”. Hãy ghi: {', '.join(Role.labels)}, hoặc để trống.")
    return word


def _email(cell: str) -> str:
    email = "".join(cell.split()).lower()
    if not email or email == "-":
        return ""
    host = email.rpartition("@")[2]
    if meant := meant_host(host):
        raise ValueError(f"“{email}”: có phải {email.removesuffix(host)}{meant}? Hãy sửa lại.")
    try:
        validate_email(email)
    except ValidationError as problem:
        raise ValueError(f"“{cell}” chưa đúng là địa chỉ thư.") from problem
    return email


def _day(cell: str) -> datetime.date | None:
    if not cell:
        return None
    day = parse_date(cell)
    if day is None:
        raise ValueError(f"Không đọc được ngày “{cell}”. Hãy ghi như 1/9/2026.")
    return day


def _username(cell: str) -> str:
    try:
        if cell:
            UnicodeUsernameValidator()(cell)
    except ValidationError as problem:
        raise ValueError(f"“{cell}” không dùng làm tên đăng nhập được: chỉ chữ, số và . _ - @ +") from problem
    return cell


def _address(cell: str) -> str:
    if fold(cell) not in _ADDRESSES:
        raise ValueError(f"Chưa có cách xưng hô “{cell}”: hãy ghi bạn, anh, chị, thầy hoặc cô.")
    return _ADDRESSES[fold(cell)]
