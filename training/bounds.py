"""Whether people may still be enrolled, changed, withdrawn."""

import datetime
from typing import Any

from django.utils import timezone

from events.enums import Occurrence
from training.enums import EnrolmentStatus
from training.models import Enrolment
from training.querysets import RUN


def why_shut(enrolment: Enrolment, user: Any, now: datetime.datetime | None = None) -> str:
    """Return why the user may not enrol now, as a sentence; empty when they may.

    The office may until the personal data are deleted: people change until the door opens, and after.
    """
    if enrolment.forgotten_on:
        return f"Dữ liệu cá nhân của đợt đăng ký đã xóa ngày {enrolment.forgotten_on:%d/%m/%Y}."
    if enrolment.event.occurrence == Occurrence.CANCELLED:
        return "Sự kiện đã hủy nên không nhận đăng ký."
    if enrolment.status == EnrolmentStatus.PREPARING:
        return "Chưa mở đăng ký."
    return "" if user.has_perm(RUN, enrolment) else _why_shut_to_units(enrolment, now or timezone.now())


def _why_shut_to_units(enrolment: Enrolment, now: datetime.datetime) -> str:
    if enrolment.status == EnrolmentStatus.CLOSED:
        return "Ban tổ chức đã khóa đăng ký. Cần đổi người thì báo ban tổ chức."
    if now > enrolment.deadline:
        return f"Đã hết hạn đăng ký ({moment(enrolment.deadline)}). Cần đổi người thì báo ban tổ chức."
    return ""


def moment(at: datetime.datetime) -> str:
    """Return “17:00 19/11/2026”."""
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"
