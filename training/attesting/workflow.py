"""The steps of a list: sent by the office, approved in turn by the host's head, corrected, taken back."""

from typing import Any

from django.db.models import Max
from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from approvals.enums import RecordStatus
from departments.models import Department
from records.guards import Guards
from records.notices import Notices
from records.registered import registered_kind
from records.reminders import remind as remind_of
from records.reviewing import recalling, sending_back
from training.models import Attestation, AttestationList
from training.models.attestation import year_of

EDITABLE = (RecordStatus.DRAFTING, RecordStatus.WITHDRAWN)
LISTS = registered_kind(
    AttestationList, "training.approve_attestationlist", noun="danh sách xác nhận tham gia", act="duyệt"
)
GUARDS, NOTICES = Guards(LISTS), Notices(LISTS)


def has_rows(attempt: Attempt) -> None:
    """Refuses a list without anybody."""
    if not attempt.record.rows.exists():
        raise StepRefused("Danh sách chưa có ai: xem lại số buổi, số giờ, hoặc cổng chưa gửi lượt vào.")


def is_signed_by_somebody(attempt: Attempt) -> None:
    """Refuses papers that nobody signs, or that are signed before the event."""
    made = attempt.record
    if not (made.signer_name and made.signer_title):
        raise StepRefused("Hãy ghi tên và chức danh người ký.", field="signer_name")
    if made.signed_on < made.enrolment.day:
        raise StepRefused("Ngày ký không được trước ngày diễn ra.", field="signed_on")


def published_now(attempt: Attempt) -> dict[str, Any]:
    return {"published_at": timezone.now()}


def remember_writer(attempt: Attempt) -> None:
    attempt.record.writers.add(attempt.actor)


def give_numbers(attempt: Attempt) -> None:
    """Give the rows that have none the next numbers of the host's book of the year.

    Two lists at once get different numbers: the second waits for the first one's transaction.
    """
    made = attempt.record
    Department.objects.select_for_update().get(pk=made.host_id)
    year = year_of(made)
    book = Attestation.objects.filter(host=made.host_id, year=year)
    last = book.aggregate(last=Max("number"))["last"] or 0
    wanting = list(made.rows.filter(number=None))
    for number, row in enumerate(wanting, start=last + 1):
        row.year, row.number = year, number
    Attestation.objects.bulk_update(wanting, ["year", "number"], batch_size=200)


_COMPLETE = (has_rows, is_signed_by_somebody)

ATTESTING = Workflow(
    name="list of attestations",
    capacity=LISTS.capacity,
    steps=(
        Step(
            name="submit",
            label="Gửi duyệt",
            sources=EDITABLE,
            target=RecordStatus.IN_REVIEW,
            permission="training.submit_attestationlist",
            guards=_COMPLETE,
            effects=(remember_writer, NOTICES.submitted),
            style="primary",
            done="Đã gửi duyệt.",
        ),
        recalling("training.submit_attestationlist"),
        Step(
            name="approve",
            label="Duyệt, vào sổ",
            sources=(RecordStatus.IN_REVIEW,),
            target=RecordStatus.PUBLIC,
            permission=LISTS.permission,
            guards=(*GUARDS.deciding, *_COMPLETE),
            stamps=(published_now,),
            effects=(give_numbers, NOTICES.published),
            style="primary",
            done="Đã duyệt; giấy đã có số và xác minh được.",
        ),
        sending_back(NOTICES, LISTS.permission, GUARDS.deciding),
        Step(
            name="withdraw",
            label="Gỡ để sửa",
            sources=(RecordStatus.PUBLIC,),
            target=RecordStatus.WITHDRAWN,
            permission="training.withdraw_attestationlist",
            effects=(NOTICES.withdrawn,),
            note_required=True,
            style="danger",
            confirm="Mã trên giấy báo “đang được sửa” tới khi duyệt lại.",
            done="Đã gỡ để sửa.",
        ),
    ),
)


def remind() -> int:
    """A duty of the worker: remind those who are late with a list, once."""
    return remind_of(LISTS)
