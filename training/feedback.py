"""What participants thought, without names: nothing is shown before five have answered.

An answer is linked to nobody and has no time. The person is only marked as having answered, so that each
answers once.
"""

import secrets
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from foundation.language.numbers import format_number
from training.models import Enrolment, Opinion, Participant

FEWEST = 5
QUESTIONS = (("useful", "Nội dung có ích"), ("clear", "Trình bày dễ hiểu"), ("organised", "Tổ chức chu đáo"))


@dataclass(frozen=True)
class Results:
    """The means by question and the words, in no order; empty until enough people have answered."""

    count: int = 0
    means: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    fewest: int = FEWEST

    @property
    def is_shown(self) -> bool:
        return self.count >= FEWEST


def results_of(enrolment: Enrolment) -> Results:
    """Return the results if at least FEWEST people have answered; else not even how many."""
    answers = list(Opinion.objects.filter(enrolment=enrolment))
    if len(answers) < FEWEST:
        return Results()
    means = tuple(
        (label, format_number(Decimal(sum(getattr(one, name) for one in answers)) / len(answers), 1))
        for name, label in QUESTIONS
    )
    words = [one.words for one in answers if one.words]
    secrets.SystemRandom().shuffle(words)
    return Results(len(answers), means, tuple(words))


def give_opinion(person: Participant, answer: Opinion) -> bool:
    """Keep the answer of one person; False if they have answered before."""
    with transaction.atomic():
        rows = Participant.objects.filter(pk=person.pk, has_answered=False)
        if not rows.update(has_answered=True):
            return False
        answer.enrolment_id = person.enrolment_id
        answer.save()
    return True
