"""How a document is published and withdrawn.

The registrar of the issuer publishes it alone, because the document was signed on paper before. Those who may
change a document may also edit a public one; every such edit is in the approval log (`records.admin`).
"""

from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from approvals.enums import RecordStatus
from approvals.undoing import just_took, offers_undoing
from departments.access import capacity
from documents import share_card
from documents.enums import Ending
from documents.force import begins_on
from documents.models import OfficialDocument
from foundation.sharecards.pictures import forget_share_pictures
from records.notices import Said
from records.registered import tell_heads

PUBLISH = "documents.publish_officialdocument"
WITHDRAW = "documents.withdraw_officialdocument"


def has_something_to_read(attempt: Attempt) -> None:
    """Refuse a document without file or text."""
    if not (attempt.record.file or attempt.record.gist):
        raise StepRefused(
            "Chưa có gì để bạn đọc xem: hãy đính kèm tệp PDF, DOCX hoặc ghi phần tóm tắt nội dung.",
            code="empty",
            field="upload",
        )


def has_been_issued(attempt: Attempt) -> None:
    """Refuse a document whose day of issue has not come."""
    if attempt.record.issued_on > timezone.localdate():
        raise StepRefused(
            f"Văn bản ghi ngày ban hành {attempt.record.issued_on:%d/%m/%Y}, sau hôm nay. "
            "Hãy sửa ngày hoặc đợi đến ngày ban hành.",
            code="future",
            field="issued_on",
        )


def first_publication(attempt: Attempt) -> dict[str, Any]:
    """A document that is published again keeps its first day of publication."""
    return {"published_at": attempt.record.published_at or timezone.now()}


def forget_pictures(attempt: Attempt) -> None:
    """Delete its share pictures, and those of documents it replaces, because their state changes."""
    changed = [attempt.record, *attempt.record.replaces.public()]
    forget_share_pictures(*map(share_card.place_of, changed))


def tell_published(attempt: Attempt) -> None:
    """Tell the head of the issuer, and the heads of the issuers of documents it replaces."""
    said = Said("published", "Văn bản đã công bố", f"{attempt.by} đã công bố; bạn đọc đã thấy.")
    tell_heads(attempt.record, attempt.actor, said)
    for older in attempt.record.replaces.public():
        tell_replaced(older, attempt.actor)


def tell_replaced(document: OfficialDocument, actor: Any) -> None:
    """Tell the head of the issuer that a public document of theirs was replaced."""
    newer = document.replaced_by
    act = Ending(document.ending).label.lower()
    words = f"Văn bản {newer.number} ({newer.issuer}) {act} văn bản này từ {begins_on(newer):%d/%m/%Y}."
    tell_heads(document, actor, Said("replaced", f"Văn bản được {act}", words))


def tell_withdrawn(attempt: Attempt) -> None:
    """Tell the head of the issuer."""
    words = f"{attempt.by} gỡ khỏi trang.{attempt.message}"
    tell_heads(attempt.record, attempt.actor, Said("withdrawn", "Văn bản đã gỡ", words))


def tell_put_back(attempt: Attempt) -> None:
    """Tell the head of the issuer that the withdrawal was taken back."""
    words = f"{attempt.by} rút lại việc gỡ; văn bản lại công khai như trước."
    tell_heads(attempt.record, attempt.actor, Said("put_back", "Văn bản lại công khai", words))


DOCUMENT = Workflow(
    name="official document",
    capacity=capacity,
    steps=(
        Step(
            name="publish",
            label="Công bố",
            sources=(RecordStatus.DRAFTING, RecordStatus.WITHDRAWN),
            target=RecordStatus.PUBLIC,
            permission=PUBLISH,
            guards=(has_something_to_read, has_been_issued),
            stamps=(first_publication,),
            effects=(forget_pictures, tell_published),
            style="primary",
            done="Đã công bố.",
        ),
        Step(
            name="withdraw",
            label="Gỡ văn bản",
            sources=(RecordStatus.PUBLIC,),
            target=RecordStatus.WITHDRAWN,
            permission=WITHDRAW,
            effects=(forget_pictures, tell_withdrawn),
            note_required=True,
            style="danger",
            confirm="Trang và tệp của văn bản sẽ không còn mở được với bạn đọc.",
            note_label="Lý do, chỉ phòng biên tập thấy",
            done="Đã gỡ văn bản. Trong 10 phút còn rút lại được.",
        ),
        Step(
            name="undo_withdraw",
            label="Rút lại việc gỡ",
            sources=(RecordStatus.WITHDRAWN,),
            target=RecordStatus.PUBLIC,
            permission=WITHDRAW,
            guards=(just_took("withdraw"),),
            effects=(forget_pictures, tell_put_back),
            style="primary",
            done="Văn bản lại công khai như trước lúc gỡ.",
            offered=offers_undoing("withdraw"),
        ),
    ),
)
