"""How pasted tables of delegates, units and programme items become rows of an event."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from departments.enums import Honorific
from departments.naming import units_named_on
from events.enums import Qualifier
from events.fields import HourField
from events.forms import programme_moment
from events.models import Delegate, Event, ParticipatingGroup, ProgrammeItem
from events.timing import first_day
from foundation.language.numbers import parse_number
from foundation.language.vietnamese import fold
from records.fields import DayField
from records.lists.pasting import Table

_HONORIFICS = {fold(one.value): one for one in Honorific if one.value}
_QUALIFIERS = {fold(one.value): one for one in Qualifier if one.value}


def delegate_table(event: Event) -> Table:
    """Names with titles; “Ông”, “Bà” before a name is its honorific."""

    def build(cells: dict[str, str]) -> Delegate:
        title, name = _first_word(cells.get("name", ""), _HONORIFICS)
        typed = cells.get("honorific", "")
        honorific = _HONORIFICS.get(fold(typed), title or Honorific.NONE)
        if typed and fold(typed) not in _HONORIFICS:
            raise ValidationError({"honorific": f"“{typed}” chưa rõ: hãy ghi Ông, Bà, Thầy, Cô hoặc Em."})
        return _checked(Delegate(event=event, honorific=honorific, name=name, title=cells.get("title", "")))

    columns = {
        "name": ("Họ và tên", "Họ tên", "Tên", "Đại biểu", "Tên ghi trên trang"),
        "title": ("Chức danh", "Chức vụ", "Chức danh hôm đó", "Chức vụ, đơn vị", "Chức danh, đơn vị"),
        "honorific": ("Danh xưng", "Ông/Bà", "Ông, bà"),
    }
    example = (("Họ và tên", "Chức danh"), ("Ông Trần Văn Minh", "Hiệu trưởng Trường THPT Chu Văn An"))
    return Table(columns, 2, build, example)


def participant_table(event: Event) -> Table:
    """Units as written on the page; one that the directory had on that day is linked."""
    units = units_named_on(first_day(event))

    def build(cells: dict[str, str]) -> ParticipatingGroup:
        label, typed = cells.get("label", ""), cells.get("count", "")
        qualifier, number = _first_word(typed, _QUALIFIERS)
        count = parse_number(number) if number else None
        if typed and not (isinstance(count, int) and 0 <= count < 1_000_000):
            raise ValidationError({"count": f"không đọc được số “{typed}”, hãy ghi như 12 hoặc “gần 12”."})
        row = ParticipatingGroup(event=event, label=label, count=count, department_id=units.get(fold(label)))
        row.count_qualifier = qualifier or Qualifier.EXACT
        return _checked(row)

    columns = {
        "label": ("Đơn vị", "Tên đơn vị", "Đơn vị tham dự", "Ghi trên trang", "Trường"),
        "count": ("Số đơn vị", "Số lượng"),
    }
    example = (("Đơn vị", "Số đơn vị"), ("Trường THPT Chu Văn An", ""), ("Phòng Văn hóa – Xã hội", "gần 100"))
    return Table(columns, 1, build, example)


def programme_table(event: Event) -> Table:
    """Hours with what happens; the day may be left out for the first day."""

    def build(cells: dict[str, str]) -> ProgrammeItem:
        hour = _field(HourField(), "hour", cells)
        day = _field(DayField(required=False), "day", cells)
        try:
            moment = programme_moment(event, day, hour)
        except ValidationError as problem:
            raise ValidationError({"day": problem.messages}) from problem
        row = ProgrammeItem(event=event, starts_at=moment, title=cells.get("title", ""))
        row.note = cells.get("note", "")
        return _checked(row)

    columns = {
        "hour": ("Giờ", "Thời gian", "Lúc"),
        "title": ("Nội dung", "Nội dung chương trình"),
        "note": ("Chi tiết", "Ghi chú", "Người thực hiện"),
        "day": ("Ngày",),
    }
    return Table(columns, 3, build, (("Giờ", "Nội dung"), ("7h30", "Đón đại biểu"), ("8:00", "Khai mạc")))


def _first_word[Word](text: str, known: dict[str, Word]) -> tuple[Word | None, str]:
    """Return the known word that the text begins with, and the rest."""
    first, _, rest = text.partition(" ")
    found = known.get(fold(first)) if rest.strip() else None
    return (found, rest.strip()) if found else (None, text)


def _field(field: Any, name: str, cells: dict[str, str]) -> Any:
    try:
        return field.clean(cells.get(name, ""))
    except ValidationError as problem:
        raise ValidationError({name: problem.messages}) from problem


def _checked[Row: models.Model](row: Row) -> Row:
    """Return the row if its own fields allow its words; links and places are not typed."""
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
    return row
