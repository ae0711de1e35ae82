"""How mail leaves: taken by one worker, sent, noted; tried again when the server is away.

A worker claims rows by one UPDATE, so two never hold the same; a claim of a worker that died falls
free after a while. A mail counts as sent when the server has taken it. Between that and our note of it
a kill may let it go out a second time: then under the same Message-ID.
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

AT_ONCE_LIMIT = 100  # rows a turn: the publishing duties wait meanwhile
CLAIM = datetime.timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = datetime.timedelta(seconds=30), datetime.timedelta(hours=6)
# After these many refusals (two days and more) the inbox alone holds it; the row says why.
MOST_ATTEMPTS = 16
# About the server and not about one mail, though some of them are “responses” too.
SERVER_AWAY = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)


def to_send() -> Q:
    """Rows whose mail is due, in nobody's hands."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=Now())
    return free & Q(mailed_at=None, mail_at__lte=Now(), attempts__lt=MOST_ATTEMPTS)


def send_due() -> int:
    """Send every mail that is due; returns how many went. What could not go waits for another try."""
    claim = uuid4().hex
    due = Notice.objects.filter(to_send()).order_by("mail_at", "pk").values("pk")[:AT_ONCE_LIMIT]
    pks = [row["pk"] for row in due]
    if not pks:
        return 0
    Notice.objects.filter(to_send(), pk__in=pks).update(claim=claim, claimed_until=Now() + CLAIM)
    mine = list(Notice.objects.filter(claim=claim, mailed_at=None).select_related("recipient").order_by("pk"))
    return _send_all(_batches(mine))


def _send_all(batches: list[list[Notice]]) -> int:
    """Send until the server turns out to be away: the rest is let go of, not tried one by one."""
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
    """Each notice alone; those of a person's digest together."""
    alone = [[notice] for notice in notices if not notice.in_digest]
    digests = sorted((n for n in notices if n.in_digest), key=lambda n: (n.recipient_id, n.pk))
    return alone + [list(rows) for _, rows in groupby(digests, key=lambda n: n.recipient_id)]


def _send(batch: list[Notice]) -> bool:
    """Send one mail, without what its reader may not see or has read already."""
    user = batch[0].recipient
    told = [n for n in batch if user.is_active and user.email and may_read(user, n)]
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
        _wait(batch, failure)  # this mail, this address: others may go
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
