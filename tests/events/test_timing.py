import pytest

from events.enums import Occurrence, Qualifier
from events.models import Event
from events.timing import attendance_phrase, badge_at, counted, date_words, hour_words, is_over, state_at
from tests.factories.events import at, make_event


def event(starts="10/11/2017 07:30", ends=None, **fields) -> Event:
    return Event(starts_at=at(starts), ends_at=ends and at(ends), **fields)


def states(subject: Event, *moments: str) -> list[str]:
    return [state_at(subject, at(moment)).value for moment in moments]


def test_an_event_with_hours_runs_between_them():
    subject = event(ends="10/11/2017 16:30")
    moments = "10/11/2017 07:29", "10/11/2017 07:30", "10/11/2017 16:29", "10/11/2017 16:30"
    assert states(subject, *moments) == ["upcoming", "running", "running", "past"]


def test_without_an_hour_of_ending_it_lasts_its_day():
    moments = "10/11/2017 07:29", "10/11/2017 23:59", "11/11/2017 00:00"
    assert states(event(), *moments) == ["upcoming", "running", "past"]


def test_whole_days_count_from_midnight_to_midnight():
    subject = event("10/11/2017 00:00", "12/11/2017 00:00", all_day=True)
    moments = "09/11/2017 23:59", "10/11/2017 00:00", "12/11/2017 23:59", "13/11/2017 00:00"
    assert states(subject, *moments) == ["upcoming", "running", "running", "past"]


def test_cancelled_and_postponed_hold_whatever_the_clock_says():
    moments = "01/11/2017 00:00", "10/11/2017 08:00", "01/01/2018 00:00"
    assert states(event(occurrence=Occurrence.CANCELLED), *moments) == ["cancelled"] * 3
    assert states(event(occurrence=Occurrence.POSTPONED), *moments) == ["postponed"] * 3


def test_a_new_date_is_news_until_it_comes():
    moments = "01/11/2017 00:00", "10/11/2017 08:00", "01/01/2018 00:00"
    assert states(event(occurrence=Occurrence.RESCHEDULED), *moments) == ["rescheduled", "running", "past"]


@pytest.mark.parametrize(
    ("occurrence", "moment", "label", "tone"),
    [
        (Occurrence.AS_PLANNED, "01/11/2017 00:00", "Sắp diễn ra", "brand-b"),
        (Occurrence.AS_PLANNED, "10/11/2017 08:00", "Đang diễn ra", "ok"),
        (Occurrence.AS_PLANNED, "01/01/2018 00:00", "Đã diễn ra", "ok"),
        (Occurrence.RESCHEDULED, "01/11/2017 00:00", "Đã dời lịch", "warn"),
        (Occurrence.POSTPONED, "01/11/2017 00:00", "Tạm hoãn", "warn"),
        (Occurrence.CANCELLED, "01/11/2017 00:00", "Đã hủy", "bad"),
    ],
)
def test_every_state_has_its_words_and_tone(occurrence, moment, label, tone):
    badge = badge_at(event(occurrence=occurrence), at(moment))
    assert (badge.label, badge.tone) == (label, tone)


def test_the_database_tells_over_from_ahead_by_the_same_rule(db):
    make_event("giờ", ends_at="10/11/2017 16:30")
    make_event("mở")
    make_event("ngày", starts_at="10/11/2017 00:00", ends_at="12/11/2017 00:00", all_day=True)
    make_event("một ngày", starts_at="10/11/2017 00:00", all_day=True)
    moments = [
        "09/11/2017 00:00",
        "10/11/2017 16:29",
        "10/11/2017 16:30",
        "11/11/2017 00:00",
        "13/11/2017 00:00",
    ]
    for now in map(at, moments):
        over = {e.title for e in Event.objects.all() if is_over(e, now)}
        assert {e.title for e in Event.objects.past(now)} == over
        assert {e.title for e in Event.objects.upcoming(now)} == {"giờ", "mở", "ngày", "một ngày"} - over


def test_times_are_said_as_readers_say_them():
    day = event(ends="10/11/2017 16:30")
    assert (date_words(day), hour_words(day)) == ("Thứ Sáu, 10/11/2017", "07:30 – 16:30")
    assert hour_words(event()) == "Từ 07:30"
    days = event("10/11/2017 07:30", "12/11/2017 11:00")
    assert date_words(days) == "10/11/2017 – 12/11/2017"
    assert hour_words(days) == "07:30 ngày 10/11 – 11:00 ngày 12/11"
    assert hour_words(event(all_day=True)) == "Cả ngày"


def test_a_count_keeps_its_qualifier():
    assert (
        attendance_phrase(event(attendance=200, attendance_qualifier=Qualifier.NEARLY)) == "gần 200 đại biểu"
    )
    assert attendance_phrase(event(attendance=1342)) == "1.342 đại biểu"
    assert attendance_phrase(event()) == ""
    assert counted(15, Qualifier.EXACT, "đơn vị") == "15 đơn vị"
    assert counted(0, Qualifier.EXACT, "đơn vị") == "0 đơn vị"
