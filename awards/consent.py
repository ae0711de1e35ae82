"""Names pupils in the register only while the consent register allows it.

Luật BVDLCN 2025, Điều 24: without consent in force, or after it is withdrawn, readers see initials. A row is
a registered pupil's when name and unit agree (or a unit above or below it). A pupil who is not registered is
named as in the decision: docs/decisions/0017.
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

AT_ONCE = 500  # pupils in one turn; those never checked come last


@register
def follow_consent() -> int:
    """Hide or show names of pupils whose consent has changed. Returns how many rows changed."""
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
    """Set `lacks_consent` of these rows as the consent register says today. Returns how many changed.

    Makes four queries for any number of rows, and a few more when rows changed.
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
    """Returns ids of rows that name a pupil without consent to the name."""
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
    """Returns pupils whose consent differs from what the register last used."""
    began = Pupil.objects.consenting("name").exclude(is_listed=True)
    ended = Pupil.objects.withholding("name").exclude(is_listed=False)
    # Pupils never checked (`is_listed` NULL) are in both queries; those with a real change come first.
    order = F("is_listed").asc(nulls_last=True)
    return [*began.order_by(order, "pk")[:AT_ONCE], *ended.order_by(order, "pk")[:AT_ONCE]]
