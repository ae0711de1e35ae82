"""From the scans to papers: by the rule, approved by another, numbered, drawn, verified, revoked."""

import datetime
import io
import uuid
import zipfile
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from events.models import Event
from press.models import PrintRun
from press.running import draw_due
from tests.factories.departments import make_department, make_position, make_user
from tests.factories.training import make_enrolment, send, unit_in
from training.attendance import propose_sittings
from training.attesting.drafting import fill_list
from training.checking import take_scans
from training.models import Attestation, AttestationList, Enrolment, Participant, Sitting

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(days=8)
NAMES = ("Nguyễn Thị Lan", "Y Phu Êban", "H’Bluên Ayŭn Êban", "Trần Văn Chỉ Đến Sáng")


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


def as_(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def day(desk_editor, province, school, settings, tmp_path):
    """Yesterday's event: four people of a school, of whom three came to both sittings."""
    settings.MEDIA_ROOT = settings.VAR_DIR = tmp_path
    enrolment = make_enrolment(province, opened_by=desk_editor)
    for sitting in propose_sittings(enrolment):
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=sitting.starts_at - WEEK)
    Event.objects.update(starts_at=F("starts_at") - WEEK, ends_at=F("ends_at") - WEEK)
    enrolment = Enrolment.objects.get()
    people = send(unit_in(enrolment, school), *NAMES, title="Giáo viên", email="ai@truong.edu.vn")
    morning, afternoon = propose_sittings(enrolment)
    came = [(one, sitting) for one in people for sitting in (morning, afternoon)][:-1]
    moment = int((timezone.now() - datetime.timedelta(hours=20)).timestamp() * 1000)
    scans = [
        {"id": str(uuid.uuid4()), "sitting": sitting.pk, "code": one.code, "at": moment}
        for one, sitting in came
    ]
    assert take_scans(enrolment, scans, gate="Cổng chính", by=desk_editor).refused == []
    return enrolment


def press_step(browser, made, step, **more):
    made.refresh_from_db()
    address = at("training_attestationlist_step", made.pk, step)
    return browser.post(address, {"version": made.version} | more, follow=True)


def test_papers_before_dinner(day, desk_editor, managing_editor, head, client):
    school, province = (user.person.positions.first().department for user in (head, desk_editor))
    other_head = make_user("khac", Role.HEAD, make_department("Trường THPT Khác", parent=province))
    office = as_(desk_editor)
    page = office.post(at("enrolment_papers", day.pk), follow=True)
    made = AttestationList.objects.get()
    assert "3 người được xác nhận" in page.text  # at every sitting
    assert (made.signer_name, made.at_least) == (str(managing_editor.person), 2)
    assert as_(head).get(page.request["PATH_INFO"]).status_code in (302, 404)
    made.at_least = Decimal(1)
    assert fill_list(made) == 4
    made.rule, made.at_least = "hours", Decimal("4.5")
    assert fill_list(made) == 3
    first = made.rows.first()
    assert client.get(first.get_absolute_url()).status_code == 404  # a draft's code
    press_step(office, made, "submit")
    assert press_step(office, made, "approve").status_code == 403
    chief = as_(managing_editor)
    assert "Xác nhận tham gia" in chief.get(at("review_desk")).text
    press_step(chief, made, "approve")
    made.refresh_from_db()
    assert made.status == "public"
    rows = {row.full_name: row for row in made.rows.all()}
    assert sorted(row.number for row in rows.values()) == [1, 2, 3]
    proof = client.get(rows["Nguyễn Thị Lan"].get_absolute_url()).text
    assert "Giấy xác nhận tham gia có thật" in proof
    assert "Nguyễn Thị Lan" not in proof  # the least that proves it
    assert "chứng chỉ" not in proof.lower()

    # The press draws them; a person and a unit take their own.
    printing = at("training_attestationlist_print", made.pk)
    make_position(desk_editor.person, province, Role.REGISTRAR, title="Văn thư")
    office = as_(get_user_model().objects.get(pk=desk_editor.pk))
    office.post(printing, {"make_template": "1"})
    template = made.host.print_templates.get()
    assert "Không văn bản nào quy định" in template.note
    office.post(printing, {"template": template.pk, "purpose": "shown"})
    assert draw_due() == 1
    run = PrintRun.objects.get()
    assert (run.failure, run.total) == ("", 3)
    lan = Participant.objects.get(full_name="Nguyễn Thị Lan")
    ticket = client.get(f"/ve/{lan.code}/").text
    assert rows["Nguyễn Thị Lan"].verify_code in ticket
    assert client.get(f"/ve/{lan.code}/giay-xac-nhan.pdf").content.startswith(b"%PDF")
    absent = Participant.objects.get(full_name=NAMES[3])
    assert client.get(f"/ve/{absent.code}/giay-xac-nhan.pdf").status_code == 404
    unit = unit_in(day, school)
    packed = as_(head).get(at("enrolment_unit_papers", unit.pk))
    with zipfile.ZipFile(io.BytesIO(packed.content)) as files:
        assert len(files.namelist()) == 3
    assert as_(other_head).get(at("enrolment_unit_papers", unit.pk)).status_code == 404
    assert "3 thư" in office.post(at("enrolment_papers_mail", day.pk), follow=True).text

    # Revoked, and said so everywhere; its number is never given again.
    revoke = at("attestation_revoke", rows["Nguyễn Thị Lan"].pk)
    assert as_(head).post(revoke, {"reason": "x"}).status_code == 403
    assert office.post(revoke, {"reason": " "}).status_code == 200
    office.post(revoke, {"reason": "Quét nhầm vé."})
    assert "đã bị thu hồi" in client.get(rows["Nguyễn Thị Lan"].get_absolute_url()).text
    assert client.get(f"/ve/{lan.code}/giay-xac-nhan.pdf").status_code == 404
    with zipfile.ZipFile(io.BytesIO(as_(head).get(at("enrolment_unit_papers", unit.pk)).content)) as files:
        assert len(files.namelist()) == 2
    press_step(office, made, "withdraw", note="Sót một người.")
    assert "đang được sửa" in client.get(rows["Y Phu Êban"].get_absolute_url()).text
    made.refresh_from_db()
    made.rule, made.at_least = "sittings", Decimal(1)
    made.save()
    assert fill_list(made) == 4
    press_step(office, made, "submit")
    press_step(chief, made, "approve")
    assert Attestation.objects.get(full_name=NAMES[3]).number == 4
