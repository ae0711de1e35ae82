"""The one-time code that opens the first visit while the site has no administrator."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.codes import hash_code, make_code
from departments.access import administrators
from newsroom.models import OpeningCode

LIFE = datetime.timedelta(hours=2)
_NOBODY = 0  # the code belongs to no account: there is none


class CodeSpent(Exception):
    """The code was used, replaced or has ended, or the site has an administrator by now."""


def is_open() -> bool:
    """Return whether the site still waits for its first administrator."""
    return not administrators().exists()


@transaction.atomic
def make_opening_code() -> str:
    """Return a new code, stored nowhere; those printed before end."""
    OpeningCode.objects.filter(used_at=None).delete()
    code = make_code()
    OpeningCode.objects.create(code_hash=hash_code(_NOBODY, code), ends_at=timezone.now() + LIFE)
    return code


def is_good(typed: str) -> bool:
    """Return whether the code opens the page now; looking uses nothing up."""
    return is_open() and _usable(typed).exists()


def spend_opening_code(typed: str) -> None:
    """Use the code up in the caller's transaction: of two who hold it, one gets CodeSpent."""
    if not (_usable(typed).update(used_at=timezone.now()) and is_open()):
        raise CodeSpent


def _usable(typed: str):
    wanted = hash_code(_NOBODY, typed)
    return OpeningCode.objects.filter(code_hash=wanted, used_at=None, ends_at__gt=timezone.now())
