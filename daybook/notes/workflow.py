"""How a note of the day is sent, approved on the spot, taken back within minutes, taken down.

The host's head or deputy approves in turn, or whoever the head has named for this event; nobody approves
their own words. What is approved is exactly what was sent.
"""

import hashlib
import json
from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from approvals.enums import RecordStatus
from approvals.undoing import just_took, offers_undoing
from daybook.models import Entrustment, Note
from daybook.models.note import MOST
from daybook.notes.entrusting import RELAY, entrusted
from media.exposure import expose, hide, share
from media.fitness import why_unfit
from records.guards import Guards
from records.notices import Notices, Said, tell_people
from records.registered import notice_of, registered_kind
from records.reminders import remind as remind_of
from records.reviewing import recalling, sending_back

EDITABLE = (RecordStatus.DRAFTING, RecordStatus.WITHDRAWN)
NOTES = registered_kind(Note, "daybook.approve_note", noun="tin nhanh", act="duyệt")
GUARDS, NOTICES = Guards(NOTES), Notices(NOTES)


def capacity(actor: Any, permission: str, record: Note) -> str:
    """Return in what capacity somebody acts, and by whose word if the head has named them."""
    words = NOTES.capacity(actor, permission, record)
    given = entrusted(actor, record.event_id) if permission == RELAY else None
    return f"{words}; {given.given_by} giao ngày {given.given_at:%d/%m/%Y}" if given else words


def digest_of(note: Note) -> str:
    """Return the SHA-256 of what readers would get: moment, words, photo, caption."""
    photo = note.photo.content_hash if note.photo else ""
    said = [note.event_id, note.happened_at.isoformat(), note.body, photo, note.caption]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


# --- guards -------------------------------------------------------------------------------------------


def has_room(attempt: Attempt) -> None:
    """Refuses more notes than one page can hold."""
    if attempt.record.event.notes.sent().count() >= MOST:
        raise StepRefused(f"Sự kiện đã có {MOST} tin nhanh: hãy viết thành bài.")


def photo_is_fit(attempt: Attempt) -> None:
    """Refuses a photo without rights, consent or description."""
    photo = attempt.record.photo
    if photo and (why := why_unfit(photo)):
        raise StepRefused(why, code="photo", field="photo")


def is_as_sent(attempt: Attempt) -> None:
    """Refuses words that are not those that were sent."""
    if digest_of(attempt.record) != attempt.record.digest:
        raise StepRefused("Chữ hoặc ảnh đã khác bản gửi duyệt: hãy thu lại rồi gửi lại.", code="digest")


def is_entrusted(attempt: Attempt) -> None:
    """Refuses whoever the head has not named for this event, or not for today."""
    if entrusted(attempt.actor, attempt.record.event_id) is None:
        raise StepRefused("Bạn không được giao duyệt tin nhanh của sự kiện này hôm nay.", code="capacity")


def offers_entrusted(record: Note, actor: Any) -> bool:
    """Whether the person is shown the buttons of those whom the head has named."""
    if actor.pk in NOTES.writers(record) and record.status == RecordStatus.IN_REVIEW:
        return False
    return entrusted(actor, record.event_id) is not None


# --- stamps and effects -------------------------------------------------------------------------------


def stamp_digest(attempt: Attempt) -> dict[str, Any]:
    return {"digest": digest_of(attempt.record)}


def stamp_publication(attempt: Attempt) -> dict[str, Any]:
    return {"published_at": attempt.record.published_at or timezone.now()}


def stamp_withdrawal(attempt: Attempt) -> dict[str, Any]:
    return {"withdrawn_at": timezone.now()}


def stamp_taken_back(attempt: Attempt) -> dict[str, Any]:
    """As if it had never been approved, unless readers knew it from before."""
    return {} if attempt.record.withdrawn_at else {"published_at": None}


def lend_photo(attempt: Attempt) -> None:
    """Let the host's people see what they approve."""
    share(attempt.record.host_id, {attempt.record.photo_id} - {None})


