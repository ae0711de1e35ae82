"""Delete the personal data of enrolments whose day has come; the numbers stay."""

from django.db import transaction
from django.utils import timezone

from approvals.auditing import audit_act
from inbox.telling import forget_letters
from training.models import Enrolment, Participant
from training.tickets import letter_key


def forget_people() -> int:
    """A duty of the worker: delete names, titles, mail, answers, tickets. Returns how many people."""
    today, count = timezone.localdate(), 0
    kept = Enrolment.objects.filter(forgotten_on=None, event__starts_at__lt=timezone.now())
    for enrolment in kept.select_related("event__host"):
        if enrolment.forget_on >= today:
            continue
        with transaction.atomic():
            gone = Participant.objects.filter(enrolment=enrolment).update(
                full_name="",
                title="",
                email="",
                person=None,
                answers={},
                code=None,
                search_key="",
                sort_key="",
            )
            forget_letters(letter_key(enrolment))
            Enrolment.objects.filter(pk=enrolment.pk).update(forgotten_on=today)
            audit_act("Xóa dữ liệu cá nhân hết hạn giữ", None, about=enrolment, words=f"{gone} người dự")
        count += gone
    return count
