"""What readers and those enrolled learn: places left, a day that is moved; never a list of people."""

import pytest
from django.test import Client
from django.urls import reverse

from events.telling import plans_changed
from inbox.models import Notice
from tests.factories.training import make_enrolment, make_training_event, send, unit_in
from training.enrolling import locked, withdraw

pytestmark = pytest.mark.django_db


def test_the_public_page_counts_places_and_names_nobody(desk_editor, province, school, client):
    enrolment = make_enrolment(province, event=make_training_event(province), places=3)
    page = enrolment.event.get_absolute_url()
    assert "đăng ký" not in client.get(page).text.lower()
    office = Client()
    office.force_login(desk_editor)
    step = reverse("admin:enrolment_step", args=[enrolment.pk, "open"])
    office.post(step, {"version": enrolment.version})
    assert "Còn 3 chỗ." in client.get(page).text
    people = send(unit_in(enrolment, school), "Nguyễn Thị Lan", "Y Phu Êban", "H’Nương Byă", "Trần Văn Chờ")
    assert "Hết chỗ, còn danh sách chờ." in client.get(page).text
    with locked(enrolment) as now:
        people[3].enrolment = people[2].enrolment = now
        withdraw(people[3], by=desk_editor, version=1)
        withdraw(people[2], by=desk_editor, version=1)
    text = client.get(page).text
    assert "Còn 1 chỗ." in text
    for address in (page, "/su-kien/", "/tim-kiem/?q=Êban", "/rss.xml", "/sitemap.xml", "/api/v1/"):
        assert "Phu Êban" not in client.get(address).text, address
    enrolment.refresh_from_db()
    office.post(step.replace("open", "close"), {"version": enrolment.version})
    assert "Đã khóa đăng ký." in client.get(page).text


def test_everybody_enrolled_is_told_of_a_moved_day(desk_editor, province, school, head, other_head):
    enrolment = make_enrolment(province, opened_by=desk_editor)
    (lan,) = send(unit_in(enrolment, school), "Nguyễn Thị Lan", email="lan@truong.edu.vn")
    Notice.objects.all().delete()
    event = enrolment.event
    event.occurrence, event.occurrence_note = "cancelled", "Mưa lũ"
    plans_changed(event, desk_editor)
    plans_changed(event, desk_editor)  # the same change is not mailed twice
    letter = Notice.objects.get(is_letter=True)
    assert (letter.mail_to, letter.heading.startswith("Sự kiện đã hủy")) == ("lan@truong.edu.vn", True)
    assert "Mưa lũ" in letter.words
    assert letter.address == f"/ve/{lan.code}/"
    told = {notice.recipient for notice in Notice.objects.filter(is_letter=False)}
    assert head in told
    assert other_head not in told  # of a unit that sent nobody
