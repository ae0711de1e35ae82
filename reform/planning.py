"""What the lines of a reform mean for the units there are: who closes, who follows, whose relations move."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from departments.enums import CommitteeLevel, DepartmentKind, RelationKind, SuccessionKind
from departments.matching import UnitNames, UnitUnknown, kind_called, kind_of_name, level_of_name, unit_key
from departments.models import Department, DepartmentRelation
from departments.querysets import on_day
from foundation.language.dates import format_date
from foundation.language.vietnamese import fold, slug
from records.lists.pasting import TableReport
from reform.lines import MOVED, NOBODY, Act, Line

DAY = datetime.timedelta(days=1)


@dataclass
class Closing:
    """A unit that ends the day before; `successors` with how each follows.

    `house` says whose the units under it become, by kind of relation; None leaves them without.
    """

    unit: Department
    line: int
    successors: dict[int, tuple[Department, SuccessionKind]] = field(default_factory=dict)
    house: dict[RelationKind, Department | None] = field(default_factory=dict)
    moves_people: bool | None = None
    document: str = ""

    @property
    def is_merged(self) -> bool:
        return any(manner == SuccessionKind.MERGE for _, manner in self.successors.values())


@dataclass
class Founded:
    """A new unit, not saved yet, and the units above it by kind."""

    unit: Department
    line: int
    is_coded: bool = False  # the line gives a code: another unit of the same name is meant
    above: dict[RelationKind, Department] = field(default_factory=dict)


@dataclass
class Moved:
    """A unit that goes under others, by kind; None ends the relation and puts none in its place."""

    unit: Department
    line: int
    to: dict[RelationKind, Department | None]
    document: str = ""


@dataclass
class Renamed:
    """A unit's new name."""

    unit: Department
    line: int
    name: str
    short_name: str = ""
    document: str = ""


@dataclass
class Parted:
    """Something new came out of a unit that goes on."""

    unit: Department
    other: Department
    document: str = ""


@dataclass
class Plan:
    """A whole reform as of `day`, the first of the new order. With one error nothing is saved.

    `errors` are (line, sentence); `notes` are sentences.
    """

    day: datetime.date
    document: str = ""
    founded: list[Founded] = field(default_factory=list)
    closings: dict[int, Closing] = field(default_factory=dict)
    parted: list[Parted] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def last(self) -> datetime.date:
        """The last day of the old order."""
        return self.day - DAY

    @property
    def does_something(self) -> bool:
        return bool(self.founded or self.closings or self.parted or self.moved or self.renamed)


def plan_of(report: TableReport, *, day: datetime.date, document: str = "") -> Plan:
    """Return the plan of a table that was read; a fixed number of queries."""
    plan = Planner(list(zip(report.lines, report.rows, strict=True)), day, document).read_plan()
    plan.errors[:0] = report.errors
    plan.notes[:0] = report.notes
    return plan


