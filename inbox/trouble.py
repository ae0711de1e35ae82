"""Whether mail has been failing for so long that somebody should look."""

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
TRIES_IN_LONG = 8  # pauses double from half a minute: posting.FIRST_PAUSE
# What a server says of one address or one mail; the office mends the address, nobody the server.
OF_ONE_MAIL = (
    "SMTPRecipientsRefused",
    "SMTPDataError",
    "SMTPSenderRefused",
    "SMTPResponseException",
    "ValueError",
)


class Stuck(NamedTuple):
    """Mails that should have gone out more than an hour ago, and since when the oldest waits."""

    count: int
    oldest: datetime.datetime | None


def stuck() -> Stuck:
    """What waits because the mail server (or the worker) is away; nothing is lost, the inbox has it all."""
    waiting = Q(mailed_at=None, mail_at__isnull=False, attempts__lt=MOST_ATTEMPTS)
    long = Q(attempts__gte=TRIES_IN_LONG) | Q(mail_at__lt=timezone.now() - LONG)
    rows = Notice.objects.filter(waiting & long).exclude(_of_one_mail())
    return Stuck(**rows.aggregate(count=Count("pk"), oldest=Min("told_at")))


def refused() -> list[User]:
    """Accounts whose address refuses mail, of the last week, by name."""
    week = timezone.now() - datetime.timedelta(days=7)
    rows = Notice.objects.filter(_of_one_mail(), mailed_at=None, told_at__gt=week)
    return list(User.objects.filter(pk__in=rows.values("recipient")).order_by("username"))


def _of_one_mail() -> Q:
    return reduce(or_, (Q(error__startswith=f"{name}:") for name in OF_ONE_MAIL))
