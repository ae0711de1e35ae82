"""The steps of a month: prepared by the desk, checked by the accountant, approved by the head, paid."""

from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from accounts.confirming import ask_again
from approvals.engine import Attempt, Step, StepRefused, Workflow
from departments.access import capacity
from fees import telling
from fees.enums import MonthStatus
from fees.querysets import APPROVE, CHECK, CLOSE, PREPARE
from fees.sheet import draft_of, is_as_written, write_sheet

_NAMED = 5  # of those to whom something is missing


def works_are_fixed(attempt: Attempt) -> None:
    """Refuses a month in which a work has no sum or its shares are not 100 %."""
    works = attempt.record.works.filter(left_out_reason="")
    if titles := _titles(works.filter(amount=None)):
        raise StepRefused(f"Chưa ghi mức cho bài: {titles}. Không tính bài nào thì ghi lý do ở bài ấy.")
    shared = works.annotate(percent=Sum("shares__percent")).filter(Q(percent=None) | ~Q(percent=100))
    if titles := _titles(shared):
        raise StepRefused(f"Tỷ lệ chia chưa đủ 100 % ở bài: {titles}.")


def payees_are_known(attempt: Attempt) -> None:
    """Refuses a month without a line, without a rule of its day of payment, or with an unfit payee."""
    draft = draft_of(attempt.record)
    if not draft.lines:
        raise StepRefused("Tháng này chưa có khoản nào để chi.")
    if draft.rule is None:
        raise StepRefused(
            "Chưa có quy định khấu trừ thuế của ngày chi: kế toán ghi ở mục Khấu trừ thuế TNCN."
        )
    if names := _names(line.payee for line in draft.lines if not line.payee.relation):
        raise StepRefused(f"Kế toán chưa ghi quan hệ với cơ quan chi của: {names}.")
    if names := _names(line.payee for line in draft.lines if line.gross < 0):
        raise StepRefused(
            f"Khoản thu lại lớn hơn khoản chi của: {names}. Chuyển bớt dòng điều chỉnh sang tháng sau."
        )


def figures_are_current(attempt: Attempt) -> None:
    """Refuses a sheet that would be another today."""
    if not is_as_written(attempt.record):
        raise StepRefused(
            "Từ lúc lập bảng, dữ liệu người nhận hoặc quy định thuế đã đổi: trả lại để lập lại.",
            code="outdated",
        )


def is_another_than_preparer(attempt: Attempt) -> None:
    """Refuses the accountant's check by who prepared the month."""
    if attempt.record.prepared_by_id == attempt.actor.pk:
        raise StepRefused("Bạn đã lập bảng này: người khác kiểm tra.", code="own")


def is_third_person(attempt: Attempt) -> None:
    """Refuses the approval by who prepared or checked the month."""
    month = attempt.record
    if attempt.actor.pk in (month.prepared_by_id, month.checked_by_id):
        raise StepRefused("Bạn đã lập hoặc kiểm tra bảng này: người khác duyệt.", code="own")


def is_really_there(attempt: Attempt) -> None:
    ask_again(attempt.actor)


def day_has_come(attempt: Attempt) -> None:
    """Refuses to close before the day of payment."""
    if attempt.record.paid_on > timezone.localdate():
        raise StepRefused(f"Ngày chi là {attempt.record.paid_on:%d/%m/%Y}: chi rồi mới đóng sổ.")


def written(attempt: Attempt) -> dict[str, Any]:
    """Write the sheet that the following steps are about."""
    return {"sheet": write_sheet(attempt.record, attempt.actor), "prepared_by": attempt.actor}


def reopened(attempt: Attempt) -> dict[str, Any]:
    """Leave the sheet to history."""
    return {"sheet": None, "checked_by": None, "approved_by": None}


def checked(attempt: Attempt) -> dict[str, Any]:
    return {"checked_by": attempt.actor}


def approved(attempt: Attempt) -> dict[str, Any]:
    return {"approved_by": attempt.actor}


def _titles(works: Any) -> str:
    return ", ".join(f"“{title}”" for title in works.values_list("title", flat=True)[:_NAMED])


def _names(payees: Any) -> str:
    found = [str(payee) for payee in payees]
    return ", ".join(found[:_NAMED]) + (f" và {len(found) - _NAMED} người khác" if found[_NAMED:] else "")


def _returned(name: str, label: str, source: MonthStatus, permission: str) -> Step:
    return Step(
        name=name,
        label=label,
        sources=(source,),
        target=MonthStatus.OPEN,
        permission=permission,
        stamps=(reopened,),
        effects=(telling.month_returned,),
        note_required=True,
        note_label="Cần sửa gì",
        style="danger",
        done="Đã trả lại kèm lời nhắn.",
    )


FEES = Workflow(
    name="month of fees",
    capacity=capacity,
    steps=(
        Step(
            name="prepare",
            label="Lập bảng, chuyển kế toán",
            sources=(MonthStatus.OPEN,),
            target=MonthStatus.PREPARED,
            permission=PREPARE,
            guards=(works_are_fixed, payees_are_known),
            stamps=(written,),
            effects=(telling.month_prepared,),
            style="primary",
            done="Đã lập bảng kê. Kế toán đã được báo.",
        ),
        Step(
            name="recall",
            label="Thu lại để sửa",
            sources=(MonthStatus.PREPARED,),
            target=MonthStatus.OPEN,
            permission=PREPARE,
            stamps=(reopened,),
            done="Đã thu về để sửa.",
        ),
        Step(
            name="check",
            label="Đã kiểm tra, trình duyệt",
            sources=(MonthStatus.PREPARED,),
            target=MonthStatus.CHECKED,
            permission=CHECK,
            guards=(is_another_than_preparer, figures_are_current),
            stamps=(checked,),
            effects=(telling.month_checked,),
            style="primary",
            done="Đã trình thủ trưởng duyệt.",
        ),
        _returned("send_back", "Trả lại người lập", MonthStatus.PREPARED, CHECK),
        Step(
            name="approve",
            label="Duyệt chi",
            sources=(MonthStatus.CHECKED,),
            target=MonthStatus.APPROVED,
            permission=APPROVE,
            guards=(is_third_person, figures_are_current, is_really_there),
            stamps=(approved,),
            effects=(telling.month_approved,),
            style="primary",
            done="Đã duyệt. Kế toán đã được báo.",
        ),
        _returned("refuse", "Không duyệt, trả lại", MonthStatus.CHECKED, APPROVE),
        Step(
            name="close",
            label="Đã chi, đóng sổ",
            sources=(MonthStatus.APPROVED,),
            target=MonthStatus.CLOSED,
            permission=CLOSE,
            guards=(day_has_come,),
            note_label="Số chứng từ chi",
            confirm="Tháng đã đóng sổ không sửa được nữa; sai thì thêm dòng điều chỉnh ở tháng sau.",
            style="primary",
            done="Đã đóng sổ.",
        ),
    ),
)
