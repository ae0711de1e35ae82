"""Reads a list of recipients from a spreadsheet, checks each row, and saves all rows or none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from awards.authority import objection
from awards.columns import (
    TYPED,
    Column,
    is_collective,
    is_column_name,
    read_headings,
    section_of,
    typed_list,
)
from awards.enums import RecipientKind
from awards.fields import give_codes
from awards.models import AwardKind, Commendation, Decision
from awards.rewards import RewardTable
from awards.workflow import EDITABLE
from departments.naming import units_named_on
from foundation.inserting.rows import insert_all
from foundation.language.numbers import parse_number
from foundation.language.vietnamese import fold
from foundation.pagestore.announcing import announce
from foundation.sheets.doubts import doubt
from foundation.sheets.reading import SheetRefused, read_table, sign_of
from foundation.sheets.tables import table_of, without_ends
from records.lists.pasting import TableReport

KINDS = dict.fromkeys(("tap the", "tt"), RecipientKind.COLLECTIVE)
KINDS |= dict.fromkeys(("ca nhan", "cn", "hoc sinh"), RecipientKind.INDIVIDUAL)
YES, NO = {"x", "co", "1", "dung", "hoc sinh"}, {"", "khong", "0", "-"}
_PUPIL = re.compile(r"hoc sinh\b")
MOST_ROWS = 2000
_WORDS = (Column.NAME, Column.TITLE, Column.UNIT, Column.ACHIEVEMENT, Column.BOOK, Column.REASON)
_LINKS = ("decision", "award_kind", "department", "person", "verify_code")


class ListRefused(Exception):
    """The list was not saved; the message says why, in words for the person."""


@dataclass
class RecipientReport(TableReport):
    """What was read: commendations, and the units that the directory did not have that day."""

    unknown_units: set[str] = field(default_factory=set)


def parse(
    text: str, decision: Decision, default_kind: AwardKind, *, rows: Iterable[Commendation] | None = None
) -> RecipientReport:
    """Read a table whose first line has headings, or a typed list of names (`columns.TYPED`).

    `rows` are those that the list already has: by default the decision's. A decision that is not saved says
    by whom and when the awards are given. The number of queries does not depend on the number of rows.
    """
    known = decision.commendations.all() if rows is None else rows
    report = RecipientReport()
    try:
        table = read_table(text)
    except SheetRefused as refusal:
        report.errors.append((refusal.line, str(refusal)))
        return report
    if not table:
        report.errors.append((1, "Chưa có dòng nào. Hãy dán bảng kèm dòng tên cột."))
        return report
    if "\t" not in text and (typed := typed_list(table, sign_of(text))):
        typed, report.notes = without_ends(typed)
        _Reader(decision, default_kind, TYPED, report, known).read(typed[: MOST_ROWS + 1])
        return report
    found = table_of(table, is_column_name)
    first, headings = found.headings
    columns, problems = read_headings(headings)
    report.errors += [(first, problem) for problem in problems]
    if not problems:
        report.notes += found.notes
        _Reader(decision, default_kind, columns, report, known).read(found.lines[: MOST_ROWS + 1])
    return report


def save(
    report: RecipientReport, decision: Decision, *, user: Any, seen_version: int, fill_rewards: bool = False
) -> int:
    """Add the rows after the decision's own. Returns how many.

    Raises ListRefused when the report has errors, or the decision is no longer at `seen_version`.
    """
    if report.errors or not report.rows:
        raise ListRefused("Danh sách còn lỗi nên chưa lưu dòng nào.")
    if fill_rewards:
        RewardTable().fill(report.rows, decision.signed_on)
    with transaction.atomic():
        still = Decision.objects.filter(pk=decision.pk, version=seen_version, status__in=EDITABLE)
        # Raising the version first locks the row, so others wait until this is done.
        if not still.update(version=F("version") + 1):
            raise ListRefused(
                "Quyết định vừa được lưu hoặc chuyển bước ở nơi khác. Danh sách của bạn vẫn còn bên dưới; "
                "hãy xem lại quyết định rồi bấm Lưu lần nữa."
            )
        last = decision.commendations.aggregate(last=Max("position"))["last"] or 0
        for place, row in enumerate(report.rows, start=last + 1):
            row.position = place
        give_codes(report.rows, decision)
        insert_all(report.rows)
        decision.writers.add(user)
        announce(decision)
    return len(report.rows)


class _Reader:
    """Reads the lines under the headings into one report."""

    def __init__(
        self,
        decision: Decision,
        default: AwardKind,
        columns: list[Column],
        report: RecipientReport,
        known: Iterable[Commendation],
    ):
        self.decision, self.default, self.columns, self.report = decision, default, columns, report
        self.kinds = {fold(kind.name): kind for kind in AwardKind.objects.all()}
        self.units = units_named_on(decision.signed_on)
        self.seen = {row.identity: 0 for row in known}
        self.section = ""
        self.rewards = RewardTable()

    def read(self, lines: Iterable[tuple[int, list[str]]]) -> None:
        for line, cells in lines:
            if len(self.report.rows) >= MOST_ROWS:
                self._error(line, f"Danh sách quá {MOST_ROWS} dòng; hãy chia làm nhiều lần.")
                return
            if section := section_of(cells):
                self.section = section
                continue
            if wrong := next(filter(None, map(doubt, cells)), ""):
                self._error(line, wrong)
                continue
            extra = [cell for cell in cells[len(self.columns) :] if cell]
            if extra:
                self._error(line, f"Có ô nằm ngoài các cột: “{extra[0]}”.")
                continue
            self._row(line, dict(zip(self.columns, cells, strict=False)))

    def _row(self, line: int, typed: dict[Column, str]) -> None:
        before = len(self.report.errors)
        row = Commendation(decision=self.decision, recipient_kind=self._recipient_kind(line, typed))
        for column in _WORDS:
            setattr(row, column.value, typed.get(column, ""))
        row.award_kind = self._award_kind(line, typed.get(Column.AWARD, ""))
        row.reward_amount = self._amount(line, typed.get(Column.AMOUNT, ""))
        row.is_pupil = self._is_pupil(line, row, typed.get(Column.PUPIL, ""))
        row.department_id = self._department(row)
        self._check(line, row)
        if len(self.report.errors) == before:
            self.report.rows.append(row)

    def _recipient_kind(self, line: int, typed: dict[Column, str]) -> str:
        word, name = typed.get(Column.KIND, ""), typed.get(Column.NAME, "")
        if word and fold(word) not in KINDS:
            self._error(line, f"Đối tượng “{word}” chưa rõ: hãy ghi Tập thể hoặc Cá nhân.")
        if fold(word) in KINDS:
            return KINDS[fold(word)]
        if not self.section and is_collective(name):
            return RecipientKind.COLLECTIVE
        kind = KINDS[self.section or "ca nhan"]
        if kind == RecipientKind.INDIVIDUAL and is_collective(name):
            self._error(
                line,
                f"“{name}” đứng dưới dòng “Cá nhân” nhưng giống tên tập thể: hãy chuyển lên dưới dòng "
                "“Tập thể”, hoặc thêm cột Đối tượng.",
            )
        return kind

    def _award_kind(self, line: int, word: str) -> AwardKind:
        kind = self.kinds.get(fold(word)) if word else self.default
        if kind is None:
            self._error(line, f"Chưa có hình thức “{word}” trong danh mục.")
            return self.default
        if words := objection(kind, self.decision.issuer, self.decision.signed_on):
            self._error(line, words)
        return kind

    def _amount(self, line: int, word: str) -> int | None:
        amount = parse_number(word) if word else None
        if word and not (isinstance(amount, int) and 0 <= amount <= 2_000_000_000):
            self._error(line, f"Không đọc được số tiền “{word}”. Hãy ghi như 710.000.")
            return None
        return amount

    def _is_pupil(self, line: int, row: Commendation, word: str) -> bool:
        if fold(word) not in YES | NO:
            self._error(line, f"Cột Học sinh ghi “{word}”: hãy ghi x nếu là học sinh, để trống nếu không.")
        is_individual = row.recipient_kind == RecipientKind.INDIVIDUAL
        # A recipient called “học sinh” is a pupil, so that the consent rule applies.
        is_called = self.section == "hoc sinh" or (is_individual and _PUPIL.match(fold(row.recipient_title)))
        return fold(word) in YES or (not word and bool(is_called))

    def _department(self, row: Commendation) -> int | None:
        is_collective = row.recipient_kind == RecipientKind.COLLECTIVE
        named = row.unit_name or (row.recipient_name if is_collective else "")
        found = self.units.get(fold(named))
        if found is None and row.unit_name:
            self.report.unknown_units.add(row.unit_name)
        return found

    def _check(self, line: int, row: Commendation) -> None:
        if row.is_pupil and row.recipient_kind == RecipientKind.COLLECTIVE:
            self._error(line, "Chỉ cá nhân mới đánh dấu là học sinh.")
        if row.recipient_name and not any(map(str.isalpha, row.recipient_name)):
            self._error(line, f"“{row.recipient_name}” chưa phải là tên: hãy ghi đủ chữ, ví dụ Lớp 9/1.")
        try:
            row.clean_fields(exclude=_LINKS)
        except ValidationError as problem:
            for name, messages in problem.message_dict.items():
                label = Commendation._meta.get_field(name).verbose_name
                self._error(line, f"{label.capitalize()}: {' '.join(messages)}")
        found = self.rewards.suggest(row.award_kind, row.recipient_kind, self.decision.signed_on)
        if found and row.reward_amount not in (None, found.amount) and not row.reward_reason:
            self._error(line, f"Mức quy định là {found.words}. Hãy thêm cột “Lý do khác mức quy định”.")
        earlier = self.seen.setdefault(row.identity, line)
        if earlier != line:
            where = f"trùng với dòng {earlier}" if earlier else "đã có trong danh sách của quyết định"
            self._error(line, f"“{row.recipient_name}” {where}.")

    def _error(self, line: int, sentence: str) -> None:
        self.report.errors.append((line, sentence))
