"""How people are told: rows in the transaction of what happened, so that both are there or neither."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from inbox.models import Delivery, MailChoice, Notice


def tell(
    people: Iterable[Any],
    kind: str,
    heading: str,
    *,
    about: str,
    address: str,
    words: str = "",
    record: Model | None = None,
    permission: str = "",
    once: str = "",
    urgent: bool = False,
) -> int:
    """Tell each of the accounts once; returns how many were told.

    `words` say why it comes to them. With `permission`, it is shown and mailed only to who holds it on
    the record. `once` names what must not be told a second time to the same person. What is `urgent`
    does not wait for a digest. Accounts out of use are told nothing.
    """
    people = {user.pk: user for user in people if user.is_active}
    choices = dict(MailChoice.objects.filter(user__in=people).values_list("user", "delivery"))
    kind_of_record = ContentType.objects.get_for_model(record) if record else None
    notices = [
        Notice(
            recipient=user,
            kind=kind,
            heading=heading,
            about=about[:250],
            words=words,
            address=address,
            permission=permission,
            content_type=kind_of_record,
            object_id=record and record.pk,
            key=f"{once}:{user.pk}" if once else None,
            **_mail(user, choices.get(user.pk, Delivery.AT_ONCE), urgent),
        )
        for user in people.values()
        if not once or not Notice.objects.filter(key=f"{once}:{user.pk}").exists()
    ]
    # Another worker may tell the same at the same moment: one row stays.
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(once))
    return len(notices)


def _mail(user: Any, delivery: str, urgent: bool) -> dict[str, Any]:
    """When the mail is due, if one is."""
    if not user.email or delivery == Delivery.NEVER:
        return {}
    if delivery == Delivery.DAILY and not urgent:
        return {"mail_at": next_digest(), "in_digest": True}
    # To the second: SQLite's own clock tells milliseconds, and a mail told in this very one is due now.
    return {"mail_at": timezone.now().replace(microsecond=0)}


def next_digest() -> datetime.datetime:
    """The next morning hour of the digests."""
    now = timezone.localtime()
    today = now.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + datetime.timedelta(days=1)
