"""Ten recovery codes, each good once, for the day the telephone is lost.

The library keeps and consumes them. What it keeps is our digest of a code: a stolen backup holds none.
"""

import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

CODES = 10
NAME = "Mã khôi phục"


class CodesLeft(NamedTuple):
    """How many codes a person has left of CODES, and since when."""

    left: int
    made_at: datetime.datetime


@transaction.atomic
def make_codes(person: Any) -> list[str]:
    """Replace the person's codes by ten new ones and return them, to be shown once: “7QF4-K2MB”."""
    codes = [StaticToken.random_token() for _ in range(CODES)]
    # The same row stays: a session that came in by an old code still stands by it.
    now = {"created_at": timezone.now(), "throttling_failure_count": 0}
    holder, _ = StaticDevice.objects.update_or_create(user=person, name=NAME, defaults=now)
    holder.token_set.all().delete()
    StaticToken.objects.bulk_create(
        StaticToken(device=holder, token=digest_of(person, code)) for code in codes
    )
    return [f"{code[:4]}-{code[4:]}".upper() for code in codes]


def remove_codes(person: Any) -> None:
    StaticDevice.objects.filter(user=person).delete()


def codes_of(person: Any) -> StaticDevice | None:
    """Return the device that consumes the person's codes."""
    return StaticDevice.objects.filter(user=person, name=NAME, confirmed=True).first()


def count_codes(person: Any) -> CodesLeft | None:
    """Return how many are left; None if none were ever made."""
    holder = codes_of(person)
    if holder is None:
        return None
    return CodesLeft(holder.token_set.count(), holder.created_at or timezone.now())


def digest_of(person: Any, code: str) -> str:
    """Return what is kept of a code, however it was typed: in capitals, with or without its hyphen.

    A code has neither 0 nor 8 (base 32), so that whoever has copied these by hand meant O and B.
    """
    plain = "".join(code.split()).replace("-", "").replace("–", "").lower()
    plain = plain.replace("0", "o").replace("8", "b")
    return salted_hmac("second_factor.recovery", f"{person.pk}:{plain}", algorithm="sha256").hexdigest()[:16]
