"""Two administrators let a person enrol anew; one alone gets nowhere, and nothing happens unseen."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import Ticket, TwoAdminRequest
from approvals.models import AuditEntry
from inbox.models import Notice
from second_factor.recovery import make_codes
from tests.signing_in import code_on, half_sign_in, make_app

CODE = re.compile(r"<code>(\w{4}-\w{4}-\w{4})</code>")
DOOR, REQUESTS = "/admin/xac-nhan/", "admin:staff_requests"
ADD_APP = "/admin/thiet-bi/ung-dung/"


@pytest.fixture
def lost(head):
    """A head whose app and codes are gone."""
    make_app(head)
    make_codes(head)
    return head


def ask(office, user, reason="Đã gặp mặt tại Sở."):
    page = office.post(reverse("admin:staff_new_device", args=[user.pk]), {"reason": reason})
    return CODE.search(page.text)[1]


def confirm(user):
    client = Client()
    client.force_login(user)
    client.post(reverse(REQUESTS), {"request": TwoAdminRequest.objects.get().pk, "yes": "1"})


def at_the_door(user):
    client = Client()
    half_sign_in(client, user)
    return client


def type_code(client, code):
    return client.post(DOOR, {"confirm_by": "reset", "confirm_reset": code})


def enrol(client):
    return client.post(ADD_APP, {"code": code_on(client.get(ADD_APP))}, follow=True)


def test_with_password_and_confirmed_code_the_person_enrols_anew(office, lost, second_administrator):
    code = ask(office, lost)
    confirm(second_administrator)
    old = TOTPDevice.objects.get(user=lost)
    client = at_the_door(lost)
    assert type_code(client, code.upper()).status_code == 302
    assert client.get("/admin/").status_code == 302  # not in before the new device is there
    assert TOTPDevice.objects.filter(pk=old.pk).exists()
    page = enrol(client)
    assert "Mười mã khôi phục" in page.text
    assert client.get("/admin/").status_code == 200
    assert not TOTPDevice.objects.filter(pk=old.pk).exists()
    assert StaticDevice.objects.filter(user=lost).count() == 1
    again = at_the_door(lost)
    assert "Mã cấp lại chưa đúng" in type_code(again, code).text


def test_the_code_is_dead_until_another_administrator_confirms(office, lost, administrator):
    code = ask(office, lost)
    assert "chưa được quản trị viên thứ hai xác nhận" in type_code(at_the_door(lost), code).text
    confirm(administrator)  # the same
    assert "chưa được quản trị viên thứ hai xác nhận" in type_code(at_the_door(lost), code).text


def test_the_code_lives_for_half_an_hour(office, lost, second_administrator):
    code = ask(office, lost)
    confirm(second_administrator)
    ticket = Ticket.objects.get()
    assert ticket.ends_at - timezone.now() < timezone.timedelta(minutes=30)
    client = at_the_door(lost)
    type_code(client, code)
    Ticket.objects.update(ends_at=timezone.now())
    assert "Mã cấp lại đã hết hạn" in enrol(client).text
    assert client.get("/admin/").status_code == 302
    assert "Mã cấp lại chưa đúng" in type_code(at_the_door(lost), code).text


def test_confirming_brings_no_ended_code_back_to_life(office, lost, second_administrator):
    code = ask(office, lost)
    call_command("reset_second_factor", lost.username, reason="Gặp tại Sở")  # ends the code that waits
    confirm(second_administrator)
    assert "Mã cấp lại chưa đúng" in type_code(at_the_door(lost), code).text


def test_the_code_opens_no_password_and_no_other_account(office, lost, registrar, second_administrator):
    code = ask(office, lost)
    confirm(second_administrator)
    answer = Client().post(reverse("admin:enter_by_code"), {"username": lost.username, "code": code})
    assert "chưa đúng" in answer.text
    make_app(registrar)
    assert "Mã cấp lại chưa đúng" in type_code(at_the_door(registrar), code).text


def test_nobody_asks_for_themselves(office, administrator):
    make_app(administrator)
    page = office.post(reverse("admin:staff_new_device", args=[administrator.pk]), {"reason": "Mất máy"})
    assert "Không ai tự cấp lại cho mình" in page.text
    assert not TwoAdminRequest.objects.exists()


def test_only_administrators_open_the_page(client, lost, managing_editor, auditor):
    for user in (managing_editor, auditor):
        client.force_login(user)
        assert client.post(reverse("admin:staff_new_device", args=[lost.pk])).status_code == 403


def test_each_step_is_told_to_the_person_and_stands_in_the_audit_book(
    office, lost, administrator, second_administrator
):
    code = ask(office, lost)
    confirm(second_administrator)
    client = at_the_door(lost)
    type_code(client, code)
    enrol(client)
    told = Notice.objects.filter(recipient=lost, kind="access").order_by("pk")
    words = " ".join(notice.words for notice in told)
    assert f"{administrator} đề nghị cấp lại lối vào cho bạn" in words
    assert f"{second_administrator} xác nhận đề nghị của {administrator}" in words
    assert "Thêm ứng dụng mã sáu số" in words
    assert all(notice.mail_at for notice in told)
    for user in (administrator, second_administrator):
        assert Notice.objects.filter(recipient=user, words__contains="vừa thêm cách xác nhận mới").exists()
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"Thêm cách xác nhận thay cái đã mất", "Thêm ứng dụng mã sáu số"} <= acts
    notes = " ".join(AuditEntry.objects.values_list("note", flat=True))
    assert "Đề nghị cấp lại lối vào: Đã gặp mặt tại Sở." in notes
    assert "Xác nhận: Cấp lại lối vào" in notes


def test_an_office_with_one_administrator_is_helped_at_the_server(lost, administrator, capsys):
    call_command("reset_second_factor", "TRUONGDONVI", "--reason", "Đã gặp mặt.")
    code = re.search(r"\w{4}-\w{4}-\w{4}", capsys.readouterr().out)[0]
    client = at_the_door(lost)
    type_code(client, code)
    assert "Mười mã khôi phục" in enrol(client).text
    assert Notice.objects.filter(recipient=administrator, words__contains="tại máy chủ").exists()
