"""A list as text, what it would do, and the page that saves it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from records.lists.pasting import read_rows
from staff.listing.columns import table_of_people
from staff.listing.planning import plan_of
from tests.factories.departments import make_user

HEAD = "Họ và tên\tChức vụ\tĐơn vị\tThư điện tử\tTừ ngày\tĐến ngày\tTên đăng nhập"
PAGE = "admin:staff_list"


@pytest.fixture
def actor(administrator):
    return administrator


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def plan(actor):
    """Returns what lines below HEAD would do."""

    def read(*lines, head=HEAD, has_roles=False):
        report = read_rows("\n".join([head, *lines]), table_of_people(has_roles=has_roles))
        found = plan_of(report, actor=actor, default_day=timezone.localdate())
        found.errors += report.errors
        return found

    return read


def said(found):
    return [sentence for _, sentence in found.errors]


def send(client, text, button="check", **words):
    day = timezone.localdate().isoformat()
    return client.post(reverse(PAGE), {"text": text, "default_day": day, button: "1"} | words)


def make_known(username="lannt.chuvanan", **words):
    return make_user(username, "collaborator", title="Giáo viên", **words)
