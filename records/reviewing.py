"""Steps that every record has while it waits: taken back by who sent it, sent back with words."""

from collections.abc import Callable
from typing import Any

from approvals.engine import Attempt, Step
from approvals.enums import RecordStatus
from records.notices import Notices


def recalling(permission: str, label: str = "Thu lại để sửa") -> Step:
    """Return the step by which who may send the record takes it back from the desk."""
    return Step(
        name="recall",
        label=label,
        sources=(RecordStatus.IN_REVIEW,),
        target=RecordStatus.DRAFTING,
        permission=permission,
        done="Đã thu về để sửa.",
    )


def sending_back(
    notices: Notices,
    permission: str,
    guards: tuple[Callable[[Attempt], None], ...],
    *,
    name: str = "send_back",
    offered: Callable[[Any, Any], bool] | None = None,
) -> Step:
    """Return the step by which who decides sends the record back, with words to its writers."""
    return Step(
        name=name,
        label="Trả lại",
        sources=(RecordStatus.IN_REVIEW,),
        target=RecordStatus.DRAFTING,
        permission=permission,
        guards=guards,
        effects=(notices.sent_back,),
        note_required=True,
        style="danger",
        done="Đã trả lại kèm lời nhắn.",
        offered=offered,
    )
