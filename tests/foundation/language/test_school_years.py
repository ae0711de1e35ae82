from datetime import UTC, date, datetime

import pytest

from foundation.language.school_years import (
    parse_school_year,
    school_year_display,
    school_year_label,
    school_year_on,
)
from tests.foundation.language.shared_cases import cases


@pytest.mark.parametrize("case", cases("school_year"))
def test_school_years_as_agreed(case):
    asked = case["input"]
    if "parse" in asked:
        start = parse_school_year(asked["parse"])
    elif "date" in asked:
        start = school_year_on(date.fromisoformat(asked["date"]))
    else:
        start = asked["start"]
    assert (None if start is None else school_year_label(start)) == case["expected"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2017-2018", 2017),
        ("Năm học  2017—2018", 2017),
        ("NĂM HỌC 2025 / 2026", 2025),
        ("na\u0306m học 1999-00", 1999),
        ("2025-25", None),
        ("2026-2025", None),
        ("2025", None),
        ("25-26", None),
        ("2025-026", None),
        ("3025-3026", None),
        ("năm học", None),
        ("", None),
    ],
)
def test_school_years_are_read(text, start):
    assert parse_school_year(text) == start


def test_summer_belongs_to_the_year_ending_unless_the_house_says_otherwise():
    assert school_year_on(date(2025, 8, 31)) == 2024
    assert school_year_on(date(2025, 9, 1)) == 2025
    assert school_year_on(date(2025, 8, 1), first_month=8) == 2025


def test_a_moment_counts_by_vietnamese_time():
    assert school_year_on(datetime(2025, 8, 31, 18, tzinfo=UTC)) == 2025


def test_headings_have_an_en_dash_that_is_read_back():
    assert school_year_display(2025) == "2025–2026"
    assert parse_school_year(school_year_display(2025)) == 2025
