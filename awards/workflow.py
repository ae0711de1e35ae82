"""The steps of a commendation decision, and who may take them.

A public decision is read-only. To correct it, `withdraw` takes it down with a reason, the registrar corrects
the rows, and it is submitted and published again. Rows that were public are never deleted; they are revoked
(`awards.revocation`).
"""

from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from approvals.enums import RecordStatus
from approvals.undoing import just_took, offers_undoing
from awards import share_card
from awards.authority import objections
from awards.consent import apply_consent
from awards.models import Decision
from foundation.sharecards.pictures import forget_share_pictures
from records.guards import Guards, is_confirmed
from records.notices import Notices
from records.registered import registered_kind
from records.reminders import remind as remind_of
from records.reviewing import recalling, sending_back


def has_recipients(attempt: Attempt) -> None:
    """Refuses a decision without rows."""
    if not attempt.record.commendations.exists():
        raise StepRefused("Quyết định chưa có ai được khen. Hãy nhập ít nhất một tập thể hoặc cá nhân.")


def is_signed(attempt: Attempt) -> None:
    """Refuses a day of signing in the future."""
    if attempt.record.signed_on > timezone.localdate():
        words = "Ngày ký còn ở phía trước. Chỉ đưa vào sổ quyết định đã ký."
        raise StepRefused(words, field="signed_on")


def issuer_may_give(attempt: Attempt) -> None:
    """Checks that the issuer may give every form of award in the decision."""
    found = objections(attempt.record)
    if found:
        raise StepRefused(" ".join(found), code="authority")


def published_now(attempt: Attempt) -> dict[str, Any]:
    """Returns the stamp of a publication."""
    return {"published_at": timezone.now()}


def remember_writer(attempt: Attempt) -> None:
    """Add the person to the decision's writers, who may not publish it."""
    attempt.record.writers.add(attempt.actor)


def enter_rows_in_register(attempt: Attempt) -> None:
    """Mark the rows as published: from now on they can be revoked but not deleted."""
    attempt.record.commendations.filter(published_at=None).update(published_at=timezone.now())
    apply_consent(attempt.record.commendations.all())


def forget_pictures(attempt: Attempt) -> None:
    """Drop the decision's share pictures."""
    forget_share_pictures(share_card.place_of(attempt.record))


# Statuses in which the registrar may write; in others the rows are read-only.
EDITABLE = (RecordStatus.DRAFTING, RecordStatus.WITHDRAWN)
# Who decides, in turn: the head, then the deputies, then the unit above.
DECISIONS = registered_kind(
    Decision,
    "awards.publish_decision",
    noun="quyết định khen thưởng",
    act="công bố",
    title=lambda decision: f"{decision}: {decision.summary}",
)
GUARDS, NOTICES = Guards(DECISIONS), Notices(DECISIONS)
_COMPLETE = (has_recipients, is_signed, issuer_may_give)

WORKFLOW = Workflow(
    name="commendation decision",
    steps=(
        Step(
            name="submit",
            label="Gửi duyệt",
            sources=EDITABLE,
            target=RecordStatus.IN_REVIEW,
            permission="awards.submit_decision",
            guards=_COMPLETE,
            effects=(remember_writer, NOTICES.submitted),
            style="primary",
            done="Đã gửi duyệt.",
        ),
        recalling("awards.submit_decision", "Thu lại"),
        Step(
            name="publish",
            label="Công bố",
            sources=(RecordStatus.IN_REVIEW,),
            target=RecordStatus.PUBLIC,
            permission=DECISIONS.permission,
            guards=(*GUARDS.deciding, *_COMPLETE, is_confirmed),
            stamps=(published_now,),
            effects=(enter_rows_in_register, forget_pictures, NOTICES.published),
            style="primary",
            done="Đã công bố.",
        ),
        sending_back(NOTICES, DECISIONS.permission, GUARDS.deciding),
        Step(
            name="withdraw",
            label="Gỡ để sửa",
            sources=(RecordStatus.PUBLIC,),
            target=RecordStatus.WITHDRAWN,
            permission="awards.withdraw_decision",
            effects=(forget_pictures, NOTICES.withdrawn),
            note_required=True,
            style="danger",
            confirm="Mã giấy khen chờ tới khi công bố lại.",
            note_label="Lý do, bạn đọc sẽ thấy",
            done="Đã gỡ quyết định để sửa. Trong 10 phút còn rút lại được.",
        ),
        Step(
            name="undo_withdraw",
            label="Rút lại việc gỡ",
            sources=(RecordStatus.WITHDRAWN,),
            target=RecordStatus.PUBLIC,
            permission="awards.withdraw_decision",
            guards=(just_took("withdraw"),),
            effects=(forget_pictures, NOTICES.put_back),
            style="primary",
            done="Quyết định lại công khai như trước lúc gỡ.",
            offered=offers_undoing("withdraw"),
        ),
    ),
    capacity=DECISIONS.capacity,
)


def remind() -> int:
    """Remind of every overdue decision, each person once. Returns how many. Run by the worker."""
    return remind_of(DECISIONS)
