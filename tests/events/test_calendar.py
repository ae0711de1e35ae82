import datetime

import icalendar
import pytest
from django.utils import timezone

from approvals.enums import RecordStatus
from events.enums import Occurrence
from tests.factories.events import make_event

ALL = "/su-kien/lich.ics"
HIDDEN = [status for status in RecordStatus if status != RecordStatus.PUBLIC]
UTC7 = datetime.timedelta(hours=7)


def read(client, address) -> icalendar.Calendar:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 for line in lines) and b"\n" not in b"".join(lines)
    return icalendar.Calendar.from_ical(response.content)


def entry(client, event) -> icalendar.Event:
    (found,) = read(client, f"{event.get_absolute_url()}lich.ics").events
    return found


def test_an_event_reads_back_as_it_is(client, db):
    event = make_event(
        "Hội nghị tập huấn công tác truyền thông ngành GD&ĐT, năm học 2017-2018; lần thứ nhất",
        ends_at="10/11/2017 16:30",
        place_address="Thành phố Buôn Ma Thuột",
        summary="Có gần 200 đại biểu.",
    )
    found = entry(client, event)
    assert found["SUMMARY"] == event.title
    assert found["LOCATION"] == "Hội trường Sở GD&ĐT, Thành phố Buôn Ma Thuột"
    assert found["DESCRIPTION"] == "Có gần 200 đại biểu."
    assert found["URL"] == f"http://127.0.0.1:8000{event.get_absolute_url()}"
    assert found["UID"] == f"su-kien-{event.pk}@127.0.0.1"
    assert (found["SEQUENCE"], found["STATUS"]) == (0, "CONFIRMED")
    assert found["DTSTART"].params["TZID"] == found["DTEND"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert (found.start, found.end) == (event.starts_at, event.ends_at)
    stamp = found["DTSTAMP"].dt
    assert stamp.tzinfo and stamp == event.changed_at.replace(microsecond=0)


def test_the_time_zone_comes_with_the_file(client, db):
    calendar = read(client, f"{make_event().get_absolute_url()}lich.ics")
    (zone,) = calendar.timezones
    assert zone.tz_name == "Asia/Ho_Chi_Minh"
    assert zone.walk("STANDARD")[0]["TZOFFSETTO"].td == UTC7
    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert calendar.get_missing_tzids() == set()


def test_whole_days_are_days_and_end_before_the_next(client, db):
    event = make_event(starts_at="10/11/2017 00:00", ends_at="12/11/2017 00:00", all_day=True)
    found = entry(client, event)
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (
        datetime.date(2017, 11, 10),
        datetime.date(2017, 11, 13),
    )


@pytest.mark.parametrize("ends_at", [None, "10/11/2017 07:30"])
def test_an_end_that_is_not_later_is_left_out(client, db, ends_at):
    assert "DTEND" not in entry(client, make_event(ends_at=ends_at))


@pytest.mark.parametrize(
    ("occurrence", "status", "mark"),
    [
        (Occurrence.CANCELLED, "CANCELLED", "[Hủy] "),
        (Occurrence.POSTPONED, "TENTATIVE", "[Hoãn] "),
        (Occurrence.RESCHEDULED, "CONFIRMED", ""),
    ],
)
def test_an_event_off_the_plan_says_so(client, db, occurrence, status, mark):
    event = make_event("Hội thi", occurrence=occurrence, occurrence_note="Mưa bão", sequence=2)
    found = entry(client, event)
    assert (found["STATUS"], found["SUMMARY"], found["SEQUENCE"]) == (status, f"{mark}Hội thi", 2)
    assert found["DESCRIPTION"] == "Mưa bão"


def test_typed_words_cannot_add_lines_to_the_file(client, db):
    event = make_event("Họp\r\nBEGIN:VALARM", summary="a\nEND:VEVENT\r\nX:1", place_name="P;Q,R\\n")
    found = entry(client, event)
    assert len(read(client, f"{event.get_absolute_url()}lich.ics").walk()) == 4  # file, zone, its rule, event
    assert "BEGIN:VALARM" in found["SUMMARY"] and "END:VEVENT" in found["DESCRIPTION"]


def test_the_file_is_the_same_until_the_event_changes(client, db):
    event = make_event()
    address = f"{event.get_absolute_url()}lich.ics"
    assert client.get(address).content == client.get(address).content
    uid = entry(client, event)["UID"]
    event.title, event.slug = "Tên khác", "ten-khac"
    event.save()
    assert entry(client, event)["UID"] == uid


def test_the_whole_calendar_holds_what_is_ahead_and_the_year_behind(client, db):
    now = timezone.now()
    for days in (-400, -30, 30, 400):
        make_event(f"{days}", starts_at=now + datetime.timedelta(days=days))
    assert {str(found["SUMMARY"]) for found in read(client, ALL).events} == {"-30", "30", "400"}


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_public_is_in_no_calendar(client, db, status):
    event = make_event("Sự kiện mật", status=status, starts_at=timezone.now())
    make_event("Công khai", starts_at=timezone.now())
    assert client.get(f"{event.get_absolute_url()}lich.ics").status_code == 404
    assert [str(found["SUMMARY"]) for found in read(client, ALL).events] == ["Công khai"]


@pytest.mark.parametrize("items", [1, 3])
def test_the_calendar_costs_one_query(client, db, items, django_assert_num_queries):
    for _ in range(items):
        make_event(starts_at=timezone.now())
    with django_assert_num_queries(1):
        client.get(ALL)


def test_each_item_of_the_programme_has_a_file_of_its_own(client, db):
    event = make_event("Hội nghị tập huấn", ends_at="10/11/2017 16:30")
    item = event.programme.create(starts_at=event.starts_at, title="Thực hành: viết tin", note="Theo nhóm.")
    address = f"{event.get_absolute_url()}chuong-trinh/{item.pk}.ics"
    assert f'href="{address}"' in client.get(event.get_absolute_url()).text
    (found,) = read(client, address).events
    assert (found["SUMMARY"], found["LOCATION"]) == ("Thực hành: viết tin", "Hội trường Sở GD&ĐT")
    assert found["DTSTART"].dt == event.starts_at
    other = make_event("Sự kiện khác")
    assert client.get(f"{other.get_absolute_url()}chuong-trinh/{item.pk}.ics").status_code == 404
    type(event).objects.filter(pk=event.pk).update(status=RecordStatus.WITHDRAWN)
    assert client.get(address).status_code == 404
