"""The person who publishes a decision has read every name in it, and nothing has changed since."""

import re

import pytest
from django.urls import reverse

from approvals.engine import take
from approvals.enums import RecordStatus
from awards.admin.decisions import ROWS_READ
from awards.models import Decision
from awards.workflow import WORKFLOW
from records.lists.row_list import PER_PAGE
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(province):
    return make_user("giamdoc", "head", province, full_name="Đặng Thị Mai", title="Giám đốc")


@pytest.fixture
def decision(province, registrar):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    for place in range(60):
        make_commendation(decision, f"Người thứ {place}", position=place, achievement=f"Thành tích {place}")
    return move(decision, "submit", registrar)


def move(decision, step, by):
    return take(WORKFLOW, decision, step, actor=by, version=decision.version, note="Vì sao")


def page_of(client, decision, user):
    client.force_login(user)
    return client.get(reverse("admin:awards_decision_change", args=[decision.pk])).content.decode()


def press(client, decision, page):
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    address = reverse("admin:awards_decision_step", args=[decision.pk, "publish"])
    return client.post(address, {"version": version})


def test_the_page_names_every_one_of_a_long_list(client, decision, boss):
    page = page_of(client, decision, boss)
    for place in range(60):
        assert f">Người thứ {place}<" in page
        assert f">Thành tích {place}<" in page


def test_rows_beyond_the_page_show_all_that_is_approved_where_it_leads(client, boss, province):
    decision = make_decision(issuer=province, status=RecordStatus.IN_REVIEW)
    for place in range(ROWS_READ + 2):
        make_commendation(decision, f"Người thứ {place}", position=place, achievement=f"Thành tích {place}",
                          reward_reason=f"Lý do {place}", is_pupil=place == ROWS_READ)  # fmt: skip
    whole = reverse("admin:awards_decision_list_rows", args=[decision.pk, "duoc-khen"])
    page = page_of(client, decision, boss)
    assert f"Người thứ {ROWS_READ}<" not in page and f'href="{whole}"' in page
    rows = client.get(whole, {"trang": ROWS_READ // PER_PAGE + 1}).text
    for place in (ROWS_READ, ROWS_READ + 1):
        row = decision.commendations.get(position=place)
        own_page = reverse("admin:awards_commendation_change", args=[row.pk])
        assert f'href="{own_page}">Người thứ {place}</a>' in rows
        assert f">Thành tích {place}</td>" in rows and f"Lý do {place}</td>" in rows
    assert rows.count(">Học sinh</td>") == 1 and rows.count(">Cá nhân</td>") == 1


def test_nothing_of_it_changes_while_it_waits(client, decision, registrar):
    row = decision.commendations.first()
    client.force_login(registrar)
    address = reverse("admin:awards_commendation_change", args=[row.pk])
    refused = client.post(address, {"recipient_name": "Người khác", "seen_version": decision.version})
    assert refused.status_code == 409
    assert "Người khác" in refused.content.decode()
    row.refresh_from_db()
    assert row.recipient_name == "Người thứ 0"


def test_a_name_changed_between_reading_and_pressing_refuses_the_publication(
    client, decision, boss, registrar
):
    page = page_of(client, decision, boss)
    decision = move(decision, "recall", registrar)
    row = decision.commendations.first()
    client.force_login(registrar)
    form = client.get(reverse("admin:awards_commendation_change", args=[row.pk])).context["adminform"].form
    data = {
        bound.html_name: value
        for bound in form
        if (value := bound.value()) is not None and value is not False
    }
    data |= {"recipient_name": "Người khác"}
    answer = client.post(reverse("admin:awards_commendation_change", args=[row.pk]), data)
    assert answer.status_code == 302, answer.context["errors"]
    move(Decision.objects.get(), "submit", registrar)
    client.force_login(boss)
    refused = press(client, decision, page)
    assert refused.status_code == 409
    assert "vừa thay đổi từ lúc bạn mở trang" in refused.content.decode()
    assert Decision.objects.get().status == RecordStatus.IN_REVIEW
    again = page_of(client, decision, boss)
    assert "Người khác" in again
    assert press(client, decision, again).status_code == 302
    assert Decision.objects.get().status == RecordStatus.PUBLIC
