"""Find the unit that a list means: by its full, short or old name, however schools shorten it."""

import datetime
import difflib
import re
from collections import defaultdict
from dataclasses import dataclass

from departments.enums import CommitteeLevel, DepartmentKind, RelationKind
from departments.models import Department, DepartmentName, DepartmentRelation
from foundation.language.dates import format_date
from foundation.language.searching import SYNONYMS, word_sequence
from foundation.language.vietnamese import fold

_SHORT = {
    "tr": "truong",
    "th": "tieu hoc",
    "mn": "mam non",
    "mg": "mau giao",
    "c3": "thpt",
    "c2": "thcs",
    "pgd": "phong gd dt",
    "tt": "trung tam",
    "tp": "thanh pho",
    "tx": "thi xa",
    "p": "phuong",
    "vp": "van phong",
    "pt": "pho thong",
}
_LONGEST_FIRST = sorted(
    ((other, names[0]) for names in SYNONYMS for other in names[1:]), key=lambda pair: -len(pair[0])
)

# What follows “Ủy ban nhân dân”, “UBND”.
_PLACE = re.compile(r"\b(tinh|xa|phuong|dac khu|thi tran|huyen|quan|thi xa) ")
_LEVELS = {
    "tinh": CommitteeLevel.PROVINCE,
    "huyen": CommitteeLevel.DISTRICT,
    "quan": CommitteeLevel.DISTRICT,
    "thi xa": CommitteeLevel.DISTRICT,
}


class UnitUnknown(ValueError):
    """The word names no unit, or several, or a closed one; the message is for the person."""


def unit_key(name: str) -> str:
    """Return a unit's name as it is compared: words without marks, short forms written out."""
    words = [_SHORT.get(word, word) for word in word_sequence(name)]
    key = f" {' '.join(words)} "
    for other, first in _LONGEST_FIRST:
        key = key.replace(f" {other} ", f" {first} ")
    return key.strip().removeprefix("truong ")


@dataclass(frozen=True)
class FoundUnit:
    """A unit, and what is said if it was found by an old name."""

    unit: Department
    note: str = ""


class UnitNames:
    """The names of all units, now and ever; makes three queries in all."""

    def __init__(self, today: datetime.date):
        self.today = today
        self.units = {unit.pk: unit for unit in Department.objects.all()}
        self._now: dict[str, set[int]] = defaultdict(set)
        self._ever: dict[str, set[int]] = defaultdict(set)
        rows = DepartmentName.objects.values_list("department", "name", "short_name")
        for pk, name, short_name in rows:
            for word in filter(None, (name, short_name)):
                self._ever[unit_key(word)].add(pk)
        for pk, unit in self.units.items():
            for word in filter(None, (unit.name, unit.short_name)):
                self._now[unit_key(word)].add(pk)
        self._codes = {unit.code.lower(): pk for pk, unit in self.units.items()}
        self.left_out: set[int] = set()  # units that are not meant, whatever they are called
        self._met: dict[tuple[str, datetime.date, bool], FoundUnit | UnitUnknown] = {}

    def find(self, word: str, first: datetime.date, last: datetime.date | None) -> FoundUnit:
        """Return the unit of this name that is open on these days, to its end if `last` is None.

        Raises UnitUnknown.
        """
        asked = (word, first, last is None)
        if asked not in self._met:
            try:
                self._met[asked] = self._find(word, first, last)
            except UnitUnknown as unknown:
                self._met[asked] = unknown
        met = self._met[asked]
        if isinstance(met, UnitUnknown):
            raise met
        return met

    def _find(self, word: str, first: datetime.date, last: datetime.date | None) -> FoundUnit:
        key, code = unit_key(word), self._codes.get(word.lower())
        found = {code} if code else self._now.get(key, set()) | self._ever.get(key, set())
        found = found or self._ending_in(key)
        if found and not found - self.left_out:
            raise UnitUnknown(f"“{word}” kết thúc theo chính bảng này: hãy ghi đơn vị tiếp nhận.")
        found = found - self.left_out
        open_ones = {pk for pk in found if self._is_open(self.units[pk], first, last)}
        by_name_today = open_ones & self._now.get(key, set())
        for choice in (by_name_today, open_ones):
            if len(choice) == 1:
                unit = self.units[choice.pop()]
                is_old = not code and key not in map(unit_key, (unit.name, unit.short_name))
                return FoundUnit(unit, f"“{word}” nay là {unit.name}" if is_old else "")
        if open_ones:
            names = "; ".join(sorted(f"{self.units[pk].name} (mã {self.units[pk].code})" for pk in open_ones))
            raise UnitUnknown(f"“{word}” có ở nhiều đơn vị: {names}. Hãy ghi mã đơn vị.")
        raise self._closed(word, found) if found else self._unknown(word, key)

    def _ending_in(self, key: str) -> set[int]:
        """Return the units whose name ends in these words: “Chu Văn An”. Two words at least."""
        if " " not in key:
            return set()
        return {pk for name, pks in self._now.items() if name.endswith(f" {key}") for pk in pks}

    @staticmethod
    def _is_open(unit: Department, first: datetime.date, last: datetime.date | None) -> bool:
        if not unit.is_open_on(first):
            return False
        return unit.valid_until is None or (last is not None and last <= unit.valid_until)

    def _closed(self, word: str, found: set[int]) -> UnitUnknown:
        unit = self.units[min(found)]
        if unit.valid_until is None:
            begins = format_date(unit.valid_from, "so")
            return UnitUnknown(f"“{word}” chỉ hoạt động từ ngày {begins}, sau ngày đang ghi.")
        after = DepartmentRelation.objects.filter(department=unit, kind=RelationKind.SUCCESSION)
        names = ", ".join(str(self.units[pk]) for pk in after.values_list("related", flat=True))
        ended = f"“{word}” đã kết thúc ngày {format_date(unit.valid_until, 'so')}"
        return UnitUnknown(f"{ended}; nay là {names}. Hãy ghi tên mới." if names else f"{ended}.")

    def _unknown(self, word: str, key: str) -> UnitUnknown:
        near = difflib.get_close_matches(key, self._now, n=2, cutoff=0.75)
        names = " hoặc ".join(self.units[min(self._now[one])].name for one in near)
        question = f" Có phải {names}?" if names else " Hãy ghi đúng tên trong danh bạ, hoặc mã đơn vị."
        return UnitUnknown(f"Danh bạ không có đơn vị “{word}”.{question}")


