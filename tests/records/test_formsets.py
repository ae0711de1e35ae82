"""The rows of a record in its form: what changed is saved, at the same cost for one row and for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Decision
from events.models import Event
from tests.events.test_admin import ADD, as_typed, change_url, rows, typed
from tests.factories.awards import make_award_kind
from tests.factories.events import make_event
from tests.records.sending import sent_by


@pytest.fixture
def desk(client, desk_editor):
    client.force_login(desk_editor)
    return client


def guests(count: int) -> list[dict]:
    return [{"name": f"Khách {number}", "title": "Giáo viên", "honorific": ""} for number in range(count)]


def test_an_event_with_six_hundred_delegates_is_saved_at_once(desk, province, django_assert_max_num_queries):
    with django_assert_max_num_queries(50):
        answer = desk.post(ADD, typed(province) | rows("delegates", *guests(600)))
    assert answer.status_code == 302
    names = [guest.name for guest in Event.objects.get().delegates.all()]
    assert names == [f"Khách {number}" for number in range(600)]


def test_six_hundred_rows_stay_in_a_refused_form(desk, province):
    answer = desk.post(ADD, typed(province, title="") | rows("delegates", *guests(600)))
    assert answer.status_code == 200 and 'value="Khách 599"' in answer.text
    assert not Event.objects.exists()


def test_only_the_changed_row_is_written(desk, province):
    event = make_event(host=province)
    for number in range(20):
        event.delegates.create(name=f"Khách {number}", position=number)
    same = [
        {"id": guest.pk, "name": guest.name, "position": guest.position} for guest in event.delegates.all()
    ]
    same[7]["name"] = "Người mới"
    with CaptureQueriesContext(connection) as asked:
        desk.post(change_url(event), as_typed(event) | rows("delegates", *same, initial=20))
    written = [query for query in asked.captured_queries if 'UPDATE "events_delegate"' in query["sql"]]
    assert len(written) == 1 and len(asked) <= 50
    assert [guest.name for guest in event.delegates.all()][6:9] == ["Khách 6", "Người mới", "Khách 8"]


def test_a_new_row_comes_last_unless_a_place_is_typed(desk, province):
    event = make_event(host=province)
    event.delegates.create(name="Đã có", position=5)
    [old] = event.delegates.all()
    old_row = {"id": old.pk, "name": "Đã có", "position": 5}
    new = {"name": "Cuối", "position": 0}, {"name": "Giữa", "position": 3}, {"name": "Chót", "position": ""}
    desk.post(change_url(event), as_typed(event) | rows("delegates", old_row, *new, initial=1))
    assert [guest.name for guest in event.delegates.all()] == ["Giữa", "Đã có", "Cuối", "Chót"]


def test_an_emptied_place_keeps_the_row_where_it_was(desk, province):
    event = make_event(host=province)
    guest = event.delegates.create(name="Đã có", position=5)
    row = {"id": guest.pk, "name": "Đổi tên", "position": ""}
    desk.post(change_url(event), as_typed(event) | rows("delegates", row, initial=1))
    guest.refresh_from_db()
    assert (guest.name, guest.position) == ("Đổi tên", 5)


def test_a_row_of_another_record_is_not_written(desk, province):
    event, other = make_event(host=province), make_event(host=province)
    foreign = other.delegates.create(name="Của sự kiện khác")
    own = event.delegates.create(name="Của sự kiện này")
    stolen = {"id": foreign.pk, "name": "Đã đổi", "position": 0}
    desk.post(change_url(event), as_typed(event) | rows("delegates", stolen, initial=1))
    foreign.refresh_from_db()
    own.refresh_from_db()
    assert (foreign.name, own.name) == ("Của sự kiện khác", "Của sự kiện này")


def with_three_guests(province):
    event = make_event(host=province)
    guests = [event.delegates.create(name=f"Khách {number}", position=number) for number in (1, 2, 3)]
    rows_seen = [{"id": guest.pk, "name": guest.name, "position": guest.position} for guest in guests]
    return event, guests, rows_seen


def test_words_in_a_row_that_another_person_deleted_become_a_new_row(desk, province):
    event, guests, seen = with_three_guests(province)
    before = as_typed(event)
    seen[1] |= {"name": "Nguyễn Thị Lan", "title": "Hiệu trưởng"}
    seen.append({"name": "Khách mới", "position": ""})
    guests[1].delete()
    Event.objects.filter(pk=event.pk).update(version=2)
    refused = desk.post(change_url(event), before | rows("delegates", *seen, initial=3))
    assert refused.status_code == 200
    assert "Nguyễn Thị Lan" in refused.text and "Có người vừa xóa dòng này" in refused.text
    again = sent_by(refused.text, "_save")
    assert again["delegates-INITIAL_FORMS"] == ["2"]
    assert desk.post(change_url(event), again).status_code == 302
    names = [(guest.name, guest.title) for guest in event.delegates.all()]
    assert names == [("Khách 1", ""), ("Nguyễn Thị Lan", "Hiệu trưởng"), ("Khách 3", ""), ("Khách mới", "")]


def test_a_row_that_two_people_delete_is_simply_gone(desk, province):
    event, guests, seen = with_three_guests(province)
    seen[1] |= {"DELETE": "on"}
    seen[2] |= {"name": "Đổi tên"}
    guests[1].delete()
    answer = desk.post(change_url(event), as_typed(event) | rows("delegates", *seen, initial=3))
    assert answer.status_code == 302
    assert [guest.name for guest in event.delegates.all()] == ["Khách 1", "Đổi tên"]


def test_three_hundred_recipients_typed_in_the_form_are_saved(client, registrar, province):
    kind = make_award_kind()
    client.force_login(registrar)
    typed_rows = [
        {"recipient_kind": "individual", "award_kind": kind.pk, "recipient_name": f"Giáo viên {number}"}
        for number in range(300)
    ]
    decision = {
        "number": "12/QĐ-SGDĐT",
        "signed_on": "08/11/2017",
        "issuer": province.pk,
        "summary": "Dạy tốt",
    }
    decision |= {"signer_name": "Lê Thị Thanh Xuân", "signer_title": "Phó Giám đốc"}
    answer = client.post(reverse("admin:awards_decision_add"), decision | rows("commendations", *typed_rows))
    assert answer.status_code == 302
    saved = Decision.objects.get().commendations
    assert saved.count() == 300
    assert len(set(saved.values_list("verify_code", flat=True)) - {""}) == 300
