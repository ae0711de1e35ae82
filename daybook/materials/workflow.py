"""How a file of an event is sent, released in turn by the host's head, and withdrawn."""

from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from approvals.enums import RecordStatus
from daybook.models import Material
from records.guards import Guards
from records.notices import Notices
from records.registered import registered_kind
from records.reminders import remind as remind_of
from records.reviewing import recalling, sending_back

EDITABLE = (RecordStatus.DRAFTING, RecordStatus.WITHDRAWN)
MATERIALS = registered_kind(Material, "daybook.approve_material", noun="tài liệu sự kiện", act="duyệt")
GUARDS, NOTICES = Guards(MATERIALS), Notices(MATERIALS)


def has_file(attempt: Attempt) -> None:
    """Refuses a file that is not there any more."""
    stored = attempt.record.file
    if not (stored and stored.storage.exists(stored.name)):
        raise StepRefused("Chưa có tệp, hoặc tệp không còn trên máy chủ: hãy tải lên lại.", field="upload")


def published_now(attempt: Attempt) -> dict[str, Any]:
    return {"published_at": timezone.now()}


MATERIAL = Workflow(
    name="material of an event",
    capacity=MATERIALS.capacity,
    steps=(
        Step(
            name="submit",
            label="Gửi duyệt",
            sources=EDITABLE,
            target=RecordStatus.IN_REVIEW,
            permission="daybook.submit_material",
            guards=(has_file,),
            effects=(NOTICES.submitted,),
            style="primary",
            done="Đã gửi duyệt.",
        ),
        recalling("daybook.submit_material"),
        Step(
            name="approve",
            label="Duyệt, cho mở",
            sources=(RecordStatus.IN_REVIEW,),
            target=RecordStatus.PUBLIC,
            permission=MATERIALS.permission,
            guards=(*GUARDS.deciding, has_file),
            stamps=(published_now,),
            effects=(NOTICES.published,),
            style="primary",
            done="Đã duyệt; tài liệu mở cho người được ghi, từ ngày đã ghi.",
        ),
        sending_back(NOTICES, MATERIALS.permission, GUARDS.deciding),
        Step(
            name="withdraw",
            label="Gỡ tài liệu",
            sources=(RecordStatus.PUBLIC,),
            target=RecordStatus.WITHDRAWN,
            permission="daybook.withdraw_material",
            effects=(NOTICES.withdrawn,),
            note_required=True,
            style="danger",
            confirm="Không ai tải được nữa; ai đã tải thì vẫn có tệp.",
            note_label="Lý do, chỉ phòng biên tập thấy",
            done="Đã gỡ tài liệu.",
        ),
    ),
)


def remind() -> int:
    """A duty of the worker: remind those who are late with a file, once."""
    return remind_of(MATERIALS)