# How schools call themselves, besides the label of their kind; compared as `unit_key` compares.
_WORDS_OF_KIND = {
    DepartmentKind.PRIMARY_AND_LOWER: ("TH-THCS", "TH & THCS", "Tiểu học và THCS", "TH THCS"),
    DepartmentKind.LOWER_AND_HIGH: ("THCS-THPT", "THCS & THPT", "THCS THPT"),
    DepartmentKind.ALL_LEVELS: (
        "TH-THCS-THPT",
        "TH, THCS, THPT",
        "Tiểu học, THCS và THPT",
        "Trường phổ thông liên cấp",
        "Trường liên cấp",
        "Trường phổ thông nhiều cấp học",
    ),
    DepartmentKind.HIGH_SCHOOL: ("THPT chuyên",),
    DepartmentKind.KINDERGARTEN: ("Mẫu giáo", "Nhà trẻ"),
    DepartmentKind.BOARDING_SCHOOL: ("Phổ thông dân tộc nội trú", "PT DTNT"),
    DepartmentKind.SEMI_BOARDING: ("Phổ thông dân tộc bán trú", "PT DTBT"),
    DepartmentKind.SPECIAL_SCHOOL: (
        "Trường giáo dục chuyên biệt",
        "Trường phổ thông chuyên biệt",
        "Trung tâm hỗ trợ phát triển giáo dục hòa nhập",
    ),
    DepartmentKind.CONTINUING_CENTRE: (
        "Trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên",
        "TT GDNN-GDTX",
        "TTGDNN-GDTX",
    ),
    DepartmentKind.EDUCATION_CENTRE: ("Trung tâm giáo dục thường xuyên", "TT GDTX", "TTGDTX"),
    DepartmentKind.PEOPLES_COMMITTEE: ("UBND",),
    DepartmentKind.PROVINCE_OFFICE: ("Sở Giáo dục và Đào tạo",),
    DepartmentKind.DISTRICT_OFFICE: ("Phòng Giáo dục và Đào tạo",),
    DepartmentKind.COMMUNE_OFFICE: ("Phòng Văn hóa - Xã hội",),
}


def _keys_of(kind: DepartmentKind) -> set[str]:
    return {unit_key(word) for word in (kind.label, *_WORDS_OF_KIND.get(kind, ()))}


def kind_called(word: str) -> str:
    """Return the kind of unit that a cell names; empty if there is none."""
    key = unit_key(word)
    return next((kind.value for kind in DepartmentKind if key in _keys_of(kind) or kind.value == word), "")


def kind_of_name(name: str) -> str:
    """Return the kind whose words a unit's name begins with, the longest; empty if none does."""
    key = f"{unit_key(name)} "
    words = [(word, kind) for kind in DepartmentKind for word in _keys_of(kind)]
    begun = [(len(word), kind.value) for word, kind in words if key.startswith(f"{word} ")]
    return max(begun)[1] if begun else ""


def level_of_name(name: str) -> str:
    """Return the level of a people's committee that its name tells; empty if it tells none.

    A “thành phố” may be a province or, until June 2025, a district: its name alone does not say.
    """
    found = _PLACE.search(fold(name))
    return _LEVELS.get(found[1], CommitteeLevel.COMMUNE) if found else ""