class Planner:
    """Finds the units that the lines name, as of the day, and asks where something is left open."""

    def __init__(self, rows: Sequence[tuple[int, Line]], day: datetime.date, document: str):
        self.rows, self.plan = rows, Plan(day, document)
        self.names = UnitNames(day)
        self.new: dict[str, list[Department]] = defaultdict(list)  # by name and by code
        self.moved: set[tuple[int, RelationKind]] = set()
        self.closing_units: dict[int, int] = {}  # by line

    def read_plan(self) -> Plan:
        """Return the plan. What closes is found first: of two units with one name the other one stays."""
        for number, line in self.rows:
            if line.act is Act.FOUND:
                self._try(number, self._found, line)
        for number, line in self.rows:
            if line.act.closes:
                self._try(number, self._close, line)
        self.names.left_out = set(self.plan.closings)
        for number, line in self.rows:
            self._try(number, self._place, line)
        self._settle_houses()
        return self.plan

    def _try(self, number: int, step, line: Line) -> None:
        try:
            step(number, line)
        except UnitUnknown as unknown:
            self.plan.errors.append((number, str(unknown)))

    # --- the units meant --------------------------------------------------------------------------------

    def _standing(self, word: str) -> Department:
        """Return the unit that was open on the last day of the old order."""
        return self.names.find(word, self.plan.last, self.plan.last).unit

    def _staying(self, word: str) -> Department:
        """Return the unit that is open in the new order: a new one, or one that stays."""
        if found := self.new.get(unit_key(word)) or self.new.get(f"mã {word.lower()}"):
            if len(found) == 1:
                return found[0]
            raise UnitUnknown(f"Bảng thành lập nhiều đơn vị tên “{word}”: hãy ghi mã ở cột Mã, dùng mã ấy.")
        return self.names.find(word, self.plan.day, None).unit

    def _above(self, line: Line) -> dict[RelationKind, Department | None]:
        return {kind: None if fold(word) in NOBODY else self._staying(word) for kind, word in line.to.items()}

    # --- what each line does ----------------------------------------------------------------------------

    def _found(self, number: int, line: Line) -> None:
        kind = kind_called(line.kind) if line.kind else kind_of_name(line.unit)
        if not kind:
            what = (
                f"Không có loại đơn vị “{line.kind}”"
                if line.kind
                else f"Chưa rõ “{line.unit}” thuộc loại nào"
            )
            raise UnitUnknown(f"{what}: hãy ghi cột Loại như ở trang đơn vị, ví dụ Trường tiểu học.")
        is_committee = kind == DepartmentKind.PEOPLES_COMMITTEE
        level = (line.level or level_of_name(line.unit)) if is_committee else ""
        if is_committee and not level:
            levels = ", ".join(word.lower() for word in ("Tỉnh", "Xã"))
            raise UnitUnknown(f"Chưa rõ “{line.unit}” là ủy ban cấp nào: hãy ghi cột Cấp ({levels}).")
        if line.level and not is_committee:
            raise UnitUnknown("Chỉ Ủy ban nhân dân có cấp: hãy để trống cột Cấp.")
        if level == CommitteeLevel.DISTRICT and self.plan.day >= datetime.date(2025, 7, 1):
            raise UnitUnknown("Từ 01/7/2025 không còn ủy ban nhân dân cấp huyện.")
        unit = Department(kind=kind, committee_level=level, name=line.unit, short_name=line.short_name)
        unit.code, unit.valid_from = self._code(line), self.plan.day
        unit.founding_document = line.document or self.plan.document
        self.plan.founded.append(Founded(unit, number, bool(line.code)))
        for key in {unit_key(line.unit), unit_key(line.short_name), f"mã {unit.code.lower()}"} - {""}:
            self.new[key].append(unit)

    def _code(self, line: Line) -> str:
        """Return the code of the line; else one made of the name that no unit has."""
        taken = {unit.code.lower() for unit in self.names.units.values()}
        taken |= {made.unit.code.lower() for made in self.plan.founded}
        if line.code:
            if line.code.lower() in taken:
                raise UnitUnknown(f"Mã “{line.code}” đã có đơn vị khác dùng.")
            return line.code
        wanted = slug(line.short_name or line.unit)[:30].strip("-").upper()
        number = 1
        while (code := wanted if number == 1 else f"{wanted}-{number}").lower() in taken:
            number += 1
        return code

    def _close(self, number: int, line: Line) -> None:
        unit = self._standing(line.unit)
        if unit.valid_until is not None:
            until = format_date(unit.valid_until, "so")
            raise UnitUnknown(f"{unit} đã được ghi kết thúc ngày {until}: hãy sửa ở trang của đơn vị trước.")
        closing = self.plan.closings.setdefault(unit.pk, Closing(unit, number))
        if closing.moves_people is None:
            closing.moves_people = line.moves_people
        closing.document = closing.document or line.document or self.plan.document
        self.closing_units[number] = unit.pk

    def _place(self, number: int, line: Line) -> None:
        match line.act:
            case Act.FOUND:
                for made in (one for one in self.plan.founded if one.line == number):
                    made.above = {kind: unit for kind, unit in self._above(line).items() if unit is not None}
            case Act.RENAME:
                words = line.target, line.short_name, line.document or self.plan.document
                self.plan.renamed.append(Renamed(self._staying(line.unit), number, *words))
            case Act.MOVE:
                self._move(number, line)
            case Act.PART:
                document = line.document or self.plan.document
                pair = self._staying(line.unit), self._staying(line.target)
                self.plan.parted.append(Parted(*pair, document))
            case _:
                if number in self.closing_units:
                    self._place_closing(number, line)

    def _move(self, number: int, line: Line) -> None:
        unit, to = self._staying(line.unit), self._above(line)
        for kind in to:
            if to[kind] is unit:
                raise UnitUnknown(f"{unit} không thể trực thuộc chính nó.")
            if (unit.pk, kind) in self.moved:
                raise UnitUnknown(f"{unit}: hai dòng cùng chuyển một quan hệ ({kind.label}).")
            self.moved.add((unit.pk, kind))
        self.plan.moved.append(Moved(unit, number, to, line.document or self.plan.document))

    def _place_closing(self, number: int, line: Line) -> None:
        closing = self.plan.closings[self.closing_units[number]]
        if line.target:
            manner = {Act.MERGE: SuccessionKind.MERGE, Act.SPLIT: SuccessionKind.SPLIT}
            target = self._staying(line.target)
            closing.successors[id(target)] = target, manner.get(line.act, SuccessionKind.TRANSFER)
        for kind, unit in self._above(line).items():
            if closing.house.get(kind, unit) is not unit:
                raise UnitUnknown(
                    f"{closing.unit}: hai dòng ghi hai nơi nhận khác nhau ({RelationKind(kind).label})."
                )
            closing.house[kind] = unit

    # --- the units under those that close ---------------------------------------------------------------

    def _settle_houses(self) -> None:
        """Ask about units that would be left without; what has one successor goes to it."""
        under = DepartmentRelation.objects.filter(related__in=self.plan.closings, kind__in=MOVED)
        under = under.exclude(department__in=self.plan.closings).filter(
            on_day(self.plan.last) | on_day(self.plan.day)
        )
        left: dict[tuple[int, str], list[str]] = defaultdict(list)
        for row in under.select_related("department"):
            if row.valid_until == self.plan.last or (row.department_id, row.kind) in self.moved:
                continue
            left[row.related_id, row.kind].append(row.department.name)
        for (pk, kind), names in left.items():
            closing = self.plan.closings[pk]
            if kind in closing.house:
                continue
            followers = [unit for unit, _ in closing.successors.values()]
            if len(followers) == 1:
                closing.house[RelationKind(kind)] = followers[0]
            else:
                self.plan.errors.append((closing.line, _left_words(closing, RelationKind(kind), names)))


def _left_words(closing: Closing, kind: RelationKind, names: list[str]) -> str:
    more = f" và {len(names) - 3} đơn vị nữa" if len(names) > 3 else ""
    return (
        f"{closing.unit} còn {len(names)} đơn vị trực thuộc chưa rõ chuyển sang đâu – {kind.label}: "
        f"{', '.join(sorted(names)[:3])}{more}. Hãy ghi ở cột của dòng này, hoặc mỗi đơn vị một dòng Chuyển; "
        "chưa có cơ quan nhận thì ghi “không”."
    )
