"""Tell people something by rows written in the transaction of the event: both are saved or neither."""

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

    `words` say why they are told. With `permission`, the notice is shown and mailed only to those who have it
    on the record. `once` is a key that must not be told twice to the same person. `urgent` mail does not wait
    for the digest. Inactive accounts are not told.
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
    # Another worker may tell the same thing at the same moment: one row is kept.
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(once))
    return len(notices)


def _mail(user: Any, delivery: str, urgent: bool) -> dict[str, Any]:
    """Return the fields that say when the mail is due; empty if none is sent."""
    if not user.email or delivery == Delivery.NEVER:
        return {}
    if delivery == Delivery.DAILY and not urgent:
        return {"mail_at": next_digest(), "in_digest": True}
    # Whole seconds: SQLite's clock has milliseconds only, and the mail must be due at once.
    return {"mail_at": timezone.now().replace(microsecond=0)}


def next_digest() -> datetime.datetime:
    """Return the next time at which digests are sent."""
    now = timezone.localtime()
    today = now.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + datetime.timedelta(days=1)
