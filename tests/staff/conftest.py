"""Two administrators, a head without mail, and what the outbox has sent."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.roles import Role
from inbox.posting import send_due
from tests.factories.departments import make_user

CHOSEN = "ca-phe-sua-da-17"


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def second_administrator(province):
    return make_user("quantri2", Role.ADMINISTRATOR, province, full_name="Đinh Thị Xuân")


@pytest.fixture
def head_without_mail(other_school):
    return make_user("hieutruong", Role.HEAD, other_school, full_name="Trần Văn Minh", email="")


@pytest.fixture
def newcomer(db):
    return make_user("vietlq", full_name="Lê Quốc Việt", password=None)


def link_in(message):
    """The path of the one link of a letter."""
    (link,) = re.findall(r"http://127\.0\.0\.1:8000(/\S+)", message.body)
    return link


def send_all():
    """Send what is due and return the letters of this turn."""
    before = len(mail.outbox)
    send_due()
    return mail.outbox[before:]


def choose(client, path, password=CHOSEN):
    """Follow a link and choose a password; returns the last answer."""
    client.get(path, follow=True)
    words = {"new_password1": password, "new_password2": password}
    return client.post(reverse("admin:choose_password"), words)
