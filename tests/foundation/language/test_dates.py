from datetime import UTC, date, datetime, time

import pytest

from foundation.language.dates import format_date, parse_date, parse_time
from tests.foundation.language.shared_cases import cases


@pytest.mark.parametrize("case", cases("date_format"))
def test_dates_as_agreed(case):
    asked = case["input"]
    if "parse" in asked:
        day, hour = parse_date(asked["parse"]), parse_time(asked["parse"])
        got = (day and day.isoformat()) or (hour and f"{hour:%H:%M}")
    else:
        reader = datetime if "T" in asked["iso"] else date
        got = format_date(reader.fromisoformat(asked["iso"]), asked["style"])
    assert got == case["expected"]


@pytest.mark.parametrize("month", range(1, 13))
def test_decree_puts_a_zero_before_months_one_and_two_only(month):
    written = f"0{month}" if month < 3 else str(month)
    assert format_date(date(2025, month, 9), "van-ban") == f"ngày 09 tháng {written} năm 2025"


def test_an_aware_moment_is_written_in_vietnamese_time():
    late = datetime(2025, 9, 4, 18, 30, tzinfo=UTC)
    assert format_date(late, "dong-dau") == "Thứ Sáu, 05/09/2025, 01:30"
    assert format_date(late, "gon") == "5/9"


def test_a_mere_day_has_no_hour_in_its_line():
    assert format_date(date(2025, 11, 23), "dong-dau") == "Chủ nhật, 23/11/2025"


def test_an_unknown_style_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="unknown date style: 'dai'"):
        format_date(date(2025, 9, 5), "dai")


@pytest.mark.parametrize(
    "text",
    [
        "5/9/2025",
        "05-09-2025",
        "5 / 9 / 2025",
        "2025-09-05",
        "ngày 05/9/2025",
        "Ngày 05 tháng 9 năm 2025",
        "5 tháng 9, năm 2025",
        "5 tháng 9/2025",
        "Thứ Sáu, 05/09/2025",
        "Thứ Sáu, 05/09/2025, 14:30",
        "thứ 6 ngày 5/9/2025",
        "  nga\u0300y 5 \u00a0tháng 9 năm 2025 ",
    ],
)
def test_one_day_in_many_hands(text):
    assert parse_date(text) == date(2025, 9, 5)


@pytest.mark.parametrize("style", ["van-ban", "so", "dong-dau"])
def test_what_is_written_with_a_year_is_read_back(style):
    for day in (date(2024, 2, 29), date(2026, 1, 2), date(1999, 12, 31)):
        assert parse_date(format_date(day, style)) == day


@pytest.mark.parametrize(
    "text",
    ["", "5/9", "5/9/25", "9/31/2025", "29/2/2025", "5/9.2025", "mùng 5 Tết", "0/1/2025", "5/9/0000",
     "Thứ Hai, 05/09/2025", "ngày mai", "14h30", "1/1/20255"],
)  # fmt: skip
def test_what_is_no_certain_day_is_not_read(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14h30", time(14, 30)),
        ("14 giờ 30", time(14, 30)),
        ("14 giờ 30 phút", time(14, 30)),
        ("14:30", time(14, 30)),
        ("7g30", time(7, 30)),
        ("7 H", time(7)),
        ("7h5", time(7, 5)),
        ("0h", time(0)),
        ("24h", None),
        ("7h60", None),
        ("7", None),
        ("2 giờ chiều", None),
        ("5/9/2025", None),
        ("", None),
    ],
)
def test_hours(text, expected):
    assert parse_time(text) == expected
