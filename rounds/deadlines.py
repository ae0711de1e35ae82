"""Until when a unit may send its proposal."""

import datetime
from typing import Any

from django.utils import timezone

from rounds.enums import RoundStatus
from rounds.models import Round


def permitted_until(round_: Round, department_id: int) -> datetime.datetime | None:
    """Return until when the host lets this unit send late; None without a permit."""
    permits = round_.late_permits.filter(department=department_id)
    return permits.order_by("-until").values_list("until", flat=True).first()


def why_shut(round_: Round, department_id: int, now: datetime.datetime | None = None) -> str:
    """Return why the unit may not send now, as a sentence; empty when it may."""
    now = now or timezone.now()
    if round_.status == RoundStatus.PREPARING:
        return "Đợt khen chưa mở nhận đề nghị."
    if round_.status in (RoundStatus.CLOSED, RoundStatus.CANCELLED):
        return f"Đợt khen này {round_.get_status_display().lower()}."
    if round_.status == RoundStatus.OPEN and now <= round_.deadline:
        return ""
    until = permitted_until(round_, department_id)
    if until and now <= until:
        return ""
    words = f"Hạn nhận đề nghị là {moment(round_.deadline)}"
    words += f", phép gửi muộn của đơn vị đến {moment(until)}" if until else ""
    return f"{words}: đã hết hạn. Cần gửi thì xin cơ quan tổ chức đợt khen cho phép gửi muộn."


def is_late(round_: Round, now: datetime.datetime | None = None) -> bool:
    """Whether what is sent now comes after the deadline."""
    return (now or timezone.now()) > round_.deadline


def moment(at: Any) -> str:
    """Return “17:00 19/11/2026”."""
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"
