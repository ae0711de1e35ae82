"""How an event is submitted by the desk, approved in turn, published and withdrawn.

Those who may change an event may also edit a public one without another approval, because a new hour or a
cancellation must reach readers at once. Stories are not affected: they keep their own approved words and only
link to the event. Every such edit increments the version and is in the approval log (`records.admin`).
"""

from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from approvals.enums import RecordStatus
from approvals.undoing import just_took, offers_undoing
from events.enums import Occurrence
from events.exposure import hide_photos, photos_of, show_photos
from events.models import Event
from events.telling import put_back, taken_down
from media.fitness import why_unfit
from records.guards import Guards
from records.notices import Notices
from records.registered import registered_kind
from records.reminders import remind as remind_of
from records.reviewing import recalling, sending_back

# Who decides, in turn: the head, then the deputies, then the unit above.
EVENTS = registered_kind(Event, "events.approve_event", noun="sự kiện", act="duyệt")
GUARDS, NOTICES = Guards(EVENTS), Notices(EVENTS)


# --- guards -------------------------------------------------------------------------------------------


def says_where(attempt: Attempt) -> None:
    """Refuse an event without a place."""
    if not (attempt.record.place_name or attempt.record.online_url):
        raise StepRefused(
            "Chưa có địa điểm: hãy ghi nơi tổ chức hoặc đường dẫn trực tuyến.",
            code="place",
            field="place_name",
        )


def says_why_not(attempt: Attempt) -> None:
    """Refuse a postponed, cancelled or moved event without a reason."""
    event = attempt.record
    if event.occurrence != Occurrence.AS_PLANNED and not event.occurrence_note:
        label = Occurrence(event.occurrence).label.lower()
        words = f"Sự kiện ghi “{label}” nhưng chưa ghi lý do."
        raise StepRefused(words, code="reason", field="occurrence_note")


def photos_are_fit(attempt: Attempt) -> None:
    """Refuse photos without a description, for blind readers, or without rights."""
    for photo in photos_of(attempt.record):
        if why := why_unfit(photo):
            raise StepRefused(why, code="photo")


# --- stamps and effects ---------------------------------------------------------------------------------


def first_publication(attempt: Attempt) -> dict[str, Any]:
    """An event that is published again keeps its first day; SEQUENCE tells calendars of the change."""
    event = attempt.record
    again = {"sequence": event.sequence + 1} if event.published_at else {}
    return {"published_at": event.published_at or timezone.now(), "changed_at": timezone.now()} | again


def open_photos(attempt: Attempt) -> None:
    show_photos(attempt.record)


def close_photos(attempt: Attempt) -> None:
    hide_photos(attempt.record)


EVENT = Workflow(
    name="event",
    capacity=EVENTS.capacity,
    steps=(
        Step(
            name="submit",
            label="Gửi duyệt",
            sources=(RecordStatus.DRAFTING, RecordStatus.WITHDRAWN),
            target=RecordStatus.IN_REVIEW,
            permission="events.submit_event",
            guards=(says_where, says_why_not, photos_are_fit),
            effects=(NOTICES.submitted,),
            style="primary",
            done="Đã gửi duyệt.",
        ),
        Step(
            name="approve",
            label="Duyệt, công bố",
            sources=(RecordStatus.IN_REVIEW,),
            target=RecordStatus.PUBLIC,
            permission=EVENTS.permission,
            guards=(*GUARDS.deciding, says_where, says_why_not, photos_are_fit),
            stamps=(first_publication,),
            effects=(open_photos, NOTICES.published),
            style="primary",
            done="Đã duyệt và công bố.",
        ),
        sending_back(NOTICES, EVENTS.permission, GUARDS.deciding),
        recalling("events.submit_event"),
        Step(
            name="withdraw",
            label="Gỡ sự kiện",
            sources=(RecordStatus.PUBLIC,),
            target=RecordStatus.WITHDRAWN,
            permission="events.withdraw_event",
            effects=(close_photos, NOTICES.withdrawn, taken_down),
            note_required=True,
            style="danger",
            confirm="Trang, lịch và ảnh của sự kiện sẽ không còn mở được với bạn đọc.",
            note_label="Lý do, chỉ phòng biên tập thấy",
            done="Đã gỡ sự kiện. Trong 10 phút còn rút lại được.",
        ),
        Step(
            name="undo_withdraw",
            label="Rút lại việc gỡ",
            sources=(RecordStatus.WITHDRAWN,),
            target=RecordStatus.PUBLIC,
            permission="events.withdraw_event",
            guards=(just_took("withdraw"), photos_are_fit),
            effects=(open_photos, NOTICES.put_back, put_back),
            style="primary",
            done="Sự kiện lại công khai như trước lúc gỡ.",
            offered=offers_undoing("withdraw"),
        ),
    ),
)


def remind() -> int:
    """A duty of the worker: remind those who are late with an event, once."""
    return remind_of(EVENTS)
