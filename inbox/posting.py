"""Send mail: claim rows, send, note the result; retry when the server is away.

A worker claims rows by one UPDATE, so no two workers send the same; the claim of a worker that died expires.
A mail counts as sent when the server has accepted it. If the process dies before it notes this, the mail is
sent again with the same Message-ID.
"""

import datetime
import logging
import smtplib
from itertools import groupby
from uuid import uuid4

from django.core.mail import mailers
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from inbox.letters import letter
from inbox.models import Notice
from inbox.reading import may_read

log = logging.getLogger("newsroom.worker")

AT_ONCE_LIMIT = 100  # rows per turn, because publishing waits meanwhile
CLAIM = datetime.timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = datetime.timedelta(seconds=30), datetime.timedelta(hours=6)
# After so many failures (more than two days) the notice stays in the inbox only; the row says why.
MOST_ATTEMPTS = 16
# Errors of the server and not of one mail, although some are subclasses of SMTPResponseException.
SERVER_AWAY = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)


def to_send() -> Q:
    """Return the condition for rows whose mail is due and that no worker has claimed."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=Now())
    return free & Q(mailed_at=None, mail_at__lte=Now(), attempts__lt=MOST_ATTEMPTS)


def send_due() -> int:
    """Send all mail that is due; returns how many were sent. Failed ones are retried later."""
    claim = uuid4().hex
    due = Notice.objects.filter(to_send()).order_by("mail_at", "pk").values("pk")[:AT_ONCE_LIMIT]
    pks = [row["pk"] for row in due]
    if not pks:
        return 0
    Notice.objects.filter(to_send(), pk__in=pks).update(claim=claim, claimed_until=Now() + CLAIM)
    mine = list(
        Notice.objects.filter(claim=claim, mailed_at=None)
        .select_related("recipient", "ticket__user")
        .order_by("pk")
    )
    return _send_all(_batches(mine))


def _send_all(batches: list[list[Notice]]) -> int:
    """Send until the server is found to be away; the rest is released without an attempt."""
    sent = 0
    for place, batch in enumerate(batches):
        try:
            sent += _send(batch)
        except OSError as away:
            _wait(batch, away)
            rest = [notice.pk for later in batches[place + 1 :] for notice in later]
            Notice.objects.filter(pk__in=rest).update(claim="", claimed_until=None)
            break
    return sent


def _batches(notices: list[Notice]) -> list[list[Notice]]:
    """Group the notices by mail: each alone, but those of a person's digest together."""
    alone = [[notice] for notice in notices if not notice.in_digest]
    digests = sorted((n for n in notices if n.in_digest), key=lambda n: (n.recipient_id, n.pk))
    return alone + [list(rows) for _, rows in groupby(digests, key=lambda n: n.recipient_id)]


def _send(batch: list[Notice]) -> bool:
    """Send one mail, without notices that the person may not see or, in a digest, has already read."""
    user = batch[0].recipient
    told = [n for n in batch if user.is_active and (n.mail_to or user.email) and may_read(user, n)]
    if batch[0].in_digest:
        told = [notice for notice in told if notice.read_at is None]
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in batch], claim=batch[0].claim)
    if not told:
        rows.update(mail_at=None, claim="", claimed_until=None)
        return False
    try:
        mailers.default.send_messages([letter(user, told)])
    except SERVER_AWAY:
        raise
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError) as failure:
        _wait(batch, failure)  # an error of this mail or address: the others are sent
        return False
    rows.update(mailed_at=timezone.now(), claim="", claimed_until=None, error="")
    return True


def _wait(batch: list[Notice], failure: Exception) -> None:
    log.warning("Mail to account %s waits: %s", batch[0].recipient_id, failure)
    tried = max(notice.attempts for notice in batch)
    pause = min(FIRST_PAUSE * 2 ** min(tried, 12), LONGEST_PAUSE)
    Notice.objects.filter(pk__in=[notice.pk for notice in batch]).update(
        mail_at=Now() + pause,
        attempts=min(tried + 1, MOST_ATTEMPTS),
        claim="",
        claimed_until=None,
        error=f"{type(failure).__name__}: {failure}"[:300],
    )
