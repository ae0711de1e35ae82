"""Numbers of the book of commendations, given in calling order when sheets are made to be signed."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from awards.models import BookEntry, Commendation, Decision
from departments.models import Department
from documents.numbering import book_year
from foundation.pagestore.announcing import announce

_LONGEST = 9  # digits of a number that somebody typed, so that it fits the column


def give_book_numbers(decision: Decision, rows: Iterable[Commendation]) -> int:
    """Give the rows that have none the next numbers of the issuer's book of the year; returns how many.

    Two at once get different numbers: the second waits for the first one's transaction. Numbers that were
    typed by hand are passed over.
    """
    with transaction.atomic():
        Department.objects.select_for_update().get(pk=decision.issuer_id)
        numbered = set(
            Commendation.objects.filter(decision=decision)
            .exclude(book_number="")
            .values_list("pk", flat=True)
        )
        wanting = [row for row in rows if row.pk not in numbered]
        if not wanting:
            return 0
        year = int(book_year(decision.signed_on))
        last = _last_number(decision.issuer_id, year)
        entries = [
            BookEntry(issuer_id=decision.issuer_id, year=year, number=number, commendation=row)
            for number, row in enumerate(wanting, last + 1)
        ]
        BookEntry.objects.bulk_create(entries)
        for entry, row in zip(entries, wanting, strict=True):
            row.book_number = str(entry.number)
        Commendation.objects.bulk_update(wanting, ["book_number"], batch_size=200)
        announce(decision)
    return len(wanting)


def _last_number(issuer: int, year: int) -> int:
    entries = BookEntry.objects.filter(issuer=issuer, year=year)
    given: int = entries.aggregate(last=Max("number"))["last"] or 0
    typed: Any = Commendation.objects.filter(decision__issuer=issuer, decision__book_year=str(year)).exclude(
        book_number=""
    )
    numbers = (text for text in typed.values_list("book_number", flat=True) if len(text) <= _LONGEST)
    return max([given, *(int(text) for text in numbers if text.isascii() and text.isdecimal())])
