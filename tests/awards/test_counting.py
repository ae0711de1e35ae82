"""Counts come from rows and are worded collectives first."""

import pytest

from awards.counting import Counts, counts, counts_of, phrase
from tests.factories.awards import make_collective, make_commendation, make_decision, make_seed_decision


@pytest.mark.django_db
def test_counts_are_those_of_the_rows():
    decision = make_seed_decision()
    assert counts(decision) == (2, 5)
    decision.commendations.filter(recipient_kind="collective").first().delete()
    assert counts(decision) == (1, 5)
    assert counts(make_decision()) == (0, 0)


@pytest.mark.django_db
def test_a_revoked_row_still_counts():
    decision = make_decision()
    make_commendation(
        decision, revoked_on="2018-01-02", revocation_number="1/QĐ", revocation_reason="Khai sai"
    )
    assert counts(decision) == (0, 1)


@pytest.mark.django_db
def test_many_decisions_are_counted_in_one_query(django_assert_num_queries):
    decisions = [make_seed_decision() for _ in range(3)] + [make_decision()]
    make_collective(decisions[3])
    with django_assert_num_queries(1):
        found = counts_of(decisions)
    assert [found[decision.pk] for decision in decisions] == [(2, 5), (2, 5), (2, 5), (1, 0)]


def test_the_phrase_of_the_news_and_of_lists():
    assert phrase(Counts(2, 5)) == "2 tập thể và 5 cá nhân"
    assert phrase(Counts(2, 5), ", ") == "2 tập thể, 5 cá nhân"
    assert phrase(Counts(0, 5)) == "5 cá nhân"
    assert phrase(Counts(2, 0)) == "2 tập thể"
    assert phrase(Counts()) == ""
