"""Working hours: nights, the noon break, weekends and days off do not count."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from departments.models import DayOff
from departments.working_time import LONGEST, WorkingTime

pytestmark = pytest.mark.django_db


def at(words):
    return timezone.make_aware(datetime.fromisoformat(words))


@pytest.mark.parametrize(
    ("since", "hours", "ends"),
    [
        ("2026-11-25 08:00", 2, "2026-11-25 10:00"),  # a Wednesday
        ("2026-11-25 10:30", 2, "2026-11-25 14:30"),  # over the noon break
        ("2026-11-25 12:00", 1, "2026-11-25 14:30"),  # in the break
        ("2026-11-25 16:00", 8, "2026-11-26 16:00"),  # one working day
        ("2026-11-25 22:00", 8, "2026-11-26 17:00"),  # at night: the whole next day
        ("2026-11-27 16:00", 8, "2026-11-30 16:00"),  # over a weekend
        ("2026-11-28 09:00", 1, "2026-11-30 08:00"),  # sent on a Saturday
        ("2026-11-25 08:00", 0, "2026-11-25 08:00"),
    ],
)
def test_hours_are_counted_on_working_days_alone(since, hours, ends):
    assert WorkingTime(at(since).date()).after(at(since), hours) == at(ends)


def test_days_off_do_not_count():
    DayOff.objects.create(name="Tết Nguyên đán", first=date(2027, 2, 5), last=date(2027, 2, 11))
    since = at("2027-02-04 16:00")  # a Thursday
    assert WorkingTime(since.date()).after(since, 2) == at("2027-02-12 08:00")


def test_a_calendar_of_days_off_alone_comes_to_an_end():
    DayOff.objects.create(name="Sai", first=date(2020, 1, 1), last=date(2099, 1, 1))
    since = at("2026-11-25 08:00")
    assert WorkingTime(since.date()).after(since, 2) == since
    assert LONGEST > 366


def test_hours_of_the_house_are_a_setting(settings):
    settings.WORKING_HOURS = ["08:00-10:00"]
    since = at("2026-11-25 09:00")
    assert WorkingTime(since.date()).after(since, 3) == at("2026-11-26 10:00")
