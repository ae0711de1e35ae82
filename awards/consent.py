"""Pupils on the register are named only while the consent book lets them be.

Luật BVDLCN 2025, Điều 24: without consent in force, or once it is withdrawn, readers see initials. The book
names pupils by unit; a row is a pupil's when unit and name agree (the units over and under it included).
A pupil in no book is named as the decision names them: docs/decisions/0017.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from awards.models import Commendation
from departments.lineage import ApprovalLine
from foundation.language.vietnamese import tone_key
from foundation.pagestore.announcing import announce
from media.following import register
from media.models import Pupil

AT_ONCE = 500  # pupils a turn; who was never looked for comes last


@register
def follow_consent() -> int:
    """Hide or show again names of pupils whose consent began or ended since; returns how many rows."""
    pupils = _with_changed_consent()
    if not pupils:
        return 0
    keys = {pupil.search_key for pupil in pupils}
    rows = Commendation.objects.filter(is_pupil=True, search_key__in=keys)
    with transaction.atomic():
        changed = apply_consent(rows)
        for pupil in pupils:
            Pupil.objects.filter(pk=pupil.pk).update(is_listed=not pupil.why_not("name"))
    return changed


def apply_consent(rows: Iterable[Commendation]) -> int:
    """Make these rows say what the book says today; returns how many changed.

    Four queries, however many rows, and one more for what changed.
    """
    rows = [row for row in rows.select_related("decision") if row.is_pupil]
    silent = _silent(rows)
    changed = [row for row in rows if row.lacks_consent != (row.pk in silent)]
    for hidden in (True, False):
        pks = [row.pk for row in changed if (row.pk in silent) is hidden]
        if pks:
            Commendation.objects.filter(pk__in=pks).update(lacks_consent=hidden)
    announce(*{row.decision for row in changed})
    return len(changed)


def _silent(rows: list[Commendation]) -> set[int]:
    """Rows that name a pupil whose consent to be named is not in force."""
    keys = {row.search_key for row in rows}
    pupils: dict[str, list[Pupil]] = {}
    for pupil in Pupil.objects.withholding("name").filter(search_key__in=keys):
        pupils.setdefault(tone_key(pupil.name), []).append(pupil)
    if not pupils:
        return set()
    line = ApprovalLine(timezone.localdate())
    return {
        row.pk
        for row in rows
        if (namesakes := pupils.get(tone_key(row.recipient_name)))
        and not line.family(row.department_id or row.decision.issuer_id).isdisjoint(
            pupil.department_id for pupil in namesakes
        )
    }


def _with_changed_consent() -> list[Pupil]:
    """Those whose consent is not what the register relied on last."""
    began = Pupil.objects.consenting("name").exclude(is_listed=True)
    ended = Pupil.objects.withholding("name").exclude(is_listed=False)
    # Those never looked for (NULL) are in both: the others first, they are news.
    order = F("is_listed").asc(nulls_last=True)
    return [*began.order_by(order, "pk")[:AT_ONCE], *ended.order_by(order, "pk")[:AT_ONCE]]
