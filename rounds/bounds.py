"""The years that a round may speak of; others are slips of the keyboard, and no calendar counts with them."""

import datetime

from django.core.exceptions import ValidationError

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_MONTHS = 120


def is_of_our_time(day: datetime.date) -> None:
    """Refuse a day or moment before 2000 or after 2100. Raises ValidationError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Năm {day.year} không hợp lý: hãy ghi từ {FIRST_YEAR} đến {LAST_YEAR}.")
