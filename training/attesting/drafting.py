"""The list of who gets a paper, computed from the scans by the list's rule."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from approvals.auditing import audit_act
from awards.fields import give_codes
from departments.models import Position
from departments.querysets import in_force
from foundation.inserting.rows import insert_all
from training.attendance import sittings_by_person
from training.enums import RuleKind
from training.models import Attestation, AttestationList, Enrolment, Participant


def begin_list(enrolment: Enrolment, *, by: Any) -> AttestationList:
    """Return the enrolment's list; a new one asks for every sitting and is signed by the host's head."""
    sittings = enrolment.sittings.count()
    head = Position.objects.filter(
        in_force(timezone.localdate()), department=enrolment.host_id, role="head", stands_in_for=None
    )
    signer = head.select_related("person").first()
    words = {
        "host_id": enrolment.host_id,
        "content": str(enrolment.event),
        "signed_on": timezone.localdate(),
        "at_least": Decimal(max(sittings, 1)),
        "signer_name": signer.person.full_name if signer else "",
        "signer_title": signer.title if signer else "",
    }
    with transaction.atomic():
        made, is_new = AttestationList.objects.get_or_create(enrolment=enrolment, defaults=words)
        if is_new:
            made.writers.add(by)
            fill_list(made)
            audit_act("Lập danh sách xác nhận tham gia", by, about=made)
    return made


def fill_list(made: AttestationList) -> int:
    """Compute the rows anew by the rule; numbered rows stay as they are. Returns how many there are now."""
    hours = {sitting.pk: sitting.hours for sitting in made.enrolment.sittings.all()}
    came = sittings_by_person(made.enrolment)
    with transaction.atomic():
        made.rows.filter(number=None).delete()
        known = set(made.rows.values_list("participant", flat=True))
        fresh = []
        people = Participant.objects.standing().filter(enrolment=made.enrolment).exclude(full_name="")
        for person in people:
            there = came.get(person.pk, set())
            total = sum((hours[sitting] for sitting in there), Decimal(0))
            if person.pk not in known and is_enough(made, len(there), total):
                fresh.append(
                    Attestation(
                        list=made,
                        host_id=made.host_id,
                        participant=person,
                        full_name=person.full_name,
                        title=person.title,
                        unit_name=person.unit_name,
                        sittings=len(there),
                        hours=total,
                    )
                )
        give_codes(fresh, made)
        insert_all(fresh)
    return len(known) + len(fresh)


def is_enough(made: AttestationList, sittings: int, hours: Decimal) -> bool:
    """Whether somebody who came to so many sittings gets a paper; nobody does who never came."""
    reached = hours if made.rule == RuleKind.HOURS else Decimal(sittings)
    return sittings > 0 and reached >= made.at_least
