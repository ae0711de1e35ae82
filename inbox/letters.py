"""The text of a mail: greeting, what happened, why this person gets it, and one link."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import FormOfAddress, Ticket
from identity.current import site_words
from inbox.models import Notice

OFFICE = "Phòng biên tập"


def letter(user: Any, notices: list[Notice]) -> EmailMultiAlternatives:
    """Return the mail about one notice, or the digest of several, as plain text with simple HTML.

    The Message-ID is computed from the notices, so that a mail sent twice is recognised as the same one.
    """
    if ticket := notices[0].ticket:
        return _ticket_letter(notices[0], ticket)
    if notices[0].is_letter:
        return _letter_out(notices[0])
    alone = len(notices) == 1 and not notices[0].in_digest
    address = reverse("admin:inbox_open", args=[notices[0].pk]) if alone else reverse("admin:inbox")
    context = {
        "greeting": greeting(user),
        "notices": notices,
        "is_digest": not alone,
        "link": settings.SITE_URL + address,
    }
    subject = str(notices[0]) if alone else f"{len(notices)} việc cần biết hôm nay"
    return _message(subject, context, notices)


def _ticket_letter(notice: Notice, ticket: Ticket) -> EmailMultiAlternatives:
    """Return the letter whose link is the ticket; the link is stored nowhere else."""
    address = reverse("admin:enter_by_link", args=[ticket.token])
    context = {
        "greeting": greeting(notice.recipient),
        "notices": [notice],
        "link": settings.SITE_URL + address,
        "lets_in": True,
    }
    return _message(notice.heading, context, [notice])


def _letter_out(notice: Notice) -> EmailMultiAlternatives:
    """Return the letter to somebody without an account, `about` being their name, with its own link."""
    context = {
        "greeting": f"Kính gửi {notice.about}",
        "notices": [notice],
        "link": settings.SITE_URL + notice.address,
        "is_letter": True,
        "lets_in": True,
    }
    return _message(notice.heading, context, [notice])


def _message(subject: str, context: dict[str, Any], notices: list[Notice]) -> EmailMultiAlternatives:
    site = site_words()
    context = context | {"site_name": site.name, "organization": site.organization}
    message = EmailMultiAlternatives(
        subject=f"[{OFFICE}] {' '.join(subject.split())}",
        body=render_to_string("inbox/mail.txt", context),
        to=[notices[0].mail_to or notices[0].recipient.email],
        headers={"Message-ID": _message_id(notices), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("inbox/mail.html", context), "text/html")
    return message


def greeting(user: Any) -> str:
    """Return “Kính gửi cô Nhung,”; if no form of address is known, “Chào bạn Nhung,”."""
    opening = "Chào" if user.form_of_address == FormOfAddress.FRIEND else "Kính gửi"
    return f"{opening} {user.form_of_address} {user.get_short_name() or user}"


def _message_id(notices: list[Notice]) -> str:
    named = ",".join(str(notice.pk) for notice in notices)
    digest = hashlib.sha256(f"{settings.SITE_URL}:{named}".encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"
