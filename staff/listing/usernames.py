"""Propose usernames from names: Nguyễn Thị Lan of Trường THPT Chu Văn An is lannt.chuvanan."""

import re
from itertools import count

from departments.enums import DepartmentKind
from departments.models import Department
from foundation.language.vietnamese import fold, name_parts

_KIND_WORDS = re.compile(
    r"^(?:truong|tieu hoc|mam non|mau giao|thpt|thcs|th|trung hoc|pho thong|co so|dan toc noi tru|ptdtnt"
    r"|chuyen|trung tam|gdnn|gdtx|giao duc|thuong xuyen|nghe nghiep|phong|gd|dt|va|dao tao|van hoa|xa hoi"
    r"|ubnd|uy ban nhan dan|xa|phuong|tinh|huyen|thi xa|thanh pho|so|cua)\b[\s&\-.]*"
)
_LONGEST_UNIT = 20


def stem_of(full_name: str, unit: Department) -> str:
    """Return the username that a person of a unit would have if nobody had it: given name, initials, unit."""
    parts = name_parts(full_name)
    initials = "".join(word[0] for word in fold(f"{parts.family} {parts.middle}").split())
    name = _plain(f"{fold(parts.given)}{initials}") or "nguoi"
    return f"{name}.{_unit_word(unit)}"


def _unit_word(unit: Department) -> str:
    if unit.kind == DepartmentKind.PROVINCE_OFFICE:
        return "so"
    words = fold(unit.short_name or unit.name)
    while (rest := _KIND_WORDS.sub("", words)) != words:
        words = rest
    return _plain(words)[:_LONGEST_UNIT] or _plain(unit.code.lower())


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text)


def free_username(full_name: str, unit: Department, taken: set[str]) -> str:
    """Return an unused username and add it to `taken`: the second Lan is lannt2.chuvanan."""
    name, _, place = stem_of(full_name, unit).partition(".")
    candidates = (f"{name}{'' if number == 1 else number}.{place}" for number in count(1))
    username = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(username)
    return username
