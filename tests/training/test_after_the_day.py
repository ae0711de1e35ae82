"""After the day: figures by kind of unit for the story and the report, opinions that name nobody."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.writing.new_story import words_about
from departments.enums import DepartmentKind
from tests.factories.departments import make_department
from tests.factories.training import make_enrolment, send, unit_in
from training.attendance import propose_sittings
from training.checking import take_scans
from training.counting import came_by_kind
from training.feedback import results_of
from training.models import Opinion, Participant

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def day(desk_editor, province, school):
    """Six of a school and two of a centre enrolled; all but one came, and a guest."""
    centre = make_department("Trung tâm GDNN-GDTX Ea Kar", DepartmentKind.CONTINUING_CENTRE, parent=province)
    kinds = (DepartmentKind.HIGH_SCHOOL, DepartmentKind.CONTINUING_CENTRE)
    enrolment = make_enrolment(province, opened_by=desk_editor, kinds=kinds, a_unit=9)
    people = send(unit_in(enrolment, school), *(f"Người Thứ {number}" for number in range(6)))
    people += send(unit_in(enrolment, centre), "Y Phu Êban", "H’Nương Byă")
    morning, _ = propose_sittings(enrolment)
    now = int(timezone.now().timestamp() * 1000)
    scans = [{"code": one.code} for one in people[1:]]
    scans.append({"guest": {"id": str(uuid.uuid4()), "name": "Trần Văn Khách", "unit": "Báo Đắk Lắk"}})
    known = {"sitting": morning.pk, "at": now}
    take_scans(
        enrolment, [one | known | {"id": str(uuid.uuid4())} for one in scans], gate="A", by=desk_editor
    )
    return enrolment


def test_the_story_and_the_report_count_who_came(day, desk_editor, head):
    counts = [(count.label, count.people, count.units) for count in came_by_kind(day)]
    assert counts == [("Trường THPT", 5, 1), ("Trung tâm GDNN-GDTX", 2, 1), ("Khách, đơn vị khác", 1, 0)]
    words = words_about(day.event, desk_editor)["body"]
    said = "8 người của 2 đơn vị, gồm 5 người của 1 trường THPT, 2 người của 1 trung tâm GDNN-GDTX, 1 khách"
    assert said in words
    day.event.attendance = 200  # typed by hand: it stands
    assert "8 người" not in words_about(day.event, desk_editor)["body"]
    office = Client()
    office.force_login(desk_editor)
    page = office.get(at("enrolment_report", day.pk)).text
    assert "8 người của 2 đơn vị" in page
    assert "Người Thứ" not in page
    assert office.get(at("enrolment_report_file", day.pk)).content[:2] == b"PK"
    unit = Client()
    unit.force_login(head)
    assert unit.get(at("enrolment_report", day.pk)).status_code == 403


def test_opinions_are_shown_from_five_on_and_name_nobody(day, client):
    came = list(Participant.objects.filter(scans__isnull=False).order_by("number"))
    absent = Participant.objects.get(full_name="Người Thứ 0")
    answer = {"useful": "4", "clear": "5", "organised": "3", "words": "Phòng hơi nóng."}
    assert client.post(f"/ve/{absent.code}/y-kien/", answer).status_code == 302
    assert client.post(f"/ve/{came[0].code}/y-kien/", answer | {"useful": "9"}).status_code == 200
    assert not Opinion.objects.exists()
    for person in came[:4]:
        for _ in range(2):  # pressed twice: once
            client.post(f"/ve/{person.code}/y-kien/", answer)
    assert Opinion.objects.count() == 4
    assert (results_of(day).is_shown, results_of(day).words) == (False, ())
    client.post(f"/ve/{came[4].code}/y-kien/", answer | {"useful": "5", "words": ""})
    found = results_of(day)
    assert (found.count, found.means[0]) == (5, ("Nội dung có ích", "4,2"))
    assert {field.name for field in Opinion._meta.fields} == {
        "id",
        "enrolment",
        "useful",
        "clear",
        "organised",
        "words",
    }
    assert "Cảm ơn bạn" in client.get(f"/ve/{came[0].code}/").text
