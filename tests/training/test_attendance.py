"""What gates send: written once however often, guests, clocks, undone scans, who may stand at a gate."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.training import make_enrolment, send, unit_in
from training.attendance import arrivals_of, propose_sittings
from training.checking import take_scans
from training.models import Participant, Scan

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


def as_(user):
    browser = Client()
    browser.force_login(user)
    return browser


def milliseconds(moment):
    return int(moment.timestamp() * 1000)


@pytest.fixture
def day(desk_editor, province, school):
    """An open enrolment with two people of the school."""
    enrolment = make_enrolment(province, opened_by=desk_editor)
    send(unit_in(enrolment, school), "Nguyễn Thị Lan", "Y Phu Êban")
    return enrolment


def scan(sitting, minutes_ago=0, **who):
    moment = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    return {"id": str(uuid.uuid4()), "sitting": sitting.pk, "at": milliseconds(moment)} | who


def test_the_gate_loads_everybody_and_the_page_names_nobody(day, desk_editor, head, client):
    office = as_(desk_editor)
    page = office.get(at("gate", day.pk))
    assert "camera=(self)" in page.headers["Permissions-Policy"]
    assert "camera=()" in office.get(at("enrolment_page", day.pk)).headers["Permissions-Policy"]
    assert "Lan" not in page.text
    roll = office.get(at("gate_roll", day.pk)).json()
    assert [(row[1], row[3], row[7]) for row in roll["people"]] == [
        (1, "Nguyễn Thị Lan", "nguyen thi lan truong thpt chu van an"),
        (2, "Y Phu Êban", "y phu eban truong thpt chu van an"),
    ]
    assert [label for _, label, _ in roll["sittings"]] == [
        f"{word} {timezone.localtime(day.event.starts_at):%d/%m}" for word in ("Sáng", "Chiều")
    ]
    for name in ("gate", "gate_roll"):
        assert as_(head).get(at(name, day.pk)).status_code == 404, name  # of a school, not of the host
        assert client.get(at(name, day.pk)).status_code == 302, name
    assert as_(head).post(at("gate_send", day.pk), "{}", "application/json").status_code == 404
    assert office.get(at("gate_worker")).headers["Content-Type"].startswith("text/javascript")


def test_two_gates_are_joined_and_nothing_is_lost(day, desk_editor):
    morning, afternoon = propose_sittings(day)
    lan, phu = day.people.order_by("number")
    early, late = scan(morning, 30, code=lan.code), scan(morning, 20, person=lan.pk)
    take_scans(day, [late], gate="Cổng phụ", by=desk_editor)
    for _ in range(2):  # the answer was lost: the gate sends again
        taken = take_scans(day, [early, scan(afternoon, 5, code=lan.code)], gate="Cổng chính", by=desk_editor)
        assert taken.refused == []
    assert Scan.objects.count() == 4  # every scan stays; the afternoon's had two keys
    found = arrivals_of(day)
    assert {key: arrival.gate for key, arrival in found.items()} == {
        (lan.pk, morning.pk): "Cổng chính",
        (lan.pk, afternoon.pk): "Cổng chính",
    }
    assert milliseconds(found[lan.pk, morning.pk].at) == early["at"]
    # Undone before and after it was sent; the other gate's scan then counts.
    take_scans(day, [early | {"undone": early["at"] + 5000}], gate="Cổng chính", by=desk_editor)
    take_scans(
        day, [scan(morning, 3, code=phu.code) | {"undone": early["at"]}], gate="Cổng chính", by=desk_editor
    )
    assert {key: arrival.gate for key, arrival in arrivals_of(day).items()} == {
        (lan.pk, morning.pk): "Cổng phụ",
        (lan.pk, afternoon.pk): "Cổng chính",
    }


def test_a_guest_is_one_person_however_often_sent(day, desk_editor, school):
    morning, _ = propose_sittings(day)
    guest = {"id": str(uuid.uuid4()), "name": " Trần  Văn Khách ", "unit": "truong thpt chu van an"}
    first = scan(morning, 4, guest=guest)
    for _ in range(2):
        take_scans(day, [first], gate="A", by=desk_editor)
    take_scans(day, [scan(morning, 2, guest=guest | {"name": "Khác"})], gate="B", by=desk_editor)
    made = Participant.objects.get(is_guest=True)
    assert (made.full_name, made.number, made.unit.department) == ("Trần Văn Khách", 3, school)
    assert arrivals_of(day)[made.pk, morning.pk].gate == "A"
    assert "Trần Văn Khách" in as_(desk_editor).get(at("enrolment_page", day.pk)).text


def test_what_cannot_be_is_refused_alone_and_an_unknown_code_is_kept(day, desk_editor):
    morning, _ = propose_sittings(day)
    lan = day.people.get(number=1)
    ahead = milliseconds(timezone.now() + datetime.timedelta(hours=3))
    bad = [
        "x",
        scan(morning, person=10**9),
        scan(morning, person=lan.pk) | {"id": "1"},
        scan(morning, person=lan.pk) | {"sitting": 0},
        scan(morning, person=lan.pk) | {"at": ahead},
        scan(morning, person=lan.pk) | {"sitting": [morning.pk]},
        scan(morning, person=[lan.pk]),
        scan(morning, person=lan.pk) | {"at": "sáng"},
        scan(morning, person=lan.pk) | {"at": float("nan")},
        scan(morning, guest={"id": str(uuid.uuid4()), "name": ""}),
    ]
    strange, good = scan(morning, code="f" * 24), scan(morning, 1, code=lan.code)
    sent = (
        as_(desk_editor)
        .post(at("gate_send", day.pk), {"gate": "A", "scans": [*bad, strange, good]}, "application/json")
        .json()
    )
    assert sent["kept"] == [strange["id"], good["id"]]
    assert len(sent["refused"]) == len(bad)
    assert [row[:2] for row in sent["arrivals"]] == [[lan.pk, morning.pk]]
    assert Scan.objects.get(participant=None).code == "f" * 24
    assert as_(desk_editor).post(at("gate_send", day.pk), {"scans": "x"}).status_code == 400
    for body in ("{", "[]", '{"scans": 1}', "[" * 90_000):
        assert as_(desk_editor).post(at("gate_send", day.pk), body, "application/json").status_code == 400


def test_the_office_names_the_sittings_and_sees_who_came_to_which(day, desk_editor, head):
    office, page = as_(desk_editor), at("enrolment_sittings", day.pk)
    assert as_(head).get(page).status_code == 403
    morning, afternoon = propose_sittings(day)
    lan = day.people.get(number=1)
    take_scans(day, [scan(afternoon, 5, code=lan.code)], gate="Cổng phụ", by=desk_editor)

    def typed(first, second, third=""):
        rows = enumerate((first, second, third, ""))
        fields = {f"buoi-{place}-label": label for place, label in rows}
        starts = f"{timezone.localtime(morning.starts_at):%Y-%m-%dT%H:%M}"
        for place in range(4):
            fields |= {f"buoi-{place}-starts_at": starts, f"buoi-{place}-hours": "3.5"}
        return fields

    assert "không bỏ được" in office.post(page, typed("Sáng", "")).text
    assert "Đã có buổi tên này" in office.post(page, typed("Sáng", "Sáng")).text
    assert office.post(page, typed("", "Chiều", "Tối")).status_code == 302
    assert [one.label for one in day.sittings.order_by("pk")] == ["Chiều", "Tối"]
    shown = office.get(at("enrolment_page", day.pk), {"buoi": afternoon.pk}).text
    assert "Chiều: 1 người đã vào trong 2" in shown
    assert "Cổng phụ" in shown
