"""Tell people something by rows written in the transaction of the event: both are saved or neither."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from accounts.models import Ticket
from foundation.language.dates import format_date
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
    certain: bool = False,
    mail_to: str = "",
) -> int:
    """Tell each of the accounts once; returns how many were told.

    `words` say why they are told. With `permission`, the notice is shown and mailed only to those who have it
    on the record. `once` is a key that must not be told twice to the same person. `urgent` mail does not wait
    for the digest; mail that must go (about the account itself) goes at once whatever they chose, and to
    `mail_to` if that is given. Inactive accounts are not told.
    """
    people = {user.pk: user for user in people if user.is_active}
    choices = {} if certain else _choices(people)
    said = {"kind": kind, "heading": heading, "about": about[:250], "words": words, "address": address}
    said |= {"permission": permission, "mail_to": mail_to}
    kind_of_record = ContentType.objects.get_for_model(record) if record else None
    notices = [
        Notice(
            recipient=user,
            content_type=kind_of_record,
            object_id=record and record.pk,
            key=f"{once}:{user.pk}" if once else None,
            **said,
            **_mail(bool(user.email or mail_to), choices.get(user.pk, Delivery.AT_ONCE), urgent),
        )
        for user in people.values()
        if not once or not Notice.objects.filter(key=f"{once}:{user.pk}").exists()
    ]
    # Another worker may tell the same thing at the same moment: one row is kept.
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(once))
    return len(notices)


@dataclass(frozen=True)
class Letter:
    """A letter to somebody who may have no account; `key` is told once, `address` is the link."""

    key: str
    mail_to: str
    name: str
    words: str
    address: str


def send_letters(letters: Iterable[Letter], heading: str, *, by: Any) -> int:
    """Put letters into the outbox; `by` answers for them. Returns how many were not sent before."""
    letters = list(letters)
    known = set(Notice.objects.filter(key__in=[one.key for one in letters]).values_list("key", flat=True))
    now = timezone.now().replace(microsecond=0)
    rows = [
        Notice(
            recipient=by,
            kind="letter",
            heading=heading,
            about=one.name,
            words=one.words,
            address=one.address,
            key=one.key,
            is_letter=True,
            mail_to=one.mail_to,
            mail_at=now,
        )
        for one in letters
        if one.key not in known
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def forget_letters(beginning: str) -> int:
    """Delete the letters whose key begins so, sent or not: they name people. Returns how many."""
    count, _ = Notice.objects.filter(is_letter=True, key__startswith=beginning).delete()
    return count


def send_tickets(tickets: Iterable[Ticket], heading: str, words: str) -> int:
    """Put the letters that carry these tickets' links into the outbox; returns how many.

    `words` may name “{username}” and “{until}”. The link itself is written when the letter is sent.
    """
    letters = [
        Notice(
            recipient=ticket.user,
            kind="ticket",
            heading=heading,
            about=f"tài khoản {ticket.user.username}",
            words=words.format(username=ticket.user.username, until=_moment(ticket.ends_at)),
            ticket=ticket,
            mail_to=ticket.email,
            mail_at=timezone.now().replace(microsecond=0),
        )
        for ticket in tickets
    ]
    return len(Notice.objects.bulk_create(letters))


def _moment(moment: datetime.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local:%H:%M} {format_date(local, 'van-ban')}"


def _choices(people: Iterable[int]) -> dict[int, str]:
    return dict(MailChoice.objects.filter(user__in=people).values_list("user", "delivery"))


def _mail(has_address: bool, delivery: str, urgent: bool) -> dict[str, Any]:
    """Return the fields that say when the mail is due; empty if none is sent."""
    if not has_address or delivery == Delivery.NEVER:
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
