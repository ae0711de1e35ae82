"""The public page of an event of thousands: the first rows, and the whole lists on pages of their own."""

import gzip

import pytest

from approvals.enums import RecordStatus
from events.models import Delegate, EventPhoto, ParticipatingGroup, ProgrammeItem
from events.pages import LISTS
from tests.events.test_admin import change_url
from tests.factories.events import make_event, make_event_photo

pytestmark = pytest.mark.django_db
MANY = 2000
FIRST, SIZE = LISTS["delegates"].first, LISTS["delegates"].size


def with_everything(event, count=MANY):
    numbers = range(count)
    Delegate.objects.bulk_create(Delegate(event=event, name=f"Khách {n}", position=n) for n in numbers)
    ParticipatingGroup.objects.bulk_create(
        ParticipatingGroup(event=event, label=f"Trường số {n}", position=n) for n in numbers
    )
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(event=event, title=f"Việc {n}", starts_at=event.starts_at, position=n) for n in numbers
    )
    return event


def test_the_page_shows_the_first_rows_and_leads_to_the_rest(client, province):
    event = with_everything(make_event(host=province))
    page = client.get(event.get_absolute_url()).text
    assert f"Khách {FIRST - 1}<" in page and f"Khách {FIRST}<" not in page
    for slug, words in (("dai-bieu", "đại biểu"), ("don-vi", "đơn vị"), ("chuong-trinh", "mục")):
        assert f'href="{event.get_absolute_url()}{slug}/">Xem cả 2.000 {words}' in page
    assert len(gzip.compress(page.encode())) < 16_000


def test_a_short_list_leads_nowhere(client, province):
    event = with_everything(make_event(host=province), count=FIRST // 2)
    page = client.get(event.get_absolute_url()).text
    assert f"Khách {FIRST // 2 - 1}<" in page and "Xem cả" not in page


def test_every_row_stands_on_a_page_of_the_list(client, province):
    event = with_everything(make_event(host=province), count=SIZE + 5)
    address = f"{event.get_absolute_url()}dai-bieu/"
    first, second = client.get(address), client.get(address, {"trang": 2})
    assert (
        "Khách 0<" in first.text and f"Khách {SIZE - 1}<" in first.text and f"{address}?trang=2" in first.text
    )
    assert f"Khách {SIZE + 4}<" in second.text and "Khách 0<" not in second.text
    assert f'href="{address}"' in second.text


@pytest.mark.parametrize("spelling", ["0", "1", "02", "-1", "9", "99999", "x", "２"])
def test_a_page_has_one_address(client, province, spelling):
    event = with_everything(make_event(host=province), count=SIZE + 5)
    assert client.get(f"{event.get_absolute_url()}dai-bieu/", {"trang": spelling}).status_code == 404


def test_a_list_without_rows_has_no_page(client, province):
    event = make_event(host=province)
    for part in LISTS.values():
        assert client.get(f"{event.get_absolute_url()}{part.slug}/").status_code == 404


def test_the_lists_of_a_draft_are_not_public(client, province):
    event = with_everything(make_event(host=province, status=RecordStatus.IN_REVIEW), count=FIRST + 1)
    for part in ("dai-bieu", "don-vi", "chuong-trinh"):
        assert client.get(f"{event.get_absolute_url()}{part}/").status_code == 404


def test_photos_that_may_not_be_shown_are_on_no_page(client, province, desk_editor):
    event = make_event(host=province)
    photos = [make_event_photo(desk_editor, caption=f"Ảnh số {n}") for n in range(LISTS["photos"].first + 2)]
    EventPhoto.objects.bulk_create(
        EventPhoto(event=event, photo=photo, position=n) for n, photo in enumerate(photos)
    )
    address = f"{event.get_absolute_url()}anh/"
    assert f'href="{address}">Xem cả 26 ảnh' in client.get(event.get_absolute_url()).text
    assert "Ảnh số 25" in client.get(address).text
    type(photos[-1]).objects.filter(pk=photos[-1].pk).update(rights_until="2020-01-01")
    assert "Ảnh số 25" not in client.get(address).text


@pytest.mark.parametrize("count", [1, 290])
def test_a_page_of_a_list_costs_the_same_queries(client, province, django_assert_max_num_queries, count):
    event = with_everything(make_event(host=province), count=count)
    client.get("/su-kien/")
    for part in ("dai-bieu", "don-vi", "chuong-trinh"):
        with django_assert_max_num_queries(5):
            client.get(f"{event.get_absolute_url()}{part}/")


def test_whoever_approves_is_led_to_the_whole_list_in_the_office(client, managing_editor, auditor, province):
    event = with_everything(make_event(host=province, status=RecordStatus.IN_REVIEW), count=FIRST + 1)
    client.force_login(auditor)
    page = client.get(change_url(event)).text
    assert "Khách 0" in page and f"Xem cả {FIRST + 1} đại biểu" in page
    assert f"/admin/events/event/{event.pk}/danh-sach/dai-bieu/" in page
    assert f"{event.get_absolute_url()}dai-bieu/" not in page
