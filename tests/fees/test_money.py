"""The sums: whole đồng, thresholds by day, who is held back what; check values from the law."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

from fees.ciphers import decrypt, encrypt
from fees.enums import Relation
from fees.money import hold_back, split, worth

UNTIL_JUNE = SimpleNamespace(
    threshold=2_000_000, resident_percent=Decimal(10), non_resident_percent=Decimal(20), document="TT 111"
)
SINCE_JULY = SimpleNamespace(
    threshold=5_000_000, resident_percent=Decimal(10), non_resident_percent=Decimal(20), document="NĐ 253"
)
FORM = datetime.date(2026, 1, 5)


def test_a_work_is_worth_whole_dong_rounded_down():
    assert worth(Decimal(10), 234_000, Decimal(1)) == 2_340_000
    assert worth(Decimal("2.5"), 253_000, Decimal(1)) == 632_500
    assert worth(Decimal("0.33"), 253_001, Decimal("0.2")) == 16_698  # 16.698,066
    assert worth(Decimal("0.01"), 99, Decimal(1)) == 0


def test_shares_make_the_whole_and_nobody_gets_a_part_of_a_dong():
    thirds = [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert split(1_000_001, thirds) == [333_300, 333_300, 333_401]
    assert split(100, [Decimal(50), Decimal(50)]) == [50, 50]
    assert split(101, [Decimal(50), Decimal(50)]) == [51, 50]
    assert split(0, [Decimal(100)]) == [0]
    assert split(7, []) == []


def test_tax_by_threshold_relation_commitment():
    cases = [
        # payment, relation, rule, committed, asked → tax
        (1_999_999, Relation.OUTSIDE, UNTIL_JUNE, None, False, 0),
        (2_000_000, Relation.OUTSIDE, UNTIL_JUNE, None, False, 200_000),
        (4_999_999, Relation.OUTSIDE, UNTIL_JUNE, None, False, 499_999),  # 499.999,9 rounded down
        (4_999_999, Relation.OUTSIDE, SINCE_JULY, None, False, 0),
        (5_000_000, Relation.OUTSIDE, SINCE_JULY, None, False, 500_000),
        (5_000_009, Relation.OUTSIDE, SINCE_JULY, None, False, 500_000),
        (5_000_000, Relation.OUTSIDE, SINCE_JULY, FORM, False, 0),
        (9_000_000, Relation.OUTSIDE, SINCE_JULY, FORM, True, 0),
        (300_000, Relation.OUTSIDE, SINCE_JULY, None, True, 30_000),
        (90_000_000, Relation.STAFF, SINCE_JULY, None, True, 0),
        (300_000, Relation.NON_RESIDENT, SINCE_JULY, None, False, 60_000),
        (300_000, Relation.NON_RESIDENT, SINCE_JULY, FORM, False, 60_000),  # the form is for residents
        (-50_000, Relation.NON_RESIDENT, SINCE_JULY, None, False, 0),
    ]
    for payment, relation, rule, committed, asked, tax in cases:
        held = hold_back(payment, relation, rule, committed_on=committed, is_asked=asked)
        assert (payment, relation, held.tax) == (payment, relation, tax)
    said = hold_back(5_000_000, Relation.OUTSIDE, SINCE_JULY)
    assert said.words == "10 %, lần chi từ 5.000.000 đồng (NĐ 253)"


def test_a_number_is_unreadable_in_its_cipher_and_opens_with_an_older_key(settings):
    cipher = encrypt("066099001234")
    assert "066099001234" not in cipher
    assert decrypt(cipher) == "066099001234"
    assert encrypt("066099001234") != cipher  # equal numbers do not look equal
    old, settings.SECRET_KEY = settings.SECRET_KEY, "x" * 60
    settings.SECRET_KEY_FALLBACKS = [old]
    assert decrypt(cipher) == "066099001234"
    assert decrypt(encrypt("")) == ""
