"""Find out whether mail has failed for so long that somebody should look."""

import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.models import User
from inbox.models import Notice
from inbox.posting import MOST_ATTEMPTS

LONG = datetime.timedelta(hours=1)
TRIES_IN_LONG = 8  # attempts in one hour: the pause starts at posting.FIRST_PAUSE and doubles
# Errors about one address or one mail; the office corrects the address, the server works.
OF_ONE_MAIL = (
    "SMTPRecipientsRefused",
    "SMTPDataError",
    "SMTPSenderRefused",
    "SMTPResponseException",
    "ValueError",
)


class Stuck(NamedTuple):
    """How many mails have been due for more than an hour, and since when the oldest waits."""

    count: int
    oldest: datetime.datetime | None


def stuck() -> Stuck:
    """Count the mails that wait because the mail server or the worker is away. The inbox has all of them."""
    waiting = Q(mailed_at=None, mail_at__isnull=False, attempts__lt=MOST_ATTEMPTS)
    long = Q(attempts__gte=TRIES_IN_LONG) | Q(mail_at__lt=timezone.now() - LONG)
    rows = Notice.objects.filter(waiting & long).exclude(_of_one_mail())
    return Stuck(**rows.aggregate(count=Count("pk"), oldest=Min("told_at")))


def refused() -> list[User]:
    """Return the accounts whose address refused mail in the last week, by username."""
    week = timezone.now() - datetime.timedelta(days=7)
    rows = Notice.objects.filter(_of_one_mail(), mailed_at=None, told_at__gt=week)
    return list(User.objects.filter(pk__in=rows.values("recipient")).order_by("username"))


def _of_one_mail() -> Q:
    return reduce(or_, (Q(error__startswith=f"{name}:") for name in OF_ONE_MAIL))
