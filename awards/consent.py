"""Names pupils in the register only while the consent register allows it.

Luật BVDLCN 2025, Điều 24: without consent in force, or after it is withdrawn, readers see initials; so they
do of a pupil who stands in no book. A row is a registered pupil's when name and unit agree (or a unit above
or below it): docs/decisions/0017.
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
    """Hide or show names of pupils whose consent has changed, and of rows nobody asked about yet.

    Returns how many rows changed for readers.
    """
    changed = ask_for_new_rows()
    pupils = _with_changed_consent()
    if not pupils:
        return changed
    keys = {pupil.search_key for pupil in pupils}
    rows = Commendation.objects.filter(is_pupil=True, search_key__in=keys)
    with transaction.atomic():
        changed += apply_consent(rows)
        for pupil in pupils:
            Pupil.objects.filter(pk=pupil.pk).update(is_listed=not pupil.why_not("name"))
    return changed


def ask_for_new_rows() -> int:
    """Ask the book about rows that nobody asked about; returns how many changed for readers."""
    pks = list(Commendation.objects.unasked_pupils().values_list("pk", flat=True)[:AT_ONCE])
    if not pks:
        return 0
    with transaction.atomic():
        return apply_consent(Commendation.objects.filter(pk__in=pks))


def apply_consent(rows: Iterable[Commendation]) -> int:
    """Set `lacks_consent` of these rows as the consent register says today. Returns how many changed.

    Makes four queries for any number of rows, and a few more when rows changed.
    """
    rows = [row for row in rows.select_related("decision") if row.is_pupil]
    named = _named(rows)
    changed = [row for row in rows if not row.consent_asked or row.lacks_consent is (row.pk in named)]
    for hidden in (True, False):
        pks = [row.pk for row in changed if (row.pk not in named) is hidden]
        if pks:
            Commendation.objects.filter(pk__in=pks).update(lacks_consent=hidden, consent_asked=True)
    # All of them: a row nobody asked about may have been named by an older version.
    announce(*{row.decision for row in changed})
    return sum(row.is_nameless is (row.pk in named) for row in changed)


def _named(rows: list[Commendation]) -> set[int]:
    """Return the ids of rows whose pupil consents to the name, and no namesake there withholds it."""
    keys = {row.search_key for row in rows}
    may, must_not = (
        _by_name(pupils.filter(search_key__in=keys))
        for pupils in (Pupil.objects.consenting("name"), Pupil.objects.withholding("name"))
    )
    if not may:
        return set()
    line = ApprovalLine(timezone.localdate())

    def stands_in(book: dict[str, set[int]], row: Commendation) -> bool:
        units = book.get(tone_key(row.recipient_name), set())
        return bool(units) and not units.isdisjoint(line.family(row.department_id or row.decision.issuer_id))

    return {row.pk for row in rows if stands_in(may, row) and not stands_in(must_not, row)}


def _by_name(pupils: Iterable[Pupil]) -> dict[str, set[int]]:
    """Return the units in whose books each name stands."""
    units: dict[str, set[int]] = {}
    for pupil in pupils:
        units.setdefault(tone_key(pupil.name), set()).add(pupil.department_id)
    return units


def _with_changed_consent() -> list[Pupil]:
    """Returns pupils whose consent differs from what the register last used."""
    began = Pupil.objects.consenting("name").exclude(is_listed=True)
    ended = Pupil.objects.withholding("name").exclude(is_listed=False)
    # Pupils never checked (`is_listed` NULL) are in both queries; those with a real change come first.
    order = F("is_listed").asc(nulls_last=True)
    return [*began.order_by(order, "pk")[:AT_ONCE], *ended.order_by(order, "pk")[:AT_ONCE]]
