"""The ticket of a person: a page at an address that cannot be guessed, its code, the letter with it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from awards.verification import QRCode, draw_code
from events.timing import date_words, hour_words
from foundation.language.dates import format_date
from inbox.telling import Letter, send_letters
from training.models import Attestation, AttestationList, Enrolment, Participant


def ticket_address(person: Participant) -> str:
    """Return the path of the person's own page; it says nothing of them but a number nobody can guess."""
    return reverse("training:ticket", args=[person.code])


def ticket_code(person: Participant) -> QRCode:
    """Return the code that a gate reads."""
    return draw_code(settings.SITE_URL + ticket_address(person))


def letter_key(enrolment: Enrolment) -> str:
    """Return how the keys of all letters to the people of an enrolment begin."""
    return f"training:{enrolment.pk}:"


def send_ticket_letters(enrolment: Enrolment, *, by: Any) -> int:
    """Mail the ticket to everybody who has a place and an address and has none yet; returns how many.

    Who takes another's place gets a letter of their own: the ticket then is a new one.
    """
    event = enrolment.event
    place = ", ".join(filter(None, (event.place_name, event.place_address))) or event.online_url
    words = (
        f"{event}: {hour_words(event)}, {date_words(event)}, {place}. Mở đường dẫn dưới đây để lấy mã QR vào "
        f"cổng. Họ tên, chức vụ và địa chỉ thư này chỉ dùng để tổ chức sự kiện, được xóa sau ngày "
        f"{format_date(enrolment.forget_on, 'so')}."
    )
    people = enrolment.people.placed().exclude(email="")
    letters = [
        Letter(
            f"{letter_key(enrolment)}{person.code}:ticket",
            person.email,
            person.full_name,
            words,
            ticket_address(person),
        )
        for person in people
    ]
    return send_letters(letters, f"Vé dự: {event}"[:100], by=by)


def send_paper_letters(made: AttestationList, *, by: Any) -> int:
    """Mail the way to their paper to everybody who has one and an address; returns how many were not told."""
    enrolment = made.enrolment
    words = (
        f"{enrolment.event}. Giấy xác nhận tham gia của bạn đã được duyệt. Mở đường dẫn dưới đây để xem số, "
        "mã xác minh và tải tệp."
    )
    rows = Attestation.objects.given().valid().filter(list=made).exclude(participant__email="")
    letters = [
        Letter(
            f"{letter_key(enrolment)}{row.participant.code}:paper",
            row.participant.email,
            row.full_name,
            words,
            ticket_address(row.participant),
        )
        for row in rows.select_related("participant")
    ]
    return send_letters(letters, f"Giấy xác nhận: {enrolment.event}"[:100], by=by)


def is_over(enrolment: Enrolment) -> bool:
    """Whether the event has ended, so that no ticket is of use any more."""
    return (enrolment.event.ends_at or enrolment.event.starts_at) < timezone.now()
