"""Sums are suggested from dated rows and decided by the registrar."""

import datetime
from decimal import Decimal

import pytest

from awards.enums import RecipientKind, Rounding
from awards.models import AwardKind, BaseSalary, RewardRate
from awards.rewards import RewardTable, Suggestion, fill_rewards
from tests.factories.awards import make_award_kind, make_collective, make_commendation, make_decision

pytestmark = pytest.mark.django_db
PERSON, GROUP = RecipientKind.INDIVIDUAL, RecipientKind.COLLECTIVE


def salary(amount: int, since: datetime.date) -> BaseSalary:
    return BaseSalary.objects.create(
        valid_from=since, amount=amount, document=f"Nghị định lương {since.year}"
    )


def rate(kind: AwardKind, multiple: str | None = "0.3", who: str = PERSON, **fields) -> RewardRate:
    fields.setdefault("valid_from", datetime.date(2018, 1, 1))
    fields.setdefault("document", "Nghị định 98/2023/NĐ-CP")
    value = Decimal(multiple) if multiple else None
    return RewardRate.objects.create(award_kind=kind, recipient_kind=who, multiple=value, **fields)


def suggest(kind: AwardKind, who: str, day: datetime.date) -> Suggestion | None:
    return RewardTable().suggest(kind, who, day)


def test_the_rates_of_the_day_of_signing_count():
    kind = make_award_kind()
    salary(1_490_000, datetime.date(2019, 7, 1))
    salary(2_340_000, datetime.date(2024, 7, 1))
    rate(kind)
    assert suggest(kind, PERSON, datetime.date(2024, 6, 30)).amount == 450_000
    assert suggest(kind, PERSON, datetime.date(2024, 7, 1)).amount == 710_000
    assert suggest(kind, PERSON, datetime.date(2018, 6, 1)) is None
    assert suggest(kind, GROUP, datetime.date(2024, 7, 1)) is None
    assert suggest(make_award_kind("Lao động tiên tiến"), PERSON, datetime.date(2024, 7, 1)) is None


@pytest.mark.parametrize(
    ("rounding", "amount"), [(Rounding.UP, 710_000), (Rounding.NEAREST, 700_000), (Rounding.NONE, 702_000)]
)
def test_how_a_sum_is_made_round_is_a_setting(rounding, amount):
    kind = make_award_kind()
    salary(2_340_000, datetime.date(2024, 7, 1))
    rate(kind, rounding=rounding)
    assert suggest(kind, PERSON, datetime.date(2025, 9, 5)).amount == amount


def test_multiple_and_product_stand_beside_the_sum():
    kind = make_award_kind()
    salary(2_340_000, datetime.date(2024, 7, 1))
    rate(kind)
    assert suggest(kind, PERSON, datetime.date(2025, 9, 5)).words == (
        "0,3 × 2.340.000 = 702.000 → 710.000 đồng (Nghị định 98/2023/NĐ-CP; Nghị định lương 2024)"
    )


def test_a_pupils_prize_may_be_a_fixed_sum():
    kind = make_award_kind("Học sinh giỏi cấp tỉnh")
    rate(kind, None, fixed_amount=1_500_000, document="Nghị quyết HĐND tỉnh")
    assert suggest(kind, PERSON, datetime.date(2025, 9, 5)).words == "1.500.000 đồng (Nghị quyết HĐND tỉnh)"


def test_only_empty_sums_are_filled():
    kind, decision = make_award_kind(), make_decision(signed_on=datetime.date(2025, 9, 5))
    salary(2_340_000, datetime.date(2024, 7, 1))
    rate(kind)
    rate(kind, "0.6", GROUP)
    other = make_commendation(decision, reward_amount=500_000, reward_reason="Quỹ trường")
    person, group = make_commendation(decision), make_collective(decision)
    assert fill_rewards(decision) == 2
    for row, amount in ((other, 500_000), (person, 710_000), (group, 1_410_000)):
        row.refresh_from_db()
        assert row.reward_amount == amount


def test_many_questions_cost_two_queries(django_assert_num_queries):
    kind = make_award_kind()
    salary(2_340_000, datetime.date(2024, 7, 1))
    rate(kind)
    with django_assert_num_queries(2):
        table = RewardTable()
        found = {table.suggest(kind, PERSON, datetime.date(2025, 9, day)).amount for day in range(1, 20)}
    assert found == {710_000}
