"""The forms of a reform: a whole table, or one unit that closes."""

import datetime
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone

from departments.enums import RelationKind
from departments.models import Department, DepartmentRelation
from foundation.choosing.boxes import ChoiceBox, ChoicesBox, ChoicesField
from foundation.choosing.labels import RowField
from foundation.language.fields import LineField
from records.lists.forms import TableForm
from records.lists.pasting import TableReport
from reform.lines import MOVED, Act, Line
from reform.planning import Plan, plan_of

DAY_HELP = "Ngày đầu tiên của cách sắp xếp mới; đơn vị thôi hoạt động hết ngày hôm trước."
YEARS = range(2000, 2101)
DEFAULT_DOCUMENT = "Căn cứ, khi bảng không ghi"


class DayField(forms.DateField):
    """The first day of the new order, in the years that a unit can have."""

    default_error_messages = {"years": "Ngày phải từ năm 2000 đến năm 2100."}

    def __init__(self) -> None:
        widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
        super().__init__(label="Từ ngày", widget=widget, help_text=DAY_HELP)

    def clean(self, value: Any) -> datetime.date:
        day: datetime.date = super().clean(value)
        if day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["years"], code="years")
        return day


class ReformForm(TableForm):
    """A table, the day from which it counts, and the document for lines that name none."""

    day = DayField()
    document = LineField(label=DEFAULT_DOCUMENT, required=False, max_length=200)
    field_order = ("upload", "text", "day", "document")


class ClosingForm(forms.Form):
    """One unit closes: how, when, who follows, and to whom the units under it go; `plan` when valid."""

    act = forms.ChoiceField(
        label="Việc",
        widget=forms.RadioSelect,
        choices=[
            (Act.MERGE.name, "Sáp nhập vào một đơn vị"),
            (Act.SPLIT.name, "Chia thành nhiều đơn vị"),
            (Act.DISSOLVE.name, "Giải thể, kết thúc hoạt động"),
        ],
    )
    day = DayField()
    document = LineField(label="Căn cứ", required=False, max_length=200, help_text="Số quyết định, nếu có.")
    successors = ChoicesField(
        Department.objects.none(),
        label="Đơn vị tiếp nhận",
        required=False,
        help_text="Đơn vị kế thừa: duyệt bài còn chờ, mang tin cũ. Sáp nhập cần đúng một, chia cần từ hai. "
        "Đơn vị mới thì lập ở trang Thêm đơn vị trước, hoặc dùng bảng.",
    )
    people = forms.ChoiceField(
        label="Người của đơn vị",
        choices=[("move", "Chuyển theo sang đơn vị tiếp nhận"), ("end", "Chức danh kết thúc theo đơn vị")],
        help_text="Trưởng, phó đơn vị chỉ chuyển theo khi một đơn vị thành một đơn vị chưa có người đứng "
        "đầu; còn lại là bổ nhiệm mới. Ai cũng được báo.",
    )

    plan: Plan | None = None

    def __init__(self, unit: Department, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.unit = unit
        units = Department.objects.exclude(pk=unit.pk).to_choose()
        self._choose("successors", units, ChoicesBox)
        self.house = _count_house(unit)
        for kind, count in self.house.items():
            self.fields[kind] = RowField(
                units, label=f"{RelationKind(kind).label}: {count} đơn vị chuyển sang", required=False
            )
            self.fields[kind].help_text = "Để trống thì sang đơn vị tiếp nhận, nếu chỉ có một."
            self._choose(kind, units, ChoiceBox)
            self.fields[f"{kind}_none"] = forms.BooleanField(
                label="Chưa có cơ quan nhận",
                required=False,
                help_text="Sẽ nằm ở danh sách chưa có cơ quan quản lý.",
            )
        house = [name for kind in self.house for name in (kind, f"{kind}_none")]
        self.order_fields(("act", "day", "document", "successors", *house, "people"))

    def _choose(self, name: str, units: Any, box: type) -> None:
        field = cast(forms.ModelChoiceField, self.fields[name])
        field.queryset = units
        field.widget = box(DepartmentRelation._meta.get_field("related"), admin.site)
        field.widget.choices = field.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        act, followers = Act[cleaned["act"]], list(cleaned["successors"])
        if act is Act.MERGE and len(followers) != 1:
            self.add_error("successors", "Sáp nhập: hãy chọn đúng một đơn vị tiếp nhận.")
        if act is Act.SPLIT and len(followers) < 2:
            self.add_error("successors", "Chia: hãy chọn từ hai đơn vị.")
        for kind in self.house:
            if cleaned.get(kind) and cleaned.get(f"{kind}_none"):
                self.add_error(kind, "Đã chọn đơn vị nhận thì bỏ dấu ở ô “Chưa có cơ quan nhận”.")
        if not self.errors:
            self.plan = self._plan(act, followers, cleaned)
        return cleaned

    def _plan(self, act: Act, followers: list[Department], cleaned: dict[str, Any]) -> Plan:
        to = {RelationKind(kind): cleaned[kind].code for kind in self.house if cleaned.get(kind)}
        to |= {RelationKind(kind): "không" for kind in self.house if cleaned.get(f"{kind}_none")}
        lines = [
            Line(act, self.unit.code, target, to, moves_people=cleaned["people"] == "move")
            for target in [unit.code for unit in followers] or [""]
        ]
        report = TableReport(rows=lines, lines=list(range(1, len(lines) + 1)))
        return plan_of(report, day=cleaned["day"], document=cleaned["document"])


def _count_house(unit: Department) -> dict[str, int]:
    """Return how many units stand under this one, by kind of relation, in the order of the kinds."""
    rows = DepartmentRelation.objects.filter(related=unit, kind__in=MOVED)
    rows = rows.filter(Q(department__valid_until=None) & (Q(valid_until=None) | Q(valid_until__gte=_today())))
    counts = dict(rows.order_by().values("kind").annotate(number=Count("pk")).values_list("kind", "number"))
    return {kind.value: counts[kind] for kind in MOVED if kind in counts}


def _today() -> datetime.date:
    return timezone.localdate()
