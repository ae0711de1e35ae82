"""Two things that happen to one published commendation: it is revoked, or its name is withheld.

Neither deletes anything. Both are logged beside the steps of decisions.
"""

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from approvals.engine import StepRefused
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from awards.findable import refresh
from awards.models import Commendation
from departments.access import capacity

REVOKE = "awards.revoke_commendation"


def revoke(
    commendation: Commendation, *, actor: Any, number: str, signed_on: datetime.date, reason: str
) -> Commendation:
    """Enter that another decision annulled this commendation (Luật 06/2022/QH15, chương VII).

    Raises PermissionDenied, or StepRefused with a sentence for the registrar. Returns the row re-read.
    """
    number, reason = number.strip(), reason.strip()
    with transaction.atomic():
        row = _published(commendation, actor)
        if not (number and reason):
            raise StepRefused("Hãy ghi số quyết định hủy bỏ và lý do.")
        if not row.decision.signed_on <= signed_on <= timezone.localdate():
            raise StepRefused("Ngày quyết định hủy bỏ phải từ ngày ký quyết định khen tới hôm nay.")
        words = {"revoked_on": signed_on, "revocation_number": number, "revocation_reason": reason}
        # One of two people wins, on any database.
        if not Commendation.objects.filter(pk=row.pk, revoked_on=None).update(**words):
            raise StepRefused("Giấy khen này đã được ghi hủy bỏ.", code="stale")
        _log(row, "revoke", "Hủy bỏ", actor, f"Quyết định {number} ngày {signed_on:%d/%m/%Y}. {reason}")
        row.refresh_from_db()
    return row


def withhold_name(commendation: Commendation, *, actor: Any, reason: str) -> Commendation:
    """Show initials instead of the name from today, as the person or the family asked."""
    reason = reason.strip()
    with transaction.atomic():
        row = _published(commendation, actor)
        if not reason:
            raise StepRefused("Hãy ghi ai yêu cầu ẩn tên và vì sao.")
        named = Commendation.objects.filter(pk=row.pk, withheld_on=None)
        if not named.update(withheld_on=timezone.localdate()):
            raise StepRefused("Tên trên giấy khen này đã được ẩn.", code="stale")
        _log(row, "withhold_name", "Ẩn tên", actor, reason)
        refresh(row.decision_id)
        row.refresh_from_db()
    return row


def _published(commendation: Commendation, actor: Any) -> Commendation:
    row = Commendation.objects.select_related("decision__issuer").get(pk=commendation.pk)
    if not actor.has_perm(REVOKE, row):
        raise PermissionDenied(REVOKE)
    if row.published_at is None and row.decision.status != RecordStatus.PUBLIC:
        raise StepRefused("Giấy khen này chưa công bố: hãy sửa hoặc xóa ngay trong danh sách.")
    return row


def _log(row: Commendation, step: str, label: str, actor: Any, note: str) -> None:
    StatusChange.objects.create(
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        step=step,
        label=label,
        old_status=row.decision.status,
        new_status=row.decision.status,
        version=row.decision.version,
        actor=actor,
        capacity=capacity(actor, REVOKE, row),
        note=note,
    )
