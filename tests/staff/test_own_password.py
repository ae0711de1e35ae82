"""Whoever is signed in changes their own password: braked, noted, told; every other session ends."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Session, User
from approvals.models import AuditEntry
from inbox.models import Notice
from tests.factories.departments import PASSWORD, make_user
from tests.second_factor.test_asked_again import answer_page, left_open, with_code
from tests.signing_in import make_app
from tests.staff.conftest import CHOSEN, send_all

PAGE = "admin:password_change"


@pytest.fixture
def lan(db):
    return make_user("lan", is_staff=True, email="lan@vidu.example")


def change(client, old=PASSWORD):
    words = {"old_password": old, "new_password1": CHOSEN, "new_password2": CHOSEN}
    return client.post(reverse(PAGE), words)


def signed_in():
    client = Client()
    client.post(reverse("admin:login"), {"username": "lan", "password": PASSWORD})
    return client


def test_a_change_is_noted_and_told_by_mail_and_ends_every_other_session(lan):
    here, there = signed_in(), signed_in()
    send_all()
    assert change(here).status_code == 302
    assert User.objects.get(pk=lan.pk).check_password(CHOSEN)
    assert Session.objects.get(user=lan).session_key == here.session.session_key
    assert here.get(reverse(PAGE)).status_code == 200
    assert there.get(reverse(PAGE)).status_code == 302
    entry = AuditEntry.objects.get(action="Đổi mật khẩu")
    assert (entry.actor, entry.object_id, entry.address) == (lan, str(lan.pk), "127.0.0.1")
    (letter,) = send_all()
    assert letter.to == ["lan@vidu.example"]
    assert "Mật khẩu" in letter.subject
    assert Notice.objects.filter(recipient=lan, heading="Mật khẩu đã đổi").count() == 1


def test_wrong_old_passwords_are_noted_and_then_wait(lan, limits):
    limits(sign_in_device=(2, 900))
    client = signed_in()
    errors = [change(client, "sai").context["form"].errors["old_password"][0] for _ in range(3)]
    assert errors[:2] == ["Mật khẩu chưa đúng. Hãy gõ lại."] * 2
    assert "Đã gõ sai mật khẩu nhiều lần. Hãy thử lại sau" in errors[2]
    assert AuditEntry.objects.filter(action="Xác nhận không được", actor=lan).count() == 2
    assert "nhiều lần" in change(client).context["form"].errors["old_password"][0]
    assert User.objects.get(pk=lan.pk).check_password(PASSWORD)


def test_who_has_a_device_is_asked_for_it_and_no_password_is_carried_on(lan):
    app, client = make_app(lan), left_open(lan)
    assert change(client)["Location"] == reverse(PAGE)
    assert User.objects.get(pk=lan.pk).check_password(PASSWORD)
    page = client.get(reverse(PAGE))
    assert "Việc này cần chắc là bạn" in page.text
    assert answer_page(client, page, **with_code(app)).status_code == 302
    assert change(client)["Location"] == reverse("admin:password_change_done")
