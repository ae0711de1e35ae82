"""Carry a reform out in one transaction: all of it, or nothing; or rehearse it and leave no trace."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from approvals.auditing import audit_act
from departments.access import administrators
from departments.closing import end_with_the_unit
from departments.enums import RelationKind, SuccessionKind
from departments.models import Department, DepartmentName, DepartmentRelation
from departments.naming import free_slug, put_in_force
from departments.querysets import on_day
from foundation.pagestore.announcing import announce
from reform.lines import MOVED
from reform.people import Farewell, move_people, tell_people
from reform.planning import Closing, Plan, Renamed
from reform.powers import Change, changes_of_power


class ReformRefused(Exception):
    """Nothing was saved; `errors` are (line, sentence), line 0 for the whole."""

    def __init__(self, errors: list[tuple[int, str]]):
        super().__init__("; ".join(sentence for _, sentence in errors))
        self.errors = errors


@dataclass
class Outcome:
    """What a reform does: relations begun by kind, people told, who may approve what before and after."""

    relations: Counter[str] = field(default_factory=Counter)
    farewells: list[Farewell] = field(default_factory=list)
    powers: list[Change] = field(default_factory=list)
    unmanaged: list[Department] = field(default_factory=list)


def rehearse(plan: Plan) -> Outcome:
    """Return what the plan would do. Raises ReformRefused."""
    with transaction.atomic():
        outcome = _enact(plan)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def carry_out(plan: Plan, *, by: Any) -> Outcome:
    """Write the reform, tell the people whose positions end, log it. Raises ReformRefused."""
    outcome = _enact(plan)
    tell_people(outcome.farewells, plan.day)
    _log(plan, by)
    return outcome


def _enact(plan: Plan) -> Outcome:
    if plan.errors or not plan.does_something:
        raise ReformRefused(plan.errors or [(0, "Chưa có việc nào để làm.")])
    try:
        with transaction.atomic():
            return Enacting(plan).enact_plan()
    except IntegrityError as clash:
        words = "Những đơn vị này vừa được sửa ở nơi khác, hoặc có hai dòng ghi cùng một việc."
        raise ReformRefused([(0, f"{words} Hãy bấm Kiểm tra lần nữa.")]) from clash


def _log(plan: Plan, by: Any) -> None:
    who, said = str(by.pk), f"Sắp xếp từ {plan.day:%d/%m/%Y}"
    LogEntry.objects.log_actions(who, [made.unit for made in plan.founded], ADDITION, said)
    changed = [closing.unit for closing in plan.closings.values()]
    changed += [one.unit for one in (*plan.moved, *plan.renamed)]
    words = f"{len(plan.founded)} thành lập, {len(plan.closings)} kết thúc, {len(plan.moved)} dòng chuyển"
    audit_act("Sắp xếp đơn vị", by, words=f"{said}: {words}; {plan.document}".rstrip("; "))
    LogEntry.objects.log_actions(who, {unit.pk: unit for unit in changed}.values(), CHANGE, said)


class _Begun(NamedTuple):
    """A relation that begins on the day."""

    unit: Department
    kind: RelationKind
    above: Department
    document: str
    line: int
    until: Any = None


class Enacting:
    """Writes one plan. The number of queries grows with units founded and closed, not with those moved."""

    def __init__(self, plan: Plan):
        self.plan, self.outcome = plan, Outcome()
        self.errors: list[tuple[int, str]] = []
        self.touched: set[int] = set()

    def enact_plan(self) -> Outcome:
        """Write everything. Raises ReformRefused."""
        self._look_again()
        plan, was_administered = self.plan, administrators(self.plan.last).exists()
        for made in plan.founded:
            made.unit.slug = free_slug(made.unit.name, made.unit)
            made.unit.save()
            put_in_force(made.unit, plan.day)
            self.touched.add(made.unit.pk)
        for closing in plan.closings.values():
            self._close(closing)
        for part in plan.parted:
            self._succeed(part.unit, part.other, SuccessionKind.SPLIT, part.document)
        self._move()
        for renamed in plan.renamed:
            self._rename(renamed)
        self._end_the_closed()
        self._refuse_circles()
        self._refuse_circles_of_succession()
        if was_administered and not administrators(plan.day).exists():
            words = "Từ ngày ấy không còn ai giữ vai trò Quản trị: hãy cho người của Sở chuyển theo."
            self.errors.append((0, words))
        announce(Department, DepartmentRelation)
        if self.errors:
            raise ReformRefused(self.errors)
        self._look_at_the_result()
        return self.outcome

    def _look_again(self) -> None:
        """Refuse what somebody did between the plan and now; one reform at a time goes on from here."""
        plan = self.plan
        meant = [closing.unit for closing in plan.closings.values()]
        meant += [unit for closing in plan.closings.values() for unit, _ in closing.successors.values()]
        meant += [unit for part in plan.parted for unit in (part.unit, part.other)]
        planned = {unit.pk: unit for unit in meant if unit.pk}
        locked = Department.objects.select_for_update(no_key=True).order_by("pk")
        locked.first()  # the turn: every reform waits for this row, one that only founds units too
        now = {unit.pk: unit for unit in locked.filter(pk__in=planned)}
        changed = [
            f"{unit} vừa được sửa ở nơi khác: hãy tải lại trang và bấm Kiểm tra lần nữa."
            for pk, unit in planned.items()
            if pk not in now or now[pk].valid_until != unit.valid_until
        ]
        if changed:
            raise ReformRefused([(0, words) for words in changed])
        self._refuse_founded_twice()

    def _refuse_founded_twice(self) -> None:
        named = {made.unit.name: made for made in self.plan.founded if not made.is_coded}
        there = Department.objects.filter(on_day(self.plan.day), name__in=named)
        for unit in there.exclude(pk__in=self.plan.closings).order_by("pk"):
            words = (
                f"Đã có {unit.name} (mã {unit.code}) đang hoạt động. Nếu là đơn vị khác cùng tên, hãy ghi mã"
            )
            self.errors.append((named[unit.name].line, f"{words} của nó ở cột Mã."))
        if self.errors:
            raise ReformRefused(self.errors)

    def _close(self, closing: Closing) -> None:
        unit, plan = closing.unit, self.plan
        unit.valid_until, unit.closing_document = plan.last, closing.document
        unit.save(update_fields=["valid_until", "closing_document"])
        self.touched.add(unit.pk)
        for other, manner in closing.successors.values():
            self._succeed(unit, other, manner, closing.document)

    def _succeed(self, unit: Department, other: Department, manner: SuccessionKind, document: str) -> None:
        pair = {"department": unit, "related": other, "kind": RelationKind.SUCCESSION}
        words = {"succession_kind": manner, "valid_from": self.plan.day, "document": document}
        if not DepartmentRelation.objects.filter(**pair).exists():
            DepartmentRelation.objects.create(**pair, **words)

    def _move(self) -> None:
        """End the relations to units that close and those that lines move, and begin the new ones."""
        closing, day = self.plan.closings, self.plan.day
        begun = [
            _Begun(made.unit, kind, above, made.unit.founding_document, made.line)
            for made in self.plan.founded
            for kind, above in made.above.items()
        ]
        wanted = {(move.unit.pk, kind): move for move in self.plan.moved for kind in move.to}
        going = Q(related__in=closing) | Q(department__in={pk for pk, _ in wanted})
        rows = DepartmentRelation.objects.filter(going, kind__in=MOVED).exclude(department__in=closing)
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=day))
        ended = []
        for row in rows.select_related("department", "related"):
            kind = RelationKind(row.kind)
            if move := wanted.get((row.department_id, kind)):
                above, document, line = move.to[kind], move.document, move.line
            elif row.related_id in closing:
                house = closing[row.related_id]
                above, document, line = house.house.get(kind), house.document, house.line
            else:
                continue
            if above is not None and above.pk == row.related_id:
                wanted.pop((row.department_id, kind), None)  # it stands there already
            elif row.valid_from >= day:
                words = f"{row.department} đã có quan hệ với {row.related} {row.period}"
                self.errors.append((line, f"{words}: hãy sửa ở trang của đơn vị trước."))
            else:
                until, row.valid_until = row.valid_until, self.plan.last
                ended.append(row)
                # Who takes over what it stood under itself stands under nobody then: the preview says so.
                if above is not None and move is None and above.pk != row.department_id:
                    begun.append(_Begun(row.department, kind, above, document, line, until))
        for (_, kind), move in wanted.items():
            if above := move.to[RelationKind(kind)]:
                begun.append(_Begun(move.unit, RelationKind(kind), above, move.document, move.line))
        DepartmentRelation.objects.bulk_update(ended, ["valid_until"], batch_size=500)
        self.touched |= {row.department_id for row in ended}
        self._begin(begun)

    def _begin(self, begun: list[_Begun]) -> None:
        rows = []
        for one in begun:
            row = DepartmentRelation(department=one.unit, kind=one.kind, related=one.above)
            row.valid_from, row.valid_until, row.document = self.plan.day, one.until, one.document
            try:
                row.check_lives()
            except ValidationError as problem:
                self.errors.append((one.line, f"{one.unit}: {' '.join(problem.messages)}"))
                continue
            rows.append(row)
            self.touched.add(one.unit.pk)
            self.outcome.relations[one.kind.label] += 1
        if not self.errors:
            DepartmentRelation.objects.bulk_create(rows, batch_size=500)

    def _rename(self, renamed: Renamed) -> None:
        """End the name in force and begin the new one; a unit renamed on the day it began is asked about."""
        names = DepartmentName.objects.filter(department=renamed.unit)
        if names.filter(valid_from__gte=self.plan.day).exists():
            words = f"{renamed.unit} đã có tên ghi từ ngày này hoặc sau: hãy sửa ở trang của đơn vị."
            self.errors.append((renamed.line, words))
            return
        names.filter(on_day(self.plan.day)).update(valid_until=self.plan.last)
        words = {"name": renamed.name, "short_name": renamed.short_name, "document": renamed.document}
        names.create(department=renamed.unit, valid_from=self.plan.day, **words)
        put_in_force(renamed.unit)
        self.touched.add(renamed.unit.pk)

    def _end_the_closed(self) -> None:
        for closing in self.plan.closings.values():
            self.outcome.farewells += move_people(closing, self.plan)
        for closing in self.plan.closings.values():
            end_with_the_unit(closing.unit)

    def _refuse_circles(self) -> None:
        """A unit under itself would decide about itself: looked for once, over all units."""
        for kind in MOVED[:2]:
            rows = DepartmentRelation.objects.filter(on_day(self.plan.day), kind=kind)
            above = dict(rows.values_list("department", "related"))
            for start in self.touched:
                seen, unit = set(), start
                while unit in above and unit not in seen:
                    seen.add(unit)
                    unit = above[unit]
                if unit == start and seen:
                    name = Department.objects.get(pk=start).name
                    label = RelationKind(kind).label
                    self.errors.append((0, f"{name} trở thành trực thuộc chính nó ({label})."))
                    break

    def _refuse_circles_of_succession(self) -> None:
        """Work of closed units would go round; one that goes on may take back what once came out of it."""
        rows = DepartmentRelation.objects.filter(kind=RelationKind.SUCCESSION)
        after: dict[int, set[int]] = {}
        for pk, follower in rows.exclude(department__valid_until=None).values_list("department", "related"):
            after.setdefault(pk, set()).add(follower)
        for closing in self.plan.closings.values():
            seen: set[int] = set()
            ahead = set(after.get(closing.unit.pk, ()))
            while ahead:
                seen |= ahead
                ahead = {follower for pk in ahead for follower in after.get(pk, ())} - seen
            if closing.unit.pk in seen:
                words = f"{closing.unit} trở thành đơn vị kế thừa của chính nó"
                self.errors.append((closing.line, f"{words}: hãy chọn đơn vị tiếp nhận khác."))

    def _look_at_the_result(self) -> None:
        everybody, self.outcome.powers = changes_of_power(self.touched, self.plan.day)
        lonely = Department.objects.without_manager(self.plan.day).filter(pk__in=everybody)
        self.outcome.unmanaged = list(lonely.order_by("sort_key", "pk"))