def show_photo(attempt: Attempt) -> None:
    expose(f"note:{attempt.record.pk}", {attempt.record.photo_id} - {None})


def hide_photo(attempt: Attempt) -> None:
    hide(f"note:{attempt.record.pk}")


def tell_entrusted(attempt: Attempt) -> None:
    """Tell those whom the head has named that a note waits for them too."""
    note = attempt.record
    standing = Entrustment.objects.standing().filter(event=note.event_id).select_related("person")
    people = [one.person for one in standing if one.person_id not in NOTES.writers(note)]
    words = f"{attempt.actor} vừa gửi. Bạn được giao duyệt tin nhanh của sự kiện này."
    tell_people(people, Said("submitted", "Tin nhanh chờ duyệt", words), notice_of(note), urgent=True)


_PUBLISHABLE = (is_as_sent, photo_is_fit)
_NAMED = (is_entrusted, GUARDS.is_not_their_own)


def _approve(name: str, label: str, permission: str, deciding: tuple) -> Step:
    return Step(
        name=name,
        label=label,
        sources=(RecordStatus.IN_REVIEW,),
        target=RecordStatus.PUBLIC,
        permission=permission,
        guards=(*deciding, *_PUBLISHABLE),
        stamps=(stamp_publication,),
        effects=(show_photo, NOTICES.published),
        style="primary",
        done="Đã duyệt; tin đã lên trang. Trong 10 phút còn rút lại được.",
        offered=offers_entrusted if permission == RELAY else None,
    )


def _take_back(name: str, of: str, permission: str) -> Step:
    return Step(
        name=name,
        label="Rút lại việc duyệt",
        sources=(RecordStatus.PUBLIC,),
        target=RecordStatus.IN_REVIEW,
        permission=permission,
        guards=(just_took(of),),
        stamps=(stamp_taken_back,),
        effects=(hide_photo,),
        done="Đã rút lại; tin trở lại chờ duyệt như trước.",
        offered=offers_undoing(of),
    )


def _withdraw(name: str, permission: str, guards: tuple) -> Step:
    return Step(
        name=name,
        label="Gỡ tin",
        sources=(RecordStatus.PUBLIC,),
        target=RecordStatus.WITHDRAWN,
        permission=permission,
        guards=guards,
        stamps=(stamp_withdrawal,),
        effects=(hide_photo, NOTICES.withdrawn),
        note_required=True,
        style="danger",
        confirm="Bạn đọc chỉ còn thấy giờ của tin và dòng “đã gỡ”.",
        note_label="Lý do, chỉ phòng biên tập thấy",
        done="Đã gỡ tin.",
        offered=offers_entrusted if permission == RELAY else None,
    )


NOTE = Workflow(
    name="note of the day",
    capacity=capacity,
    steps=(
        Step(
            name="submit",
            label="Gửi duyệt",
            sources=EDITABLE,
            target=RecordStatus.IN_REVIEW,
            permission="daybook.submit_note",
            guards=(has_room, photo_is_fit),
            stamps=(stamp_digest,),
            effects=(lend_photo, NOTICES.submitted, tell_entrusted),
            style="primary",
            done="Đã gửi duyệt.",
        ),
        recalling("daybook.submit_note"),
        _approve("approve", "Duyệt, đăng", NOTES.permission, GUARDS.deciding),
        sending_back(NOTICES, NOTES.permission, GUARDS.deciding),
        _take_back("take_back", "approve", NOTES.permission),
        _withdraw("withdraw", "daybook.withdraw_note", ()),
        _approve("approve_entrusted", "Duyệt, đăng (được giao)", RELAY, _NAMED),
        sending_back(NOTICES, RELAY, _NAMED, name="send_back_entrusted", offered=offers_entrusted),
        _take_back("take_back_entrusted", "approve_entrusted", RELAY),
        _withdraw("withdraw_entrusted", RELAY, (is_entrusted,)),
    ),
)


def remind() -> int:
    """A duty of the worker: remind those who are late with a note, once."""
    return remind_of(NOTES)
