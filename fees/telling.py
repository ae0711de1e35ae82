"""Who is told about a month of fees, in the inbox and by mail. Nothing told holds a sum or a number."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from approvals.engine import Attempt
from departments.access import people_who_may
from fees.models import FeeMonth
from fees.querysets import APPROVE, CHECK, VIEW
from inbox.telling import tell


def page_of_month(month: FeeMonth) -> str:
    return reverse("admin:fee_month", args=[month.pk])


def month_prepared(attempt: Attempt) -> None:
    """Tell the accountant."""
    _tell(people_who_may(CHECK, attempt.record.department_id), "Kiểm tra bảng nhuận bút", attempt)


def month_checked(attempt: Attempt) -> None:
    """Tell who heads the paying unit."""
    _tell(people_who_may(APPROVE, attempt.record.department_id), "Duyệt bảng nhuận bút", attempt)


def month_approved(attempt: Attempt) -> None:
    """Tell the accountant, who pays."""
    _tell(people_who_may(CHECK, attempt.record.department_id), "Bảng nhuận bút đã duyệt", attempt)


def month_returned(attempt: Attempt) -> None:
    """Tell who prepared it, with the reason."""
    preparer = attempt.record.prepared_by
    _tell([preparer] if preparer else [], "Bảng nhuận bút được trả lại", attempt)


def _tell(people: Iterable[Any], heading: str, attempt: Attempt) -> None:
    month = attempt.record
    tell(
        [user for user in people if user.pk != attempt.actor.pk],
        "fees",
        heading,
        about=str(month),
        words=f"{attempt.by}.{attempt.message}",
        address=page_of_month(month),
        record=month,
        permission=VIEW,
    )
