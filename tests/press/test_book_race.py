"""Two registrars number sheets of one issuer at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from awards.models import BookEntry, Commendation
from awards.paper.book import give_book_numbers
from tests.factories.awards import make_commendation, make_decision


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_one_moment_differ(province):
    if connection.vendor == "sqlite":
        pytest.skip(
            "one writer at a time there (BEGIN IMMEDIATE); the tests' database in memory has no waiting"
        )
    decisions = [make_decision(issuer=province) for _ in range(4)]
    for decision in decisions:
        for name in ("Y Phu Êban", "H’Lan Byă", "Trần Đức Mạnh"):
            make_commendation(decision, name)

    def number(decision):
        try:
            return give_book_numbers(decision, list(decision.commendations.all()))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(number, decisions)) == [3, 3, 3, 3]
    assert sorted(BookEntry.objects.values_list("number", flat=True)) == list(range(1, 13))
    printed = Commendation.objects.values_list("book_number", flat=True)
    assert sorted(map(int, printed)) == list(range(1, 13))
