"""Acts on published commendations: revoke one or all of a decision, or withhold a name.

Nothing is deleted. Every act is logged with the decision's steps and in the audit book. The people concerned
are told of a revocation.
"""

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from approvals.auditing import audit_act as audit
from approvals.engine import StepRefused
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from awards import share_card
from awards.codes import normalise
from awards.models import Commendation, Decision
from awards.workflow import NOTICES
from departments.access import capacity
from foundation.pagestore.announcing import announce
from foundation.sharecards.pictures import forget_share_pictures
from records.notices import Said

REVOKE = "awards.revoke_commendation"


def revoke(
    commendation: Commendation,
    *,
    actor: Any,
    number: str,
    signed_on: datetime.date,
    reason: str,
    replacement: str = "",
) -> Commendation:
    """Record that another decision annulled this commendation (Luật 06/2022/QH15, chương VII).

    `replacement` is the code of the public commendation that stands in its place, if there is one.

    Raises PermissionDenied, or StepRefused with a sentence for the registrar. Returns the row as stored.
    """
    with transaction.atomic():
        row = _published(commendation, actor)
        words = _words(row.decision, number, signed_on, reason)
        words["replaced_by"] = _replacement(row, replacement)
        # Of two people at the same time only one succeeds, on any database.
        if not Commendation.objects.filter(pk=row.pk).unrevoked().update(**words):
            raise StepRefused("Giấy khen này đã được ghi hủy bỏ.", code="stale")
        _log(row, "revoke", "Hủy bỏ", actor, _sentence(words))
        _follow(row.decision, actor, f"Giấy khen của {row} bị hủy bỏ. {_sentence(words)}")
        row.refresh_from_db()
    return row


def revoke_all(
    decision: Decision, *, actor: Any, number: str, signed_on: datetime.date, reason: str
) -> Decision:
    """Record that another decision annulled this whole decision: revokes every row not yet revoked.

    Raises the same as `revoke`. Rows revoked earlier do not change.
    """
    with transaction.atomic():
        fresh = Decision.objects.select_related("issuer").get(pk=decision.pk)
        if not actor.has_perm(REVOKE, fresh):
            raise PermissionDenied(REVOKE)
        if fresh.status != RecordStatus.PUBLIC:
            raise StepRefused(
                "Chỉ ghi hủy bỏ quyết định đang công bố. Chưa công bố thì sửa ngay trong danh sách."
            )
        words = _words(fresh, number, signed_on, reason)
        if not fresh.commendations.unrevoked().update(**words):
            raise StepRefused("Mọi giấy khen của quyết định này đã được ghi hủy bỏ.", code="stale")
        _log(fresh, "revoke", "Hủy bỏ cả quyết định", actor, _sentence(words))
        _follow(fresh, actor, f"Cả quyết định bị hủy bỏ. {_sentence(words)}")
    return fresh


def withhold_name(commendation: Commendation, *, actor: Any, reason: str) -> Commendation:
    """Show initials instead of the name from today, as the person or the family asked.

    Raises the same as `revoke`.
    """
    reason = reason.strip()
    with transaction.atomic():
        row = _published(commendation, actor)
        if not reason:
            raise StepRefused("Hãy ghi ai yêu cầu ẩn tên và vì sao.")
        named = Commendation.objects.filter(pk=row.pk, withheld_on=None)
        if not named.update(withheld_on=timezone.localdate()):
            raise StepRefused("Tên trên giấy khen này đã được ẩn.", code="stale")
        _log(row, "withhold_name", "Ẩn tên", actor, reason)
        announce(row.decision)
        row.refresh_from_db()
    return row


def _published(commendation: Commendation, actor: Any) -> Commendation:
    row = Commendation.objects.select_related("decision__issuer").get(pk=commendation.pk)
    if not actor.has_perm(REVOKE, row):
        raise PermissionDenied(REVOKE)
    if row.published_at is None and row.decision.status != RecordStatus.PUBLIC:
        raise StepRefused("Giấy khen này chưa công bố: hãy sửa hoặc xóa ngay trong danh sách.")
    return row


def _replacement(row: Commendation, code: str) -> Commendation | None:
    """Return the public commendation of the code; None for no code. Raises StepRefused for any other."""
    if not code.strip():
        return None
    found = Commendation.objects.public().filter(verify_code=normalise(code) or "").exclude(pk=row.pk).first()
    if found is None or found.revoked_on:
        raise StepRefused("Không có giấy khen nào đang công bố và còn hiệu lực mang mã thay thế này.")
    return found


def _words(decision: Decision, number: str, signed_on: datetime.date, reason: str) -> dict[str, Any]:
    """Returns the values of a revoked row. Raises StepRefused without number and reason, or for an impossible
    day.
    """
    number, reason = number.strip(), reason.strip()
    if not (number and reason):
        raise StepRefused("Hãy ghi số quyết định hủy bỏ và lý do.")
    if not decision.signed_on <= signed_on <= timezone.localdate():
        raise StepRefused("Ngày quyết định hủy bỏ phải từ ngày ký quyết định khen tới hôm nay.")
    return {"revoked_on": signed_on, "revocation_number": number, "revocation_reason": reason}


def _sentence(words: dict[str, Any]) -> str:
    day = words["revoked_on"]
    return f"Quyết định {words['revocation_number']} ngày {day:%d/%m/%Y}. {words['revocation_reason']}"


def _follow(decision: Decision, actor: Any, words: str) -> None:
    """Updates search and share picture, and tells the writers and the heads of the issuer."""
    announce(decision)
    forget_share_pictures(share_card.place_of(decision))
    NOTICES.tell_writers_and_heads(decision, actor, Said("revoked", "Khen thưởng bị hủy bỏ", words))


def _log(record: Commendation | Decision, step: str, label: str, actor: Any, note: str) -> None:
    decision = record if isinstance(record, Decision) else record.decision
    held = capacity(actor, REVOKE, record)
    StatusChange.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        step=step,
        label=label,
        old_status=decision.status,
        new_status=decision.status,
        version=decision.version,
        actor=actor,
        capacity=held,
        note=note,
    )
    audit(label, actor, about=record, capacity=held, words=note)
