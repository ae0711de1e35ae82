from decimal import Decimal

import pytest

from foundation.language.numbers import format_number, parse_number, read_count
from tests.foundation.language.shared_cases import cases


@pytest.mark.parametrize("case", cases("number_format"))
def test_numbers_as_agreed(case):
    asked = case["input"]
    if "parse" in asked:
        assert parse_number(asked["parse"]) == case["expected"]
    else:
        got = format_number(asked["value"], asked.get("decimals"), asked.get("unit"))
        assert got == case["expected"]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1.000"),
        (-1234567, None, "-1.234.567"),
        (8.0, None, "8"),
        (8.25, None, "8,25"),
        (8.25, 1, "8,3"),
        (2.675, 2, "2,68"),
        (-0.4, 0, "0"),
        (7, 2, "7,00"),
        (Decimal("1234.50"), None, "1.234,5"),
        (1e15, None, "1.000.000.000.000.000"),
    ],
)
def test_numbers_are_written(value, decimals, expected):
    assert format_number(value, decimals) == expected


def test_units_follow_their_own_spacing():
    assert format_number(702000, unit="dong") == "702.000 đồng"
    assert format_number(Decimal("98.6"), unit="phan-tram") == "98,6%"


@pytest.mark.parametrize(("value", "unit"), [(1, "usd"), (float("nan"), None), (float("inf"), "dong")])
def test_what_cannot_be_written_is_refused(value, unit):
    with pytest.raises(ValueError, match=r"unknown unit|not a number"):
        format_number(value, unit=unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02", 2),
        ("1234567", 1234567),
        ("1.234.567", 1234567),
        ("1.234,5", Decimal("1234.5")),
        ("-3,50", Decimal("-3.5")),
        ("98,6%", Decimal("98.6")),
        ("5.850.000 đồng", 5850000),
        ("5.850.000đ", 5850000),
        ("710.000 VNĐ", 710000),
        ("2 tỷ", 2000000000),
        ("2,5 tỉ đồng", 2500000000),
        ("300 nghìn đồng", 300000),
        ("1,5 trie\u0323\u0302u", 1500000),
    ],
)
def test_numbers_are_read(text, expected):
    got = parse_number(text)
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    "text",
    ["", "1.50", "1,234,567", "1.2345", "12.34.567", "0.500", "1,500 đồng", "năm", "1 500", "٣", "1e5",
     ",5", "5,", "9" * 50],
)  # fmt: skip
def test_doubtful_numbers_are_asked_not_guessed(text):
    assert parse_number(text) is None


def test_what_is_written_is_read_back():
    for value in (0, 7, 1000, 987654321, -12):
        assert parse_number(format_number(value)) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("05", 5), ("1.342", 1342), ("hai", 2), ("năm", 5), ("mười", 10), ("mười lăm", 15),
        ("hai mươi mốt", 21), ("Hai mươi lăm", 25), ("một trăm linh hai", 102), ("một trăm hai mươi", 120),
        ("mươi", None), ("hai ba", None), ("linh hai", None), ("nhiều", None), ("", None),
    ],
)  # fmt: skip
def test_counts_are_read_in_figures_and_words(text, number):
    assert read_count(text) == number
